package io.github.fapipack.console;

import io.github.fapipack.rule.FirstRules;
import io.github.fapipack.rule.Mode;
import io.github.fapipack.rule.RealmRules;
import io.github.fapipack.rule.Rollout;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.keycloak.Config;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.mappers.UserAttributeMapper;

/**
 * The clients that Keycloak itself adds to a new realm. In a realm that is created with rules of
 * the pack, those that FAPI forbids are disabled from the start (the rules would refuse them
 * anyway), and the consoles get the scopes that they need.
 */
public final class BuiltInClients {

  /**
   * What is switched off in each of them, by the names of Keycloak's client representation. The
   * roles of the account console belong to {@code account}, so that client stays enabled without a
   * flow.
   */
  public static final Map<String, List<String>> SWITCHED_OFF =
      Map.of(
          Constants.ADMIN_CLI_CLIENT_ID, List.of("directAccessGrantsEnabled", "enabled"),
          Constants.ACCOUNT_MANAGEMENT_CLIENT_ID,
              List.of("standardFlowEnabled", "directAccessGrantsEnabled"),
          Constants.BROKER_SERVICE_CLIENT_ID, List.of("enabled"));

  private static final Set<String> CONSOLE_SCOPES = Set.of("basic", "roles", "web-origins", "acr");

  /** The claims that a console needs to show the user's name, with the attributes of the user. */
  private static final Map<String, String> CONSOLE_CLAIMS =
      Map.of(
          "preferred_username", "username",
          "given_name", "firstName",
          "family_name", "lastName");

  private static final int FIRST = 20;

  private BuiltInClients() {}

  public static void settleInNewRealms(KeycloakSessionFactory factory) {
    factory.register(
        event -> {
          if (event instanceof RealmModel.RealmPostCreateEvent created
              && !RealmRules.of(created.getKeycloakSession(), created.getCreatedRealm())
                  .isEmpty()) {
            switchOff(created.getCreatedRealm());
            giveConsolesTheirScopes(created.getCreatedRealm());
          } else if (event instanceof FirstRules first && isFresh(first.session(), first.realm())) {
            switchOff(first.realm());
            giveConsolesTheirScopes(first.realm());
          }
        });
  }

  /** Whether the realm has only Keycloak's own clients so far, and does not only report. */
  private static boolean isFresh(KeycloakSession session, RealmModel realm) {
    return Rollout.of(realm).mode() == Mode.ENFORCE
        && !realm.getName().equals(Config.getAdminRealm())
        && session
            .clients()
            .getClientsStream(realm, 0, FIRST)
            .allMatch(client -> Constants.defaultClients.contains(client.getClientId()));
  }

  /**
   * Keycloak creates its consoles before it reads the scopes of an imported realm; without them,
   * the account console's token has neither user nor roles.
   */
  private static void giveConsolesTheirScopes(RealmModel realm) {
    List<ClientScopeModel> scopes =
        realm
            .getClientScopesStream()
            .filter(scope -> CONSOLE_SCOPES.contains(scope.getName()))
            .toList();
    Stream.of(Constants.ACCOUNT_CONSOLE_CLIENT_ID, Constants.ADMIN_CONSOLE_CLIENT_ID)
        .map(realm::getClientByClientId)
        .filter(client -> client != null)
        .forEach(
            client -> {
              scopes.forEach(scope -> client.addClientScope(scope, true));
              nameTheUser(client);
            });
  }

  /**
   * In the ID token, because the consoles do not read userinfo: without it they show "Anonymous".
   */
  private static void nameTheUser(ClientModel console) {
    CONSOLE_CLAIMS.forEach(
        (claim, attribute) -> {
          if (console.getProtocolMapperByName(OIDCLoginProtocol.LOGIN_PROTOCOL, claim) == null) {
            console.addProtocolMapper(
                UserAttributeMapper.createClaimMapper(
                    claim, attribute, claim, "String", false, true, false));
          }
        });
  }

  private static void switchOff(RealmModel realm) {
    SWITCHED_OFF.forEach(
        (clientId, switches) -> {
          ClientModel client = realm.getClientByClientId(clientId);
          if (client != null) {
            switches.forEach(name -> switchOff(client, name));
          }
        });
  }

  private static void switchOff(ClientModel client, String name) {
    switch (name) {
      case "enabled" -> client.setEnabled(false);
      case "standardFlowEnabled" -> client.setStandardFlowEnabled(false);
      case "directAccessGrantsEnabled" -> client.setDirectAccessGrantsEnabled(false);
      default -> throw new IllegalArgumentException(name);
    }
  }
}
