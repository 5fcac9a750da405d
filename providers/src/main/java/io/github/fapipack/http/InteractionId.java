package io.github.fapipack.http;

import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.keycloak.models.KeycloakSession;

/**
 * Every answer carries {@code x-fapi-interaction-id}: the caller's, if it is a UUID (RFC 4122), or
 * a fresh one; nothing else that a stranger sends is reflected.
 */
@Provider
@Priority(FilterOrder.HEADERS)
public class InteractionId implements ContainerResponseFilter {

  static final String HEADER = "x-fapi-interaction-id";

  private static final Pattern UUID_TEXT =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private static final String ATTRIBUTE = InteractionId.class.getName();

  /** The id of the current request: the same whoever asks, for pages, log and events. */
  public static String of(KeycloakSession session) {
    String id = session.getAttribute(ATTRIBUTE, String.class);
    if (id == null) {
      HttpHeaders headers = session.getContext().getRequestHeaders();
      List<String> sent = headers == null ? null : headers.getRequestHeader(HEADER);
      boolean usable = sent != null && sent.size() == 1 && UUID_TEXT.matcher(sent.get(0)).matches();
      id = usable ? sent.get(0) : UUID.randomUUID().toString();
      session.setAttribute(ATTRIBUTE, id);
    }
    return id;
  }

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    Exchange.of(request)
        .ifPresent(exchange -> response.getHeaders().putSingle(HEADER, of(exchange.session())));
  }
}
