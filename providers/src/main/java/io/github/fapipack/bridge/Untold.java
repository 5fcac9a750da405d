package io.github.fapipack.bridge;

/**
 * The ended consents of a realm of which the bank's consent service does not know yet.
 *
 * @param realmId internal id of the realm
 * @param count how many; at least 1
 * @param since when the first of them ended, in seconds since the epoch
 */
public record Untold(String realmId, long count, long since) {}
