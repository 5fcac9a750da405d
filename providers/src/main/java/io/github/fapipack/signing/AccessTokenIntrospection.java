package io.github.fapipack.signing;

import jakarta.ws.rs.core.Response;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.AccessTokenIntrospectionProvider;
import org.keycloak.protocol.oidc.AccessTokenIntrospectionProviderFactory;
import org.keycloak.protocol.oidc.TokenIntrospectionProvider;
import org.keycloak.representations.AccessToken;

/** Keycloak's introspection of access tokens, with answers that can be signed. */
public final class AccessTokenIntrospection extends AccessTokenIntrospectionProviderFactory {

  @Override
  public TokenIntrospectionProvider create(KeycloakSession session) {
    return new AccessTokenIntrospectionProvider<AccessToken>(session) {
      @Override
      public Response introspect(String token, EventBuilder event) {
        return IntrospectionResponse.of(session, super.introspect(token, event));
      }
    };
  }

  /** Wins over the factory with the same id. */
  @Override
  public int order() {
    return 1;
  }
}
