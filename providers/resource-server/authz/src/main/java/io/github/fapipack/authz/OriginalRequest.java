package io.github.fapipack.authz;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import io.github.fapipack.httpsig.HttpField;
import io.github.fapipack.resourceserver.request.ApiBody;
import io.github.fapipack.resourceserver.request.ApiRequest;
import io.github.fapipack.resourceserver.request.Peer;
import io.github.fapipack.resourceserver.routes.LimitedContent;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The request about which a proxy asks.
 *
 * @param rawPath as the caller wrote it, without the query
 */
record OriginalRequest(ApiRequest call, String rawPath) {
  private static final Set<String> WITHOUT_CONTENT = Set.of("GET", "HEAD", "DELETE", "OPTIONS");

  /**
   * Reads a subrequest of a proxy that is trusted.
   *
   * @throws MisconfiguredProxy if the proxy does not say what the request is
   */
  static OriginalRequest of(HttpExchange exchange, AuthzSettings settings)
      throws MisconfiguredProxy {
    Proxy proxy = settings.proxy();
    Headers headers = exchange.getRequestHeaders();
    String method =
        proxy.mirrors() ? exchange.getRequestMethod() : single(headers, proxy.methodField());
    String uri = proxy.mirrors() ? mirrored(exchange) : single(headers, proxy.uriField());
    if (!uri.startsWith("/")) {
      throw new MisconfiguredProxy("the proxy must send path and query of the original request");
    }
    ApiRequest call =
        new ApiRequest(
            method,
            settings.origin() + uri,
            fields(headers, proxy),
            content(exchange, proxy, method, settings.contentLimit()),
            new Peer(exchange.getRemoteAddress().getAddress(), Optional.empty()));
    int query = uri.indexOf('?');
    return new OriginalRequest(call, query < 0 ? uri : uri.substring(0, query));
  }

  /** What follows the prefix, with everything in it that must not be in a path. */
  private static String mirrored(HttpExchange exchange) {
    URI uri = exchange.getRequestURI();
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    String fragment = uri.getRawFragment() == null ? "" : "#" + uri.getRawFragment();
    return uri.getRawPath().substring(Proxy.CHECK.length()) + fragment + query;
  }

  private static String single(Headers headers, String name) throws MisconfiguredProxy {
    List<String> values = headers.get(name);
    if (values == null || values.size() != 1 || values.get(0).isEmpty()) {
      throw new MisconfiguredProxy("the proxy must send the header field " + name + " once");
    }
    return values.get(0);
  }

  private static List<HttpField> fields(Headers headers, Proxy proxy) {
    List<HttpField> fields = new ArrayList<>(headers.size());
    headers.forEach(
        (name, values) -> {
          if (!proxy.owns(name)) {
            values.forEach(value -> fields.add(new HttpField(name, value)));
          }
        });
    return fields;
  }

  private static ApiBody content(
      HttpExchange exchange, Proxy proxy, String method, int contentLimit) {
    if (proxy.mirrors()) {
      return new LimitedContent(exchange::getRequestBody, contentLimit);
    }
    if (WITHOUT_CONTENT.contains(method)) {
      return ApiBody.NONE;
    }
    return () -> {
      throw new IOException("the proxy does not send the content, which has to be checked");
    };
  }
}
