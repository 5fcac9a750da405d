package io.github.fapipack.it;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A client's jwks_uri: serves one JWK set, and counts how often it is asked. */
public final class JwksServer implements AutoCloseable {
  private final AtomicInteger requests = new AtomicInteger();
  private final HttpServer server;
  private final boolean tls;
  private volatile String keySet = "{\"keys\":[]}";

  private JwksServer(HttpServer server, boolean tls) {
    this.server = server;
    this.tls = tls;
    server.createContext(
        "/jwks",
        exchange -> {
          requests.incrementAndGet();
          byte[] body = keySet.getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  /** With a certificate that the Keycloak under test trusts. */
  public static JwksServer https(Pki pki) {
    try {
      HttpsServer server = HttpsServer.create(anyPort(), 0);
      server.setHttpsConfigurator(new HttpsConfigurator(tls(pki.serverCa())));
      return new JwksServer(server, true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Without TLS, which FAPI forbids. */
  public static JwksServer http() {
    try {
      return new JwksServer(HttpServer.create(anyPort(), 0), false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sets what is served from now on. */
  public JwksServer serving(ClientKeys keys) {
    keySet = keys.publicJwks();
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

  private static InetSocketAddress anyPort() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  private static SSLContext tls(CertificateAuthority authority) throws IOException {
    try {
      KeyPair keys = Keys.ec();
      Certificate[] chain = {authority.issueForLocalhost(keys.getPublic())};
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry("server", keys.getPrivate(), new char[0], chain);
      KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
      managers.init(store, new char[0]);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(managers.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Cannot set up TLS", e);
    }
  }
}
