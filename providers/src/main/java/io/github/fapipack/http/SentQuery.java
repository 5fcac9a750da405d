package io.github.fapipack.http;

import io.github.fapipack.rule.Endpoint;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.Provider;
import java.net.URI;
import java.util.Set;

/**
 * Removes parameters without a value from the query of an authorization request or a logout,
 * because they count as not sent (RFC 6749 3.1). The query cannot be changed after the realm is
 * known, so this applies to all realms.
 */
@Provider
@PreMatching
public class SentQuery implements ContainerRequestFilter {

  @Override
  public void filter(ContainerRequestContext request) {
    UriInfo uri = request.getUriInfo();
    Endpoint endpoint = Endpoint.of(request);
    if ((endpoint != Endpoint.AUTHORIZATION && endpoint != Endpoint.LOGOUT)
        || uri.getQueryParameters().values().stream().noneMatch(values -> values.contains(""))) {
      return;
    }
    String whole;
    try {
      whole = uri.getRequestUri().toString();
    } catch (RuntimeException e) {
      return; // not a URI; the code that parses it reports that
    }
    int query = whole.indexOf('?') + 1;
    String sent = SentParameters.of(whole.substring(query), Set.of());
    request.setRequestUri(
        URI.create(whole.substring(0, sent.isEmpty() ? query - 1 : query) + sent));
  }
}
