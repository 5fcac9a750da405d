package io.github.fapipack.bankevents;

import io.github.fapipack.bridge.ServiceSettings;
import java.util.Objects;
import java.util.stream.Stream;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.models.utils.PostMigrationEvent;
import org.keycloak.provider.ProviderEvent;
import org.keycloak.provider.ProviderEventListener;
import org.keycloak.services.managers.RealmManager;

/**
 * The role of those who end consents for the bank. Realms that name a consent service get it: when
 * they are created or imported, when they name the service, and when the server starts. No other
 * role contains it.
 */
public final class ConsentRole implements ProviderEventListener {

  /**
   * A role of the client {@code realm-management}, and of the realm's client in the master realm.
   */
  static final String NAME = "manage-fapi-consents";

  private static final String DESCRIPTION = "End consents that the bank holds";

  private final KeycloakSessionFactory factory;

  public ConsentRole(KeycloakSessionFactory factory) {
    this.factory = factory;
  }

  @Override
  public void onEvent(ProviderEvent event) {
    if (event instanceof PostMigrationEvent) {
      KeycloakModelUtils.runJobInTransaction(
          factory, session -> ServiceSettings.realms(session).forEach(id -> provide(session, id)));
    } else if (event instanceof RealmModel.RealmPostCreateEvent created) {
      provide(created.getKeycloakSession(), created.getCreatedRealm().getId());
    } else if (event instanceof RealmModel.RealmAttributeUpdateEvent updated
        && updated.getAttributeName().equals(ServiceSettings.ADDRESS)) {
      provide(updated.getKeycloakSession(), updated.getRealm().getId());
    }
  }

  private static void provide(KeycloakSession session, String realmId) {
    RealmModel realm = session.realms().getRealm(realmId);
    if (realm == null || ServiceSettings.of(realm).isEmpty()) {
      return;
    }
    // While a realm is imported it has not both yet.
    String own = new RealmManager(session).getRealmAdminClientId(realm);
    Stream.of(realm.getMasterAdminClient(), realm.getClientByClientId(own))
        .filter(Objects::nonNull)
        .filter(client -> client.getRole(NAME) == null)
        .forEach(ConsentRole::add);
  }

  private static void add(ClientModel client) {
    client.addRole(NAME).setDescription(DESCRIPTION);
  }
}
