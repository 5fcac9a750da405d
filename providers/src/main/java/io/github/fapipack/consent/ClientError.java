package io.github.fapipack.consent;

import jakarta.ws.rs.core.Response;
import org.keycloak.OAuth2Constants;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.utils.OIDCRedirectUriBuilder;
import org.keycloak.protocol.oidc.utils.OIDCResponseMode;
import org.keycloak.protocol.oidc.utils.OIDCResponseType;
import org.keycloak.services.Urls;
import org.keycloak.services.managers.AuthenticationSessionManager;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * An authorization error response with a code that Keycloak's {@code LoginProtocol.Error} lacks.
 */
public final class ClientError {

  private ClientError() {}

  /** Ends the authorization and sends the browser back to the client. */
  public static Response send(
      KeycloakSession session,
      AuthenticationSessionModel authentication,
      EventBuilder event,
      String error,
      String description) {
    OIDCResponseMode mode =
        OIDCResponseMode.parse(
            authentication.getClientNote(OIDCLoginProtocol.RESPONSE_MODE_PARAM),
            OIDCResponseType.parse(
                authentication.getClientNote(OIDCLoginProtocol.RESPONSE_TYPE_PARAM)));
    OIDCRedirectUriBuilder response =
        OIDCRedirectUriBuilder.fromUri(authentication.getRedirectUri(), mode, session, null)
            .addParam(OAuth2Constants.ERROR, error)
            .addParam(OAuth2Constants.ERROR_DESCRIPTION, description);
    String state = authentication.getClientNote(OIDCLoginProtocol.STATE_PARAM);
    if (state != null) {
      response.addParam(OAuth2Constants.STATE, state);
    }
    response.addParam(
        OAuth2Constants.ISSUER,
        Urls.realmIssuer(
            session.getContext().getUri().getBaseUri(), authentication.getRealm().getName()));
    event.error(error);
    new AuthenticationSessionManager(session)
        .removeTabIdInAuthenticationSession(authentication.getRealm(), authentication);
    return response.build();
  }
}
