package io.github.fapipack.http;

import io.github.fapipack.rule.Endpoint.Audience;
import io.github.fapipack.rule.OAuthError;
import io.github.fapipack.rule.Refusal;
import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;

/**
 * Sends the exact refusal of a rule if Keycloak would change its code or status. Pages, redirects
 * of the browser, and responses of the admin interface, which have their own format, stay
 * unchanged.
 */
@Provider
@Priority(FilterOrder.REFUSAL)
public class RefusalFilter implements ContainerResponseFilter {

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    Exchange.of(request)
        .ifPresent(
            exchange ->
                Refusal.of(exchange.session())
                    .ifPresent(refusal -> answer(request, response, exchange, refusal)));
  }

  private static void answer(
      ContainerRequestContext request,
      ContainerResponseContext response,
      Exchange exchange,
      Refusal refusal) {
    refusal.headers().forEach((name, value) -> response.getHeaders().putSingle(name, value));
    Audience audience = exchange.audience();
    if (audience != Audience.CLIENT
        && (audience == Audience.USERINFO || Challenge.isFor(refusal.getError()))) {
      response.setStatus(refusal.getErrorStatus().getStatusCode());
      Challenge.write(
          request,
          response,
          exchange.session().getContext().getRealm(),
          refusal.getError(),
          refusal.getErrorDetail());
    } else if (audience == Audience.CLIENT || audience == Audience.REGISTRATION) {
      response.setStatus(refusal.getErrorStatus().getStatusCode());
      OAuthError.write(response, refusal.getError(), refusal.getErrorDetail());
    } else if (audience.isInteractive()
        && MediaType.TEXT_HTML_TYPE.isCompatible(response.getMediaType())) {
      response.setStatus(refusal.getErrorStatus().getStatusCode());
    }
  }
}
