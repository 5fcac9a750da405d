package io.github.fapipack.scheme;

import java.time.Instant;

/**
 * A change that was made, for an organisation's list of events.
 *
 * @param who the name of the person or software that made it
 * @param what the kind of thing, such as {@code software} or {@code certificate}
 * @param action {@code create}, {@code update}, {@code delete} or {@code action}
 * @param path what it was made to, such as {@code organisations/<id>/software/<id>}
 */
public record Happening(Instant at, String who, String what, String action, String path) {}
