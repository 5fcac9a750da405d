package io.github.fapipack.grantmanagement;

import io.github.fapipack.bridge.EndedBy;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.light.LightweightUserAdapter;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * A user or a client can be deleted while a grant is created, and neither transaction sees the
 * other. So each checks again after its commit: the later one finds the grant without owner.
 */
final class OwnerCheck extends AbstractKeycloakTransaction {

  private final KeycloakSessionFactory factory;
  private final Grant grant;

  private OwnerCheck(KeycloakSessionFactory factory, Grant grant) {
    this.factory = factory;
    this.grant = grant;
  }

  /** Deletes the new grant if its user or client is gone. */
  static void afterCommit(KeycloakSession session, Grant grant) {
    session
        .getTransactionManager()
        .enlistAfterCompletion(new OwnerCheck(session.getKeycloakSessionFactory(), grant));
  }

  @Override
  protected void commitImpl() {
    KeycloakModelUtils.runJobInTransaction(
        factory,
        session -> {
          if (!hasOwners(session, grant)) {
            new GrantEnding(session, grant.realmId(), EndedBy.ADMINISTRATOR).one(grant.id());
          }
        });
  }

  @Override
  protected void rollbackImpl() {}

  /** Whether realm, client and user of a grant exist; a transient user always does. */
  static boolean hasOwners(KeycloakSession session, Grant grant) {
    RealmModel realm = session.realms().getRealm(grant.realmId());
    if (realm == null) {
      return false;
    }
    session.getContext().setRealm(realm);
    ClientModel client = realm.getClientById(grant.clientId());
    return client != null
        && (LightweightUserAdapter.isLightweightUser(grant.userId())
            || session.users().getUserById(realm, grant.userId()) != null);
  }
}
