package io.github.fapipack.http;

import io.github.fapipack.occasion.LogoutEvent;
import io.github.fapipack.rule.Endpoint;
import io.github.fapipack.rule.RealmRules;
import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.Provider;
import java.util.Optional;
import org.keycloak.http.HttpRequest;
import org.keycloak.jose.jws.JWSInput;
import org.keycloak.jose.jws.JWSInputException;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.representations.JsonWebToken;
import org.keycloak.services.ErrorPage;
import org.keycloak.services.clientpolicy.ClientPolicyException;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.utils.KeycloakSessionUtil;

/**
 * Asks the rules where a logout may redirect to, for which Keycloak has no event: before the
 * resource is called if the request is a GET; afterwards if it is a POST, because nobody has read
 * the form before.
 */
@Provider
@Priority(FilterOrder.REFUSAL)
public class LogoutRequestFilter implements ContainerRequestFilter, ContainerResponseFilter {

  @Override
  public void filter(ContainerRequestContext request) {
    if (isLogout(request) && !isPost(request)) {
      refusal(KeycloakSessionUtil.getKeycloakSession()).ifPresent(request::abortWith);
    }
  }

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    if (!isLogout(request) || !isPost(request)) {
      return;
    }
    KeycloakSession session = KeycloakSessionUtil.getKeycloakSession();
    AuthenticationSessionModel logout = session.getContext().getAuthenticationSession();
    refusal(session)
        .ifPresent(
            page -> {
              if (logout != null) {
                logout.removeAuthNote(OIDCLoginProtocol.LOGOUT_REDIRECT_URI);
              }
              response.setStatus(page.getStatus());
              response.getHeaders().remove(HttpHeaders.LOCATION);
              response.setEntity(page.getEntity(), null, MediaType.TEXT_HTML_TYPE);
            });
  }

  private static boolean isLogout(ContainerRequestContext request) {
    return Endpoint.of(request) == Endpoint.LOGOUT
        && KeycloakSessionUtil.getKeycloakSession() != null;
  }

  private static boolean isPost(ContainerRequestContext request) {
    return "POST".equals(request.getMethod());
  }

  /** The page to show instead, if the logout would redirect to a forbidden address. */
  private static Optional<Response> refusal(KeycloakSession session) {
    String target = parameter(session, OIDCLoginProtocol.POST_LOGOUT_REDIRECT_URI_PARAM);
    ClientModel client =
        target == null || RealmRules.of(session).isEmpty() ? null : client(session);
    if (client == null) {
      return Optional.empty(); // Keycloak redirects only for known clients
    }
    try {
      RealmRules.trigger(
          session,
          new LogoutEvent(client, target, parameter(session, OIDCLoginProtocol.ID_TOKEN_HINT)));
      return Optional.empty();
    } catch (ClientPolicyException e) {
      return Optional.of(ErrorPage.error(session, null, Status.BAD_REQUEST, e.getErrorDetail()));
    }
  }

  private static ClientModel client(KeycloakSession session) {
    String id = parameter(session, OIDCLoginProtocol.CLIENT_ID_PARAM);
    String hint = parameter(session, OIDCLoginProtocol.ID_TOKEN_HINT);
    if (id == null && hint != null) {
      try {
        // Not verified: if Keycloak finds another client, it refuses the request itself.
        JsonWebToken token = new JWSInput(hint).readJsonContent(JsonWebToken.class);
        id = token == null ? null : token.getIssuedFor();
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
