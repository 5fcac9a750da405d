package io.github.fapipack.http;

import io.github.fapipack.rule.Endpoint;
import io.github.fapipack.rule.RealmRules;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.Provider;
import org.keycloak.OAuth2Constants;
import org.keycloak.OAuthErrorException;
import org.keycloak.models.KeycloakSession;
import org.keycloak.util.JsonSerialization;
import org.keycloak.utils.KeycloakSessionUtil;

/**
 * Endpoints at which clients authenticate accept only forms (RFC 6749 3.2, RFC 9126 2.1). Keycloak
 * would also read multipart bodies, but not for client authentication, and some of its endpoints
 * fail on any other body.
 */
@Provider
public class FormsOnly implements ContainerRequestFilter {

  private static final String ANSWER =
      JsonSerialization.createObjectNode()
          .put(OAuth2Constants.ERROR, OAuthErrorException.INVALID_REQUEST)
          .put(
              OAuth2Constants.ERROR_DESCRIPTION,
              "the body is not a form; send it as application/x-www-form-urlencoded")
          .toString();

  @Override
  public void filter(ContainerRequestContext request) {
    Endpoint endpoint = Endpoint.of(request);
    if (!"POST".equals(request.getMethod())
        || !endpoint.readsForms()
        || isForm(request.getMediaType())) {
      return;
    }
    KeycloakSession session = KeycloakSessionUtil.getKeycloakSession();
    if (session != null && !RealmRules.of(session).isEmpty()) {
      request.abortWith(
          Response.status(Status.BAD_REQUEST)
              .type(
                  isDevice(endpoint) ? MediaType.TEXT_PLAIN_TYPE : MediaType.APPLICATION_JSON_TYPE)
              .entity(ANSWER)
              .build());
    }
  }

  /** Whether no method accepts such a body, so that RESTEasy can only write plain text. */
  private static boolean isDevice(Endpoint endpoint) {
    return endpoint == Endpoint.DEVICE_AUTHORIZATION || endpoint == Endpoint.DEVICE_CODE;
  }

  /** Whether the media type is that of forms; letter case has no meaning. */
  static boolean isForm(MediaType type) {
    return type != null
        && !type.isWildcardType()
        && !type.isWildcardSubtype()
        && MediaType.APPLICATION_FORM_URLENCODED_TYPE.isCompatible(type);
  }
}
