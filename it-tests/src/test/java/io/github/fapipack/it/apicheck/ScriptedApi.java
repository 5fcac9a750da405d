package io.github.fapipack.it.apicheck;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.fapipack.it.http.LocalHttp;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;

/** An API that does whatever a test wants. */
final class ScriptedApi implements AutoCloseable {
  /** What it does with a request. */
  interface Script {
    void answer(HttpExchange exchange) throws IOException;
  }

  private final HttpServer server = LocalHttp.plain();
  private final AtomicInteger requests = new AtomicInteger();

  ScriptedApi(Script script) {
    server.createContext(
        "/",
        exchange -> {
          requests.incrementAndGet();
          try (exchange) {
            script.answer(exchange);
          }
        });
    server.start();
  }

  /** Takes everything with a token; the script decides about the rest. */
  static ScriptedApi withoutToken(Script script) {
    return new ScriptedApi(
        exchange -> {
          if (exchange.getRequestHeaders().containsKey("Authorization")) {
            LocalHttp.answer(exchange, 200, "{}");
          } else {
            script.answer(exchange);
          }
        });
  }

  URI address() {
    return URI.create("http://localhost:" + server.getAddress().getPort() + "/accounts");
  }

  int requests() {
    return requests.get();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
