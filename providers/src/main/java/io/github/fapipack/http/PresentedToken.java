package io.github.fapipack.http;

import io.github.fapipack.occasion.ResourceRequestEvent;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.keycloak.models.KeycloakSession;

/**
 * An access token in a request, in any of the ways of RFC 6750.
 *
 * @param scheme the scheme of the header, or one of the constants of {@link ResourceRequestEvent}
 */
record PresentedToken(String scheme, String token) {

  private static final String PARAMETER = "access_token";

  /** All tokens in headers and query. */
  static List<PresentedToken> in(ContainerRequestContext request) {
    List<PresentedToken> found = new ArrayList<>();
    orNone(request.getHeaders().get(HttpHeaders.AUTHORIZATION))
        .forEach(header -> add(found, header));
    orNone(request.getUriInfo().getQueryParameters().get(PARAMETER))
        .forEach(token -> found.add(new PresentedToken(ResourceRequestEvent.QUERY, token)));
    return found;
  }

  /** With any scheme, because other extensions may use their own. */
  private static void add(List<PresentedToken> found, String header) {
    int end = header.strip().lastIndexOf(' ');
    String scheme = end < 0 ? "" : header.strip().substring(0, end).strip();
    found.add(new PresentedToken(scheme, header.strip().substring(end + 1)));
  }

  static boolean isForm(ContainerRequestContext request) {
    MediaType type = request.getMediaType();
    return type != null
        && (MediaType.APPLICATION_FORM_URLENCODED_TYPE.isCompatible(type)
            || MediaType.MULTIPART_FORM_DATA_TYPE.isCompatible(type));
  }

  /** All tokens in the form, after it was read. */
  static List<PresentedToken> inForm(KeycloakSession session) {
    return orNone(session.getContext().getHttpRequest().getDecodedFormParameters().get(PARAMETER))
        .stream()
        .filter(Objects::nonNull)
        .map(token -> new PresentedToken(ResourceRequestEvent.FORM, token))
        .toList();
  }

  private static List<String> orNone(List<String> values) {
    return values == null ? List.of() : values;
  }

  /** Reads the content and makes it available to the resource again; Keycloak limits its size. */
  static byte[] content(ContainerRequestContext request) {
    try {
      byte[] content = request.getEntityStream().readAllBytes();
      request.setEntityStream(new ByteArrayInputStream(content));
      return content;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
