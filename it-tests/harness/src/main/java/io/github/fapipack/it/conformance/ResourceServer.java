package io.github.fapipack.it.conformance;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.github.fapipack.it.pki.Pki;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/**
 * The bank's API that the suite calls, for all realms of a run: the first part of a path is the
 * realm's name. It asks for client certificates and has the TLS settings that FAPI requires.
 */
final class ResourceServer implements AutoCloseable {
  private static final String INTERACTION = "x-fapi-interaction-id";
  private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};
  private static final String[] SUITES = {
    "TLS_AES_128_GCM_SHA256",
    "TLS_AES_256_GCM_SHA384",
    "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
    "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"
  };

  /** What serves the paths of one realm, which come without the realm's name. */
  interface Resources {
    Reply reply(HttpExchange exchange, String path) throws IOException;
  }

  /** A response of the API. */
  record Reply(int status, String type, String body, Map<String, String> headers) {
    Reply {
      headers = Map.copyOf(headers);
    }

    static Reply json(int status, Object body) {
      return new Reply(status, "application/json", body.toString(), Map.of());
    }
  }

  private final Pki pki;
  private final HttpsServer server;
  private final Map<String, Resources> realms = new ConcurrentHashMap<>();

  private ResourceServer(Pki pki, HttpsServer server) {
    this.pki = pki;
    this.server = server;
  }

  /** Starts it with the certificate of the authorization server, on a free port. */
  static ResourceServer start(Pki pki) {
    try {
      // A suite in a container comes from another address than this machine's own.
      HttpsServer server = HttpsServer.create(new InetSocketAddress(0), 0);
      server.setHttpsConfigurator(new Listener(pki.serverContext()));
      server.setExecutor(
          Executors.newCachedThreadPool(
              task -> {
                Thread thread = new Thread(task, "resource-server");
                thread.setDaemon(true);
                return thread;
              }));
      ResourceServer resources = new ResourceServer(pki, server);
      server.createContext("/", resources::handle);
      server.start();
      return resources;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Serves the paths of a realm. */
  void serve(String realm, Resources resources) {
    realms.put(realm, resources);
  }

  /** The address of a realm's API. */
  URI address(String realm) {
    return URI.create("https://" + pki.host() + ":" + server.getAddress().getPort() + "/" + realm);
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    List<String> parts = List.of(exchange.getRequestURI().getPath().split("/", 3));
    Resources resources = parts.size() < 3 ? null : realms.get(parts.get(1));
    Reply reply;
    try {
      reply =
          resources == null
              ? Reply.json(404, "{\"error\":\"not_found\"}")
              : resources.reply(exchange, "/" + parts.get(2));
    } catch (RuntimeException | AssertionError e) {
      System.err.println("The resource server failed at " + exchange.getRequestURI() + ": " + e);
      reply = Reply.json(500, "{\"error\":\"server_error\"}");
    }
    send(exchange, reply);
  }

  private static void send(HttpExchange exchange, Reply reply) throws IOException {
    String interaction = exchange.getRequestHeaders().getFirst(INTERACTION);
    exchange
        .getResponseHeaders()
        .set(INTERACTION, interaction == null ? UUID.randomUUID().toString() : interaction);
    exchange.getResponseHeaders().set("Content-Type", reply.type());
    reply.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
    byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static final class Listener extends HttpsConfigurator {
    Listener(SSLContext context) {
      super(context);
    }

    @Override
    public void configure(HttpsParameters parameters) {
      SSLParameters tls = getSSLContext().getDefaultSSLParameters();
      tls.setProtocols(PROTOCOLS);
      tls.setCipherSuites(SUITES);
      tls.setWantClientAuth(true);
      parameters.setSSLParameters(tls);
    }
  }
}
