package io.github.fapipack.audit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.keycloak.OAuth2Constants;
import org.keycloak.authentication.authenticators.client.X509ClientAuthenticator;
import org.keycloak.models.CibaConfig;
import org.keycloak.models.Constants;
import org.keycloak.models.OAuth2DeviceConfig;
import org.keycloak.protocol.oidc.OIDCConfigAttributes;
import org.keycloak.representations.idm.ClientRepresentation;

/**
 * Changes of a client after which a rule no longer refuses it: they switch off what is refused at
 * run time anyway. The rule is asked again after each; none of them allows anything new.
 */
final class Repair {

  private static final List<Consumer<ClientRepresentation>> ALL =
      List.of(
          client -> client.setDirectAccessGrantsEnabled(false),
          off(OAuth2DeviceConfig.OAUTH2_DEVICE_AUTHORIZATION_GRANT_ENABLED),
          off(OIDCConfigAttributes.STANDARD_TOKEN_EXCHANGE_ENABLED),
          off(OIDCConfigAttributes.JWT_AUTHORIZATION_GRANT_ENABLED),
          off(CibaConfig.OIDC_CIBA_GRANT_ENABLED),
          off(X509ClientAuthenticator.ATTR_ALLOW_REGEX_PATTERN_COMPARISON),
          off(Constants.USE_LIGHTWEIGHT_ACCESS_TOKEN_ENABLED),
          // Of both bindings this one is removed: a client that must bind to a key can do so
          // already.
          off(OIDCConfigAttributes.DPOP_BOUND_ACCESS_TOKENS),
          off(OIDCConfigAttributes.USE_MTLS_HOK_TOKEN),
          to(OIDCConfigAttributes.PKCE_CODE_CHALLENGE_METHOD, OAuth2Constants.PKCE_METHOD_S256),
          to(OIDCConfigAttributes.TOKEN_ENDPOINT_AUTH_SIGNING_ALG, ""),
          to(OIDCConfigAttributes.REQUEST_OBJECT_SIGNATURE_ALG, ""),
          to(CibaConfig.CIBA_BACKCHANNEL_AUTH_REQUEST_SIGNING_ALG, ""));

  private final ClientRepresentation client;
  private final BooleanSupplier content;
  private final Map<String, String> attributes;
  private final Boolean directAccessGrants;

  private Repair(ClientRepresentation client, BooleanSupplier content) {
    this.client = client;
    this.content = content;
    this.attributes = new HashMap<>(client.getAttributes());
    this.directAccessGrants = client.isDirectAccessGrantsEnabled();
  }

  private static Consumer<ClientRepresentation> off(String attribute) {
    return to(attribute, "false");
  }

  private static Consumer<ClientRepresentation> to(String attribute, String value) {
    return client -> client.getAttributes().computeIfPresent(attribute, (name, old) -> value);
  }

  /**
   * Looks for the smallest set of repairs that satisfies a rule, and leaves them in the
   * representation; if there is none, the representation is unchanged.
   */
  static boolean found(ClientRepresentation client, BooleanSupplier content) {
    Repair repair = new Repair(client, content);
    if (!repair.satisfies(ALL)) {
      repair.satisfies(List.of());
      return false;
    }
    List<Consumer<ClientRepresentation>> needed = new ArrayList<>(ALL);
    for (Consumer<ClientRepresentation> one : ALL) {
      List<Consumer<ClientRepresentation>> others = new ArrayList<>(needed);
      others.remove(one);
      if (repair.satisfies(others)) {
        needed = others;
      }
    }
    return repair.satisfies(needed);
  }

  private boolean satisfies(List<Consumer<ClientRepresentation>> repairs) {
    client.setAttributes(new HashMap<>(attributes));
    client.setDirectAccessGrantsEnabled(directAccessGrants);
    repairs.forEach(repair -> repair.accept(client));
    return content.getAsBoolean();
  }
}
