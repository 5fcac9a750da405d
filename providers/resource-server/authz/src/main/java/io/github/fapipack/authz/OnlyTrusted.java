package io.github.fapipack.authz;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.github.fapipack.resourceserver.request.TrustedProxies;
import java.io.IOException;

/**
 * Refuses who is not one of our proxies: a stranger would tell of requests that nobody has sent.
 */
final class OnlyTrusted implements HttpHandler {
  private final TrustedProxies trusted;
  private final HttpHandler handler;
  private final RefusalLog log;

  OnlyTrusted(TrustedProxies trusted, HttpHandler handler, RefusalLog log) {
    this.trusted = trusted;
    this.handler = handler;
    this.log = log;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    if (trusted.contains(exchange.getRemoteAddress().getAddress())) {
      handler.handle(exchange);
      return;
    }
    log.warning(
        "a machine that is not in trusted-proxies has asked: "
            + exchange.getRemoteAddress().getAddress().getHostAddress());
    exchange.sendResponseHeaders(403, -1);
  }
}
