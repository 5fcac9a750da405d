package io.github.fapipack.http;

import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.Endpoint;
import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.ext.Provider;
import java.util.Locale;

/** The authorization endpoint never allows scripts of other origins. */
@Provider
@Priority(FilterOrder.HEADERS)
@Clause("FAPI2-SP 5.2.3-3")
public class NoCrossOrigin implements ContainerResponseFilter {

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    if (Exchange.of(request).filter(e -> e.endpoint() == Endpoint.AUTHORIZATION).isPresent()) {
      response
          .getHeaders()
          .keySet()
          .removeIf(name -> name.toLowerCase(Locale.ROOT).startsWith("access-control-"));
    }
  }
}
