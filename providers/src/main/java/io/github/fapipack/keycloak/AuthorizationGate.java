package io.github.fapipack.keycloak;

import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.endpoints.AuthorizationEndpointCheckProvider;
import org.keycloak.protocol.oidc.endpoints.AuthorizationEndpointCheckProviderFactory;
import org.keycloak.protocol.oidc.endpoints.AuthorizationEndpointChecker;
import org.keycloak.protocol.oidc.endpoints.AuthorizationEndpointChecker.AuthorizationCheckException;

/** A check of every request at the authorization endpoint, after Keycloak's own. */
public abstract class AuthorizationGate
    implements AuthorizationEndpointCheckProviderFactory,
        PlainFactory<AuthorizationEndpointCheckProvider> {

  /**
   * Checks a request, and may add to what the authentication session gets.
   *
   * @throws AuthorizationCheckException whose error the client gets
   */
  protected abstract void check(KeycloakSession session, AuthorizationEndpointChecker checker)
      throws AuthorizationCheckException;

  @Override
  public final AuthorizationEndpointCheckProvider create(KeycloakSession session) {
    return new AuthorizationEndpointCheckProvider() {
      @Override
      public void check(AuthorizationEndpointChecker checker) throws AuthorizationCheckException {
        AuthorizationGate.this.check(session, checker);
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public boolean isSupported(Config.Scope config) {
    return true;
  }
}
