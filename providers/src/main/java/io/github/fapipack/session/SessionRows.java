package io.github.fapipack.session;

import jakarta.persistence.EntityManager;
import org.hibernate.LockMode;
import org.hibernate.engine.spi.SessionImplementor;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.jpa.session.JpaUserSessionPersisterProvider;
import org.keycloak.models.jpa.session.PersistentClientSessionEntity;
import org.keycloak.models.jpa.session.PersistentUserSessionEntity;
import org.keycloak.storage.StorageId;

/**
 * Keycloak's sessions in the database, whose rows are read and locked by one statement instead of
 * two. Every request that changes a session locks its row before it writes it.
 *
 * <p>A row that is locked as it is read cannot have changed since, so nothing needs to be compared.
 * Whatever is different from that (the row was read earlier in this transaction, it is missing, or
 * another request has locked it) is left to Keycloak.
 */
final class SessionRows extends JpaUserSessionPersisterProvider {

  private static final String OFFLINE = "1";
  private static final String ONLINE = "0";

  private final EntityManager entities;

  SessionRows(KeycloakSession session, EntityManager entities, int expirationBatch) {
    super(session, entities, expirationBatch);
    this.entities = entities;
  }

  @Override
  public boolean lockUserSession(
      RealmModel realm, String userSession, boolean offline, boolean isDelete) {
    return locks(
            PersistentUserSessionEntity.class,
            new PersistentUserSessionEntity.Key(userSession, flag(offline)))
        || super.lockUserSession(realm, userSession, offline, isDelete);
  }

  @Override
  public boolean lockClientSession(
      RealmModel realm, String userSession, String client, boolean offline, boolean isDelete) {
    return locks(PersistentClientSessionEntity.class, key(userSession, client, offline))
        || super.lockClientSession(realm, userSession, client, offline, isDelete);
  }

  /** Whether a row was read and locked; false says nothing about it. */
  private boolean locks(Class<?> type, Object key) {
    SessionImplementor session = entities.unwrap(SessionImplementor.class);
    boolean isKnown =
        session
            .getPersistenceContext()
            .containsEntity(
                session.generateEntityKey(
                    key, session.getFactory().getMappingMetamodel().getEntityDescriptor(type)));
    return !isKnown && session.find(type, key, LockMode.UPGRADE_SKIPLOCKED) != null;
  }

  private static PersistentClientSessionEntity.Key key(
      String userSession, String client, boolean offline) {
    StorageId id = new StorageId(client);
    return id.isLocal()
        ? new PersistentClientSessionEntity.Key(
            userSession,
            client,
            PersistentClientSessionEntity.LOCAL,
            PersistentClientSessionEntity.LOCAL,
            flag(offline))
        : new PersistentClientSessionEntity.Key(
            userSession,
            PersistentClientSessionEntity.EXTERNAL,
            id.getProviderId(),
            id.getExternalId(),
            flag(offline));
  }

  private static String flag(boolean offline) {
    return offline ? OFFLINE : ONLINE;
  }
}
