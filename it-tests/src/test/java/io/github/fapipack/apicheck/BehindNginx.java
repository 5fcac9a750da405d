package io.github.fapipack.apicheck;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An API that relies on the gateway before it: it serves whoever comes through. */
final class BehindNginx implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(8);

  private BehindNginx(HttpServer server) {
    this.server = server;
  }

  static BehindNginx start() throws IOException {
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 50);
    BehindNginx api = new BehindNginx(http);
    http.setExecutor(api.threads);
    http.createContext("/", BehindNginx::answer);
    http.start();
    return api;
  }

  int port() {
    return server.getAddress().getPort();
  }

  private static void answer(HttpExchange exchange) throws IOException {
    String subject = exchange.getRequestHeaders().getFirst("X-Fapi-Subject");
    byte[] content = ("{\"owner\":\"" + subject + "\"}").getBytes(StandardCharsets.UTF_8);
    exchange.getRequestBody().readAllBytes();
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    boolean head = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(200, head ? -1 : content.length);
    try (exchange) {
      if (!head) {
        exchange.getResponseBody().write(content);
      }
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
