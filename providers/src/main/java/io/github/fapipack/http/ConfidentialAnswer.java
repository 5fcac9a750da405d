package io.github.fapipack.http;

import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Forbids caching of responses with secrets, and adds the Date header. */
@Provider
@Priority(FilterOrder.HEADERS)
public class ConfidentialAnswer implements ContainerResponseFilter {

  /** RFC 9110 5.6.7; the JDK's own formatter writes days with one digit. */
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH);

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    Exchange.of(request)
        .filter(exchange -> exchange.audience().isConfidential())
        .ifPresent(
            exchange -> {
              // Keycloak has set it on the response below JAX-RS, which would add a second value.
              response.getHeaders().remove(HttpHeaders.CACHE_CONTROL);
              exchange
                  .session()
                  .getContext()
                  .getHttpResponse()
                  .setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
              response
                  .getHeaders()
                  .putSingle(HttpHeaders.DATE, DATE.format(ZonedDateTime.now(ZoneOffset.UTC)));
            });
  }
}
