package io.github.fapipack.http;

import io.github.fapipack.rule.Interaction;
import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.ext.Provider;

/**
 * Every response has {@code x-fapi-interaction-id}: the caller's, if it is a UUID (RFC 4122), or a
 * new one; other input is not reflected. It is chosen before anything else happens, so that all log
 * lines of the request contain it.
 */
@Provider
@PreMatching
@Priority(FilterOrder.HEADERS)
public class InteractionId implements ContainerRequestFilter, ContainerResponseFilter {

  @Override
  public void filter(ContainerRequestContext request) {
    Interaction.begin(request.getHeaders());
  }

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    String id = Interaction.of(request.getHeaders());
    if (id != null && Exchange.of(request).isPresent()) {
      response.getHeaders().putSingle(Interaction.HEADER, id);
    }
  }
}
