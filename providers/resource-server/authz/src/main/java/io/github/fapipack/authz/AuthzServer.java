package io.github.fapipack.authz;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.github.fapipack.httpsig.HttpField;
import io.github.fapipack.resourceserver.request.TrustedProxies;
import io.github.fapipack.resourceserver.routes.Answer;
import io.github.fapipack.resourceserver.routes.Gate;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Phaser;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The HTTP server: who asks for what, with a bounded number of threads. */
final class AuthzServer implements AutoCloseable {
  private static final Logger LOGGER = System.getLogger(AuthzServer.class.getName());
  private static final String METADATA = "/.well-known/oauth-protected-resource";

  private final HttpServer server;
  private final ThreadPoolExecutor threads;
  private final Duration patience;
  // One party is the server itself; each exchange is another.
  private final Phaser exchanges = new Phaser(1);
  private volatile boolean stopping;

  private AuthzServer(HttpServer server, AuthzSettings settings) {
    this.server = server;
    this.patience = settings.stopAfter();
    // A connection has one exchange at a time, so no more can wait than there are connections; on
    // a Java that does not limit them, the thread that accepts requests works off what is too much.
    this.threads =
        new ThreadPoolExecutor(
            settings.threads(),
            settings.threads(),
            1,
            TimeUnit.MINUTES,
            new ArrayBlockingQueue<>(settings.connections()),
            new ThreadPoolExecutor.CallerRunsPolicy());
  }

  /**
   * Starts it.
   *
   * @throws IOException if the address is in use
   */
  static AuthzServer start(AuthzSettings settings, Gate gate) throws IOException {
    HttpServer http = HttpServer.create(settings.listen(), settings.connections());
    AuthzServer server = new AuthzServer(http, settings);
    RefusalLog log = RefusalLog.started();
    TrustedProxies trusted = settings.trusted();
    http.setExecutor(server.threads);
    server.on(Proxy.CHECK, new OnlyTrusted(trusted, new CheckHandler(gate, settings, log), log));
    server.on(METADATA, exchange -> metadata(exchange, gate));
    server.on("/health", server::health);
    server.on("/", exchange -> exchange.sendResponseHeaders(404, -1));
    http.start();
    return server;
  }

  InetSocketAddress address() {
    return server.getAddress();
  }

  private void on(String path, HttpHandler handler) {
    server.createContext(
        path,
        exchange -> {
          exchanges.register();
          try (exchange) {
            handler.handle(exchange);
          } catch (RuntimeException unexpected) {
            LOGGER.log(Level.ERROR, "a request could not be answered", unexpected);
            // Without an answer the proxy refuses the request.
          } finally {
            exchanges.arriveAndDeregister();
          }
        });
  }

  private static void metadata(HttpExchange exchange, Gate gate) throws IOException {
    Optional<Answer> document =
        gate.metadata(exchange.getRequestMethod(), exchange.getRequestURI().getRawPath());
    if (document.isEmpty()) {
      exchange.sendResponseHeaders(404, -1);
      return;
    }
    for (HttpField field : document.get().fields()) {
      exchange.getResponseHeaders().add(field.name(), field.value());
    }
    send(exchange, 200, document.get().content());
  }

  private void health(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().put("Content-Type", List.of("application/json"));
    String status = stopping ? "{\"status\":\"DOWN\"}" : "{\"status\":\"UP\"}";
    send(exchange, stopping ? 503 : 200, status.getBytes(StandardCharsets.US_ASCII));
  }

  private static void send(HttpExchange exchange, int status, byte[] content) throws IOException {
    exchange.sendResponseHeaders(status, content.length);
    exchange.getResponseBody().write(content);
  }

  /** Answers what has been asked, for so long as it may take, and stops. */
  @Override
  public void close() {
    stopping = true;
    int phase = exchanges.arriveAndDeregister();
    try {
      exchanges.awaitAdvanceInterruptibly(phase, patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (TimeoutException slow) {
      LOGGER.log(Level.WARNING, "some requests were not answered before the end");
    }
    server.stop(0);
    threads.shutdownNow();
  }
}
