package io.github.fapipack.http;

import io.github.fapipack.rule.Clause;
import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.Provider;

/** Redirects browsers with 303, so that they do not send a form with credentials again. */
@Provider
@Priority(FilterOrder.HEADERS)
@Clause({"FAPI2-SP 5.3.2.2-11", "FAPI2-SP 5.3.2.2-10"})
public class SeeOther implements ContainerResponseFilter {

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    int status = response.getStatus();
    boolean redirect =
        status == Status.FOUND.getStatusCode()
            || status == Status.TEMPORARY_REDIRECT.getStatusCode();
    if (redirect && Exchange.of(request).filter(e -> e.audience().isInteractive()).isPresent()) {
      response.setStatus(Status.SEE_OTHER.getStatusCode());
    }
  }
}
