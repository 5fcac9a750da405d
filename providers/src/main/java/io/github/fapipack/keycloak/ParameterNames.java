package io.github.fapipack.keycloak;

import java.util.Set;
import org.keycloak.protocol.oidc.endpoints.request.AuthzEndpointRequestParser;
import org.keycloak.protocol.oidc.grants.ciba.endpoints.request.BackchannelAuthenticationEndpointRequestParser;

/**
 * The parameters that Keycloak knows: those that it does not take for additional ones. It keeps
 * them in public sets, of which the first is meant to be read only.
 */
public final class ParameterNames {

  private ParameterNames() {}

  /** From now on Keycloak does not take the parameter for an additional one. */
  public static void know(String name) {
    AuthzEndpointRequestParser.KNOWN_REQ_PARAMS.add(name);
  }

  /** Those of authorization requests. */
  public static Set<String> ofAuthorization() {
    return Set.copyOf(AuthzEndpointRequestParser.KNOWN_REQ_PARAMS);
  }

  /** Whether it is one of an authorization request. */
  public static boolean areOfAuthorization(String name) {
    return AuthzEndpointRequestParser.KNOWN_REQ_PARAMS.contains(name);
  }

  /** Whether it is one of a backchannel authentication request. */
  public static boolean areOfBackchannel(String name) {
    return BackchannelAuthenticationEndpointRequestParser.KNOWN_REQ_PARAMS.contains(name);
  }
}
