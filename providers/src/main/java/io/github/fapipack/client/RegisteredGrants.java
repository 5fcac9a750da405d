package io.github.fapipack.client;

import io.github.fapipack.rule.Refusal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.keycloak.OAuth2Constants;
import org.keycloak.models.CibaConfig;
import org.keycloak.models.OAuth2DeviceConfig;
import org.keycloak.protocol.oidc.OIDCConfigAttributes;

/** The switches of a client that enable grants. */
public final class RegisteredGrants {

  /** A switch by its name in Keycloak's client representation. */
  private record Switch(String name, Predicate<ProposedClient> on) {}

  private static final Map<String, Switch> SWITCHES = new LinkedHashMap<>();

  static {
    SWITCHES.put(
        OAuth2Constants.PASSWORD,
        new Switch("directAccessGrantsEnabled", ProposedClient::hasDirectAccessGrants));
    SWITCHES.put(
        OAuth2Constants.CLIENT_CREDENTIALS,
        new Switch("serviceAccountsEnabled", ProposedClient::hasServiceAccount));
    SWITCHES.put(
        OAuth2Constants.UMA_GRANT_TYPE,
        new Switch(
            "authorizationServicesEnabled",
            client ->
                Boolean.TRUE.equals(client.representation().getAuthorizationServicesEnabled())));
    attribute(
        OAuth2Constants.DEVICE_CODE_GRANT_TYPE,
        OAuth2DeviceConfig.OAUTH2_DEVICE_AUTHORIZATION_GRANT_ENABLED);
    attribute(OAuth2Constants.CIBA_GRANT_TYPE, CibaConfig.OIDC_CIBA_GRANT_ENABLED);
    attribute(
        OAuth2Constants.TOKEN_EXCHANGE_GRANT_TYPE,
        OIDCConfigAttributes.STANDARD_TOKEN_EXCHANGE_ENABLED);
    attribute(
        OAuth2Constants.JWT_AUTHORIZATION_GRANT,
        OIDCConfigAttributes.JWT_AUTHORIZATION_GRANT_ENABLED);
  }

  private RegisteredGrants() {}

  private static void attribute(String grantType, String name) {
    SWITCHES.put(
        grantType, new Switch(name, client -> Boolean.parseBoolean(client.attribute(name))));
  }

  public static void check(ProposedClient client, List<String> allowed) throws Refusal {
    for (Map.Entry<String, Switch> entry : SWITCHES.entrySet()) {
      if (!allowed.contains(entry.getKey()) && entry.getValue().on().test(client)) {
        String name = entry.getValue().name();
        throw ProposedClient.refusal(
                "grant_types must not hold " + entry.getKey() + " (" + name + " must be off)")
            .at((name.contains(".") ? "/attributes/" : "/") + name);
      }
    }
  }
}
