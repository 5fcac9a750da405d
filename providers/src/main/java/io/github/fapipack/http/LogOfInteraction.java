package io.github.fapipack.http;

import io.github.fapipack.rule.Interaction;
import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.ext.Provider;

/** Removes the interaction id from the log context, after Keycloak's session is closed. */
@Provider
@Priority(FilterOrder.LAST)
public class LogOfInteraction implements ContainerResponseFilter {

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    Interaction.end();
  }
}
