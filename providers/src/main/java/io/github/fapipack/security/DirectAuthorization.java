package io.github.fapipack.security;

import io.github.fapipack.rule.RealmRules;
import jakarta.ws.rs.core.Response;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.LoginProtocol;
import org.keycloak.protocol.oidc.OIDCLoginProtocolService;
import org.keycloak.protocol.oidc.endpoints.AuthorizationEndpoint;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Answers the authorization request of a user who is logged in already at once. Keycloak sends her
 * to another address of itself first when the request was pushed, since it might have to show a
 * page that survives a reload; our realms keep a {@code request_uri} until it is answered, so there
 * the page that was asked for survives as well.
 */
final class DirectAuthorization extends AuthorizationEndpoint {

  private DirectAuthorization(KeycloakSession session, EventBuilder event) {
    super(session, event);
  }

  @Override
  protected Response handleBrowserAuthenticationRequest(
      AuthenticationSessionModel authentication,
      LoginProtocol protocol,
      boolean isPassive,
      boolean redirect) {
    return super.handleBrowserAuthenticationRequest(
        authentication, protocol, isPassive, redirect && !isLoggedIn());
  }

  private boolean isLoggedIn() {
    return AuthenticationManager.authenticateIdentityCookie(session, realm, true) != null;
  }

  /** Keycloak's endpoints with this one among them. */
  static final class Endpoints extends OIDCLoginProtocolService {

    private final KeycloakSession session;
    private final EventBuilder event;

    Endpoints(KeycloakSession session, EventBuilder event) {
      super(session, event);
      this.session = session;
      this.event = event;
    }

    @Override
    public Object auth() {
      return RealmRules.of(session).isEmpty()
          ? super.auth()
          : new DirectAuthorization(session, event);
    }
  }
}
