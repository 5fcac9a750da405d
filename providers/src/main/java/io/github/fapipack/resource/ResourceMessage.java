package io.github.fapipack.resource;

import io.github.fapipack.httpsig.HttpField;
import io.github.fapipack.httpsig.RequestMessage;
import java.util.ArrayList;
import java.util.List;
import org.keycloak.http.HttpRequest;
import org.keycloak.models.KeycloakSession;

/** The current request in the form for HTTP message signatures. */
public final class ResourceMessage {
  private ResourceMessage() {}

  /** The request with the target URI that the client used, as far as proxies forward it. */
  public static RequestMessage of(KeycloakSession session) {
    HttpRequest http = session.getContext().getHttpRequest();
    List<HttpField> fields = new ArrayList<>();
    http.getHttpHeaders()
        .getRequestHeaders()
        .forEach((name, values) -> values.forEach(value -> fields.add(new HttpField(name, value))));
    return new RequestMessage(
        http.getHttpMethod(), session.getContext().getUri().getRequestUri().toString(), fields);
  }
}
