package io.github.fapipack.http;

import io.github.fapipack.occasion.Endpoint;
import io.github.fapipack.rule.RealmRules;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.Provider;
import java.util.regex.Pattern;
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

  /** The page on which a user types the code that a device shows. */
  private static final Pattern DEVICE = Pattern.compile("/?realms/[^/]+/device/?");

  @Override
  public void filter(ContainerRequestContext request) {
    String path = request.getUriInfo().getPath();
    if (!"POST".equals(request.getMethod())
        || !readsForms(path, Place.of(request))
        || isForm(request.getMediaType())) {
      return;
    }
    KeycloakSession session = KeycloakSessionUtil.getKeycloakSession();
    if (session != null && !RealmRules.of(session).isEmpty()) {
      request.abortWith(
          Response.status(Status.BAD_REQUEST)
              .type(isDevice(path) ? MediaType.TEXT_PLAIN_TYPE : MediaType.APPLICATION_JSON_TYPE)
              .entity(ANSWER)
              .build());
    }
  }

  /** Whether no method accepts such a body, so that RESTEasy can only write plain text. */
  private static boolean isDevice(String path) {
    return path.contains("/auth/device") || DEVICE.matcher(path).matches();
  }

  private static boolean readsForms(String path, Place place) {
    return switch (place) {
      case MACHINE ->
          Endpoint.of(path) != Endpoint.OTHER
              || path.contains("/auth/device")
              || path.contains("/backchannel-logout");
      case BROWSER -> DEVICE.matcher(path).matches();
      default -> false;
    };
  }

  /** Whether the media type is that of forms; letter case has no meaning. */
  static boolean isForm(MediaType type) {
    return type != null
        && !type.isWildcardType()
        && !type.isWildcardSubtype()
        && MediaType.APPLICATION_FORM_URLENCODED_TYPE.isCompatible(type);
  }
}
