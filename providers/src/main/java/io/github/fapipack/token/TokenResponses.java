package io.github.fapipack.token;

import java.util.Optional;
import org.keycloak.protocol.oidc.TokenManager.AccessTokenResponseBuilder;
import org.keycloak.protocol.oidc.grants.ciba.clientpolicy.context.BackchannelTokenResponseContext;
import org.keycloak.protocol.oidc.grants.device.clientpolicy.context.DeviceTokenResponseContext;
import org.keycloak.services.clientpolicy.ClientPolicyContext;
import org.keycloak.services.clientpolicy.context.ImplicitHybridTokenResponse;
import org.keycloak.services.clientpolicy.context.TokenRefreshResponseContext;
import org.keycloak.services.clientpolicy.context.TokenResponseContext;

/** Finds the response with the tokens of a user that are about to be signed, for any grant. */
public final class TokenResponses {

  private TokenResponses() {}

  /** Empty if the event is not about such tokens. */
  public static Optional<AccessTokenResponseBuilder> of(ClientPolicyContext context) {
    if (context instanceof TokenResponseContext response) {
      return Optional.of(response.getAccessTokenResponseBuilder());
    }
    if (context instanceof TokenRefreshResponseContext response) {
      return Optional.of(response.getAccessTokenResponseBuilder());
    }
    if (context instanceof BackchannelTokenResponseContext response) {
      return Optional.of(response.getAccessTokenResponseBuilder());
    }
    if (context instanceof DeviceTokenResponseContext response) {
      return Optional.of(response.getAccessTokenResponseBuilder());
    }
    return context instanceof ImplicitHybridTokenResponse response
        ? Optional.of(response.getAccessTokenResponseBuilder())
        : Optional.empty();
  }
}
