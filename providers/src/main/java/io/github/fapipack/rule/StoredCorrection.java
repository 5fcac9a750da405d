package io.github.fapipack.rule;

import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.function.Consumer;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.jpa.entities.ClientEntity;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Corrects a stored client while other requests, on this or another node, correct it too: one after
 * the other, each in a short transaction that locks the client.
 */
final class StoredCorrection {

  private StoredCorrection() {}

  /**
   * Makes a correction, and lets the current request see it.
   *
   * @param correction changes nothing if it was applied before
   */
  static void make(
      KeycloakSession session,
      RealmModel realm,
      ClientModel client,
      Consumer<ClientModel> correction) {
    String id = client.getId();
    boolean stored =
        KeycloakModelUtils.runJobInTransactionWithResult(
            session.getKeycloakSessionFactory(),
            inner -> {
              ClientEntity locked =
                  entities(inner).find(ClientEntity.class, id, LockModeType.PESSIMISTIC_WRITE);
              if (locked != null) {
                RealmModel of = inner.realms().getRealm(realm.getId());
                inner.getContext().setRealm(of);
                correction.accept(of.getClientById(id));
              }
              return locked != null;
            });
    if (stored) {
      refresh(session, client);
    }
    // Updates the client in the current request's cache; writes to the database only for clients in
    // another storage.
    correction.accept(client);
  }

  /** The current request may have read the client before the correction. */
  private static void refresh(KeycloakSession session, ClientModel client) {
    EntityManager entities = entities(session);
    ClientEntity known = entities.find(ClientEntity.class, client.getId());
    if (known != null) {
      entities.refresh(known);
      List.copyOf(known.getAttributes()).forEach(entities::refresh);
    }
  }

  private static EntityManager entities(KeycloakSession session) {
    return session.getProvider(JpaConnectionProvider.class).getEntityManager();
  }
}
