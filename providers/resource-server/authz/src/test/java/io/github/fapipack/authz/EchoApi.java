package io.github.fapipack.authz;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** An API behind the gateway that tells what it was sent. */
final class EchoApi implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger calls = new AtomicInteger();

  private EchoApi(HttpServer server) {
    this.server = server;
  }

  static EchoApi start() throws IOException {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0);
    EchoApi api = new EchoApi(HttpServer.create(address, 50));
    api.server.setExecutor(api.threads);
    api.server.createContext("/", api::answer);
    api.server.start();
    return api;
  }

  InetSocketAddress address() {
    return server.getAddress();
  }

  /** How many requests have come through. */
  int calls() {
    return calls.get();
  }

  /** Method, URI and header fields, a line each; 401 for the path /accounts/own-401. */
  private void answer(HttpExchange exchange) throws IOException {
    calls.incrementAndGet();
    List<String> lines = new ArrayList<>();
    lines.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) ->
                values.forEach(value -> lines.add(name.toLowerCase(Locale.ROOT) + ": " + value)));
    lines.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    byte[] content = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
    boolean refuses = exchange.getRequestURI().getPath().endsWith("/own-401");
    exchange.sendResponseHeaders(refuses ? 401 : 200, content.length);
    try (exchange) {
      exchange.getResponseBody().write(content);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
