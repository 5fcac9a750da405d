package io.github.fapipack.publication;

import io.github.fapipack.keycloak.ServerState;
import io.github.fapipack.scheme.DirectoryAddresses;
import io.github.fapipack.scheme.Publication;
import io.github.fapipack.scheme.SchemeTemplate;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.keycloak.models.KeycloakSession;

/**
 * The list of participants of a realm, which each node keeps until there is a change. A change that
 * the directory does not count, such as one of an organization in Keycloak's console, shows after a
 * minute.
 */
final class ParticipantList {

  private static final long LIFETIME = TimeUnit.SECONDS.toNanos(60);

  private static final ServerState<Map<String, ParticipantList>> LISTS =
      new ServerState<>(ConcurrentHashMap::new);

  /** What the list was made of. */
  private record Source(long changes, String template, DirectoryAddresses addresses) {}

  private Source source;
  private Document document;
  private long made;

  private ParticipantList() {}

  /** The list of the realm of the session's context, as it is now. */
  static Document of(KeycloakSession session, SchemeTemplate template) {
    return LISTS
        .get()
        .computeIfAbsent(session.getContext().getRealm().getId(), realm -> new ParticipantList())
        .current(session, template);
  }

  /** One request makes the list anew, and others wait for it. */
  private synchronized Document current(KeycloakSession session, SchemeTemplate template) {
    Publication publication = Publication.of(session);
    DirectoryAddresses addresses = DirectoryAddresses.of(session);
    // Read before the list, so that a change in between makes the list stale.
    Source now = new Source(publication.changes(), template.text(), addresses);
    if (!now.equals(source) || System.nanoTime() - made > LIFETIME) {
      document = Document.of(publication.participants(template, addresses));
      source = now;
      made = System.nanoTime();
    }
    return document;
  }
}
