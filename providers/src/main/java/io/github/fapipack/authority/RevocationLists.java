package io.github.fapipack.authority;

import io.github.fapipack.keycloak.ServerState;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;

/** The latest revocation lists, which this node keeps as long as they are the latest. */
final class RevocationLists {

  private static final Logger LOGGER = Logger.getLogger(RevocationLists.class);

  private static final ServerState<Map<String, RevocationList>> KEPT =
      new ServerState<>(ConcurrentHashMap::new);

  private RevocationLists() {}

  /**
   * The list of a key that tells of all revocations that are committed, whichever node did it.
   *
   * @return empty if there is none and it cannot be signed, which is logged
   */
  static Optional<RevocationList> latest(KeycloakSession session, IssuingKey key) {
    String realmId = session.getContext().getRealm().getId();
    IssuedTable table = Transactions.table(session, realmId);
    long known = table.revocations(key.id());
    String id = IssuerEntity.idOf(realmId, key.id());
    RevocationList kept = KEPT.get().get(id);
    if (kept != null && kept.isCurrent(known)) {
      return Optional.of(kept);
    }
    try {
      Transactions.addIssuer(session, key.id());
      RevocationList renewed = Transactions.call(session, own -> RevocationList.renew(own, key));
      KEPT.get().put(id, renewed);
      return Optional.of(renewed);
    } catch (RuntimeException e) {
      LOGGER.errorf(e, "No revocation list can be signed with the issuing key %s", key.id());
      return Optional.ofNullable(kept).filter(list -> list.isUsable(known));
    }
  }

  /** The realm has been deleted. */
  static void forget(String realmId) {
    KEPT.get().keySet().removeIf(id -> id.startsWith(realmId + "."));
  }
}
