package io.github.fapipack.http;

import io.github.fapipack.rule.RealmRules;
import io.github.fapipack.security.Endpoint;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.Provider;
import org.keycloak.OAuthErrorException;
import org.keycloak.models.KeycloakSession;
import org.keycloak.representations.idm.OAuth2ErrorRepresentation;
import org.keycloak.utils.KeycloakSessionUtil;

/**
 * Endpoints at which clients authenticate read a form and nothing else (RFC 6749 3.2, RFC 9126
 * 2.1). Keycloak would read multipart bodies too, but not for client authentication, and some of
 * its endpoints fail on any other body.
 */
@Provider
public class FormsOnly implements ContainerRequestFilter {

  private static final String SENTENCE =
      "the body is no form; send it as application/x-www-form-urlencoded";

  @Override
  public void filter(ContainerRequestContext request) {
    String path = request.getUriInfo().getPath();
    if (!"POST".equals(request.getMethod())
        || Place.of(request) != Place.MACHINE
        || Endpoint.of(path) == Endpoint.OTHER
        || isForm(request.getMediaType())) {
      return;
    }
    KeycloakSession session = KeycloakSessionUtil.getKeycloakSession();
    if (session != null && !RealmRules.of(session).isEmpty()) {
      request.abortWith(
          Response.status(Status.BAD_REQUEST)
              .type(MediaType.APPLICATION_JSON_TYPE)
              .entity(new OAuth2ErrorRepresentation(OAuthErrorException.INVALID_REQUEST, SENTENCE))
              .build());
    }
  }

  private static boolean isForm(MediaType type) {
    return type != null
        && !type.isWildcardType()
        && !type.isWildcardSubtype()
        && MediaType.APPLICATION_FORM_URLENCODED_TYPE.isCompatible(type);
  }
}
