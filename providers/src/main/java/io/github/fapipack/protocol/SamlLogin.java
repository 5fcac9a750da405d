package io.github.fapipack.protocol;

import io.github.fapipack.occasion.LoginEvent;
import io.github.fapipack.rule.RealmRules;
import jakarta.ws.rs.core.Response;
import org.keycloak.events.Details;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.LoginProtocol;
import org.keycloak.protocol.saml.SamlProtocol;
import org.keycloak.protocol.saml.SamlProtocolFactory;
import org.keycloak.services.ErrorPage;
import org.keycloak.services.clientpolicy.ClientPolicyException;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Keycloak's SAML protocol, extended: it asks the rules before it creates an assertion. A login may
 * have begun before the realm had rules, or in a way for which Keycloak has no event.
 */
public final class SamlLogin extends SamlProtocolFactory {

  @Override
  public LoginProtocol create(KeycloakSession session) {
    return new Protocol().setSession(session);
  }

  /** Takes precedence over the factory with the same id. */
  @Override
  public int order() {
    return super.order() + 1;
  }

  private static final class Protocol extends SamlProtocol {

    @Override
    public Response authenticated(
        AuthenticationSessionModel authentication,
        UserSessionModel userSession,
        ClientSessionContext clientSession) {
      try {
        RealmRules.trigger(
            session, new LoginEvent(authentication.getClient(), LOGIN_PROTOCOL, true));
      } catch (ClientPolicyException e) {
        event.detail(Details.REASON, e.getErrorDetail()).error(e.getError());
        return ErrorPage.error(
            session, authentication, Response.Status.BAD_REQUEST, e.getErrorDetail());
      }
      return super.authenticated(authentication, userSession, clientSession);
    }
  }
}
