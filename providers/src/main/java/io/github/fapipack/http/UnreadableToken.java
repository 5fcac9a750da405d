package io.github.fapipack.http;

import io.github.fapipack.rule.BrokenJws;
import io.github.fapipack.rule.Endpoint;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.UriBuilder;
import jakarta.ws.rs.ext.Provider;
import java.util.List;

/**
 * Replaces a malformed token by a text that is not a token: Keycloak would fail on the first with a
 * server error, and refuses the second.
 */
@Provider
@PreMatching
public class UnreadableToken implements ContainerRequestFilter {

  private static final String KEY = "key";

  @Override
  public void filter(ContainerRequestContext request) {
    String path = request.getUriInfo().getPath();
    List<String> authorization = request.getHeaders().get(HttpHeaders.AUTHORIZATION);
    if (authorization != null) {
      boolean admin = path.startsWith("/admin") || path.startsWith("admin");
      authorization.replaceAll(value -> readable(value, admin));
    }
    if (Endpoint.of(request) == Endpoint.ACTION_TOKEN) {
      String key = request.getUriInfo().getQueryParameters().getFirst(KEY);
      if (key != null && BrokenJws.is(key)) {
        request.setRequestUri(
            UriBuilder.fromUri(request.getUriInfo().getRequestUri())
                .replaceQueryParam(KEY, BrokenJws.REPLACEMENT)
                .build());
      }
    }
  }

  private static String readable(String value, boolean admin) {
    int space = value.indexOf(' ');
    String token = value.substring(space + 1);
    // The admin interface looks for the realm in a claim that may be missing.
    return space > 0 && (BrokenJws.is(token) || (admin && BrokenJws.claim(token, "iss") == null))
        ? value.substring(0, space + 1) + BrokenJws.REPLACEMENT
        : value;
  }
}
