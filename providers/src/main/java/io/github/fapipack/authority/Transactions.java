package io.github.fapipack.authority;

import java.util.function.Function;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.utils.KeycloakModelUtils;

/** Work on the list in a transaction of its own, which is committed when the method returns. */
final class Transactions {

  private Transactions() {}

  /** The list in the session's own transaction. */
  static IssuedTable table(KeycloakSession session, String realmId) {
    return new IssuedTable(
        session.getProvider(JpaConnectionProvider.class).getEntityManager(), realmId);
  }

  static <T> T call(KeycloakSession session, Function<IssuedTable, T> work) {
    String realmId = session.getContext().getRealm().getId();
    return KeycloakModelUtils.runJobInTransactionWithResult(
        session.getKeycloakSessionFactory(), own -> work.apply(table(own, realmId)));
  }

  /** Sees to it that the row of an issuing key is there. */
  static void addIssuer(KeycloakSession session, String issuerId) {
    if (call(session, table -> table.hasIssuer(issuerId))) {
      return;
    }
    try {
      call(
          session,
          table -> {
            table.addIssuer(issuerId);
            return null;
          });
    } catch (RuntimeException e) {
      // Another request has just added it; if not, this fails as well.
      if (!call(session, table -> table.hasIssuer(issuerId))) {
        throw e;
      }
    }
  }
}
