package io.github.fapipack.authority;

import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.OrganizationModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.models.utils.PostMigrationEvent;
import org.keycloak.provider.ProviderEvent;
import org.keycloak.provider.ProviderEventListener;

/**
 * Keeps the list in step with Keycloak: it ends with its realm, and the certificates of an
 * organisation that is deleted are revoked. Starts the watch over certificates that expire.
 */
public final class AuthorityKeeper implements ProviderEventListener {

  private static final String BY = "Keycloak";

  private final KeycloakSessionFactory factory;

  AuthorityKeeper(KeycloakSessionFactory factory) {
    this.factory = factory;
  }

  @Override
  public void onEvent(ProviderEvent event) {
    if (event instanceof PostMigrationEvent) {
      KeycloakModelUtils.runJobInTransaction(factory, new ExpiryWatch()::begin);
    } else if (event instanceof RealmModel.RealmRemovedEvent removed) {
      RevocationLists.forget(removed.getRealm().getId());
      Transactions.table(removed.getKeycloakSession(), removed.getRealm().getId()).deleteAll();
    } else if (event instanceof OrganizationModel.OrganizationRemovedEvent removed) {
      KeycloakSession session = removed.getKeycloakSession();
      RealmModel realm = session.getContext().getRealm();
      if (realm != null) {
        Transactions.table(session, realm.getId())
            .revokeAll(
                removed.getOrganization().getId(),
                null,
                Reason.CESSATION_OF_OPERATION,
                BY,
                Time.currentTimeMillis());
      }
    }
  }
}
