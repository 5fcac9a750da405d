package io.github.fapipack.authenticator;

import io.github.fapipack.keycloak.KeycloakText;
import io.github.fapipack.rule.Endpoint;
import io.github.fapipack.rule.OAuthError;
import io.github.fapipack.rule.Refusal;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.Provider;
import java.util.Locale;
import java.util.Optional;
import org.keycloak.OAuthErrorException;
import org.keycloak.models.KeycloakSession;
import org.keycloak.representations.idm.OAuth2ErrorRepresentation;
import org.keycloak.utils.KeycloakSessionUtil;

/**
 * Turns every failed client authentication into {@code invalid_client} with HTTP 401 (RFC 6749
 * 5.2), in realms with rules of the pack: Keycloak also answers with 400, {@code
 * unauthorized_client}, and at the pushed request endpoint {@code invalid_request}.
 */
@Provider
public final class FailedAuthenticationFilter implements ContainerResponseFilter {

  private static final String GENERAL = "client authentication failed";

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    KeycloakSession session = KeycloakSessionUtil.getKeycloakSession();
    if (session == null
        || response.getStatus() < Status.BAD_REQUEST.getStatusCode()
        || !AuthenticationOutcome.hasFailed(session)
        || !Endpoint.of(request).authenticatesClients()) {
      return;
    }
    if (Refusal.of(session).isEmpty()) {
      if (response.getEntity() instanceof OAuth2ErrorRepresentation said) {
        AuthenticationOutcome.explain(session, said.getErrorDescription());
      }
      response.setStatus(Status.UNAUTHORIZED.getStatusCode());
      OAuthError.write(
          response, OAuthErrorException.INVALID_CLIENT, description(response.getEntity()));
    }
    challenge(request, response, session);
  }

  /** Keycloak's own texts if they are about the client; others contain the text of an exception. */
  private static String description(Object entity) {
    return Optional.ofNullable(entity)
        .filter(OAuth2ErrorRepresentation.class::isInstance)
        .map(OAuth2ErrorRepresentation.class::cast)
        .filter(error -> OAuthErrorException.INVALID_CLIENT.equals(error.getError()))
        .map(OAuth2ErrorRepresentation::getErrorDescription)
        .filter(text -> !KeycloakText.FAILED_ASSERTION.begins(text))
        .orElse(GENERAL);
  }

  /** RFC 6749 5.2: the response to a request with an Authorization header names the same scheme. */
  private static void challenge(
      ContainerRequestContext request, ContainerResponseContext response, KeycloakSession session) {
    String header = request.getHeaderString(HttpHeaders.AUTHORIZATION);
    if (response.getStatus() == Status.UNAUTHORIZED.getStatusCode()
        && header != null
        && header.toLowerCase(Locale.ROOT).startsWith("basic")) {
      response
          .getHeaders()
          .putSingle(
              HttpHeaders.WWW_AUTHENTICATE,
              "Basic realm=\"" + session.getContext().getRealm().getName() + "\"");
    }
  }
}
