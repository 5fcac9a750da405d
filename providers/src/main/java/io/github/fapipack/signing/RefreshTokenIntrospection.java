package io.github.fapipack.signing;

import jakarta.ws.rs.core.Response;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.RefreshTokenIntrospectionProvider;
import org.keycloak.protocol.oidc.RefreshTokenIntrospectionProviderFactory;
import org.keycloak.protocol.oidc.TokenIntrospectionProvider;

/** Keycloak's introspection of refresh tokens, with answers that can be signed. */
public final class RefreshTokenIntrospection extends RefreshTokenIntrospectionProviderFactory {

  @Override
  public TokenIntrospectionProvider create(KeycloakSession session) {
    return new RefreshTokenIntrospectionProvider(session) {
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
