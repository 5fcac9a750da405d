package io.github.fapipack.it.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.github.fapipack.it.pki.CertificateAuthority;
import io.github.fapipack.it.pki.Keys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** Small HTTP servers of the harness, on the loopback interface and a free port. */
public final class LocalHttp {
  private LocalHttp() {}

  /** Without TLS. */
  public static HttpServer plain() {
    try {
      return ready(HttpServer.create(anyPort(), 0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** With a certificate for localhost of the given authority. */
  public static HttpServer https(CertificateAuthority authority) {
    return https(authority, null);
  }

  /**
   * The same, asking clients for a certificate, which they need not have.
   *
   * @param clientsOrNull issuer of certificates of clients; null if clients are not asked
   */
  public static HttpServer https(
      CertificateAuthority authority, CertificateAuthority clientsOrNull) {
    try {
      HttpsServer server = HttpsServer.create(anyPort(), 0);
      server.setHttpsConfigurator(
          new HttpsConfigurator(tls(authority, clientsOrNull)) {
            @Override
            public void configure(HttpsParameters parameters) {
              SSLParameters tls = getSSLContext().getDefaultSSLParameters();
              tls.setWantClientAuth(clientsOrNull != null);
              parameters.setSSLParameters(tls);
            }
          });
      return ready(server);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The body of a request as text. */
  public static String body(HttpExchange exchange) throws IOException {
    return new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
  }

  /** Answers a request with JSON, or with no body if the text is empty. */
  public static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  /** A waiting request must not block other requests. */
  private static HttpServer ready(HttpServer server) {
    server.setExecutor(
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "local-http");
              thread.setDaemon(true);
              return thread;
            }));
    return server;
  }

  private static InetSocketAddress anyPort() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  private static SSLContext tls(CertificateAuthority authority, CertificateAuthority clientsOrNull)
      throws IOException {
    try {
      KeyPair keys = Keys.ec();
      Certificate[] chain = {authority.issueForLocalhost(keys.getPublic())};
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry("server", keys.getPrivate(), new char[0], chain);
      KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
      managers.init(store, new char[0]);
      SSLContext context = SSLContext.getInstance("TLS");
      TrustManager[] trust = clientsOrNull == null ? null : trust(clientsOrNull);
      context.init(managers.getKeyManagers(), trust, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Cannot set up TLS", e);
    }
  }

  private static TrustManager[] trust(CertificateAuthority authority)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("ca", authority.certificate());
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(store);
    return trust.getTrustManagers();
  }
}
