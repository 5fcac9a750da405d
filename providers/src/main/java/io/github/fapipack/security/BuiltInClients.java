package io.github.fapipack.security;

import io.github.fapipack.rule.RealmRules;
import java.util.stream.Stream;
import org.keycloak.models.ClientModel;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;

/**
 * Keycloak gives every new realm public clients that FAPI forbids. In a realm that comes with our
 * rules they are switched off from the start; the rules would refuse them anyway.
 */
final class BuiltInClients {

  private BuiltInClients() {}

  static void switchOffInNewRealms(KeycloakSessionFactory factory) {
    factory.register(
        event -> {
          if (event instanceof RealmModel.RealmPostCreateEvent created
              && !RealmRules.of(created.getKeycloakSession(), created.getCreatedRealm())
                  .isEmpty()) {
            switchOff(created.getCreatedRealm());
          }
        });
  }

  private static void switchOff(RealmModel realm) {
    ClientModel adminCli = realm.getClientByClientId(Constants.ADMIN_CLI_CLIENT_ID);
    if (adminCli != null) {
      adminCli.setDirectAccessGrantsEnabled(false);
      adminCli.setEnabled(false);
    }
    // The roles of the account console belong to this client, so it stays enabled without a flow.
    Stream.of(Constants.ACCOUNT_MANAGEMENT_CLIENT_ID, Constants.BROKER_SERVICE_CLIENT_ID)
        .map(realm::getClientByClientId)
        .filter(client -> client != null)
        .forEach(
            client -> {
              client.setStandardFlowEnabled(false);
              client.setDirectAccessGrantsEnabled(false);
            });
  }
}
