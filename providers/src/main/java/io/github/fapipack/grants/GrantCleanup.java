package io.github.fapipack.grants;

import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.provider.ProviderEvent;
import org.keycloak.provider.ProviderEventListener;

/** Deletes the grants of a user, client or realm that is deleted. */
final class GrantCleanup implements ProviderEventListener {

  @Override
  public void onEvent(ProviderEvent event) {
    if (event instanceof UserModel.UserRemovedEvent removed) {
      delete(
          removed.getKeycloakSession(),
          removed.getRealm().getId(),
          null,
          removed.getUser().getId());
    } else if (event instanceof ClientModel.ClientRemovedEvent removed) {
      ClientModel client = removed.getClient();
      delete(removed.getKeycloakSession(), client.getRealm().getId(), client.getId(), null);
    } else if (event instanceof RealmModel.RealmRemovedEvent removed) {
      delete(removed.getKeycloakSession(), removed.getRealm().getId(), null, null);
    }
  }

  /** Now, and once more after the commit for a grant that was being made at the same time. */
  private static void delete(
      KeycloakSession session, String realmId, String clientId, String userId) {
    JpaGrants.table(session, GrantLimits.DEFAULT).deleteAll(realmId, clientId, userId);
    KeycloakSessionFactory factory = session.getKeycloakSessionFactory();
    session
        .getTransactionManager()
        .enlistAfterCompletion(
            new AbstractKeycloakTransaction() {
              @Override
              protected void commitImpl() {
                KeycloakModelUtils.runJobInTransaction(
                    factory,
                    again ->
                        JpaGrants.table(again, GrantLimits.DEFAULT)
                            .deleteAll(realmId, clientId, userId));
              }

              @Override
              protected void rollbackImpl() {}
            });
  }
}
