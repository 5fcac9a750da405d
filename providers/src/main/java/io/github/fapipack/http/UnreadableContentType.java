package io.github.fapipack.http;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import java.util.regex.Pattern;

/**
 * Replaces a malformed Content-Type by one that no endpoint accepts. Keycloak's filter of security
 * headers would otherwise fail on it with a server error.
 */
@Provider
@PreMatching
public class UnreadableContentType implements ContainerRequestFilter {

  /**
   * Blanks there have no meaning (RFC 9110 5.6.6), but RESTEasy treats them as part of the name.
   */
  private static final Pattern BEFORE_PARAMETERS = Pattern.compile("^([^; \\t]+)[ \\t]+;");

  @Override
  public void filter(ContainerRequestContext request) {
    String type = request.getHeaderString(HttpHeaders.CONTENT_TYPE);
    if (type != null && !isReadable(type)) {
      request.getHeaders().putSingle(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_OCTET_STREAM);
    } else if (type != null && BEFORE_PARAMETERS.matcher(type).find()) {
      request
          .getHeaders()
          .putSingle(HttpHeaders.CONTENT_TYPE, BEFORE_PARAMETERS.matcher(type).replaceFirst("$1;"));
    }
  }

  private static boolean isReadable(String type) {
    try {
      MediaType.valueOf(type);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
