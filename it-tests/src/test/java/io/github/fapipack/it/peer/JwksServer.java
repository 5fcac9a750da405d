package io.github.fapipack.it.peer;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.github.fapipack.it.client.ClientKeys;
import io.github.fapipack.it.http.LocalHttp;
import io.github.fapipack.it.pki.Pki;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;

/** A client's jwks_uri: serves one JWK set, and counts how often it is asked. */
public final class JwksServer implements AutoCloseable {
  private final AtomicInteger requests = new AtomicInteger();
  private final HttpServer server;
  private final boolean tls;
  private volatile int status = 200;
  private volatile String keySet = "{\"keys\":[]}";
  private volatile HttpHandler handler = exchange -> LocalHttp.answer(exchange, status, keySet);

  private JwksServer(HttpServer server, boolean tls) {
    this.server = server;
    this.tls = tls;
    server.createContext(
        "/jwks",
        exchange -> {
          requests.incrementAndGet();
          handler.handle(exchange);
        });
    server.start();
  }

  /** With a certificate that the Keycloak under test trusts. */
  public static JwksServer https(Pki pki) {
    return new JwksServer(LocalHttp.https(pki.serverCa()), true);
  }

  /** Without TLS, which FAPI forbids. */
  public static JwksServer http() {
    return new JwksServer(LocalHttp.plain(), false);
  }

  /** Answers with a server error from now on. */
  public void failing() {
    status = 500;
  }

  /** Sets how requests are answered from now on, with whatever a hostile server may say. */
  public JwksServer answering(HttpHandler newHandler) {
    handler = newHandler;
    return this;
  }

  /** Sets what is served from now on. */
  public JwksServer serving(ClientKeys keys) {
    return serving(keys.publicJwks());
  }

  /** Sets what is served from now on, as it stands. */
  public JwksServer serving(String text) {
    status = 200;
    keySet = text;
    return this;
  }

  /** The address to register. */
  public URI uri() {
    String scheme = tls ? "https" : "http";
    return URI.create(scheme + "://localhost:" + server.getAddress().getPort() + "/jwks");
  }

  /** How often it has been asked. */
  public int requests() {
    return requests.get();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
