package io.github.fapipack.http;

import io.github.fapipack.rule.RealmRules;
import io.github.fapipack.security.LogoutEvent;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.Provider;
import org.keycloak.http.HttpRequest;
import org.keycloak.jose.jws.JWSInput;
import org.keycloak.jose.jws.JWSInputException;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.representations.JsonWebToken;
import org.keycloak.services.ErrorPage;
import org.keycloak.services.clientpolicy.ClientPolicyException;
import org.keycloak.utils.KeycloakSessionUtil;

/** Asks the rules where a logout may lead, for which Keycloak has no event. */
@Provider
public class LogoutRequestFilter implements ContainerRequestFilter {

  @Override
  public void filter(ContainerRequestContext request) {
    if (!Place.isLogout(request.getUriInfo().getPath())) {
      return;
    }
    KeycloakSession session = KeycloakSessionUtil.getKeycloakSession();
    String target = parameter(session, OIDCLoginProtocol.POST_LOGOUT_REDIRECT_URI_PARAM);
    ClientModel client =
        target == null || RealmRules.of(session).isEmpty() ? null : client(session);
    if (client == null) {
      return; // Keycloak redirects for known clients only
    }
    try {
      RealmRules.trigger(session, new LogoutEvent(client, target));
    } catch (ClientPolicyException e) {
      request.abortWith(ErrorPage.error(session, null, Status.BAD_REQUEST, e.getErrorDetail()));
    }
  }

  private static ClientModel client(KeycloakSession session) {
    String id = parameter(session, OIDCLoginProtocol.CLIENT_ID_PARAM);
    String hint = parameter(session, OIDCLoginProtocol.ID_TOKEN_HINT);
    if (id == null && hint != null) {
      try {
        // Not verified: with any other client than Keycloak will find, it refuses by itself.
        id = new JWSInput(hint).readJsonContent(JsonWebToken.class).getIssuedFor();
      } catch (JWSInputException e) {
        return null;
      }
    }
    return id == null ? null : session.getContext().getRealm().getClientByClientId(id);
  }

  private static String parameter(KeycloakSession session, String name) {
    HttpRequest request = session.getContext().getHttpRequest();
    MultivaluedMap<String, String> parameters =
        "POST".equals(request.getHttpMethod())
            ? request.getDecodedFormParameters()
            : request.getUri().getQueryParameters();
    return parameters == null ? null : parameters.getFirst(name);
  }
}
