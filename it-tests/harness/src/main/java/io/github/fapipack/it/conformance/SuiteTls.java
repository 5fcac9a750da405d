package io.github.fapipack.it.conformance;

import io.github.fapipack.it.server.ServerFailure;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * TLS with a suite on the user's own machine, which usually has a certificate that nobody has
 * issued. Nothing secret is sent there but keys that are made for one run.
 */
final class SuiteTls {
  private SuiteTls() {}

  /** TLS with any certificate of the server. */
  static SSLContext context() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new Anybody()}, new SecureRandom());
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Cannot set up TLS", e);
    }
  }

  /** The certificates that the suite shows, so that Keycloak can be told to trust them. */
  static List<X509Certificate> certificates(URI suite) {
    int port = suite.getPort() < 0 ? 443 : suite.getPort();
    try (SSLSocket socket =
        (SSLSocket) context().getSocketFactory().createSocket(suite.getHost(), port)) {
      Certificate[] chain = socket.getSession().getPeerCertificates();
      return Stream.of(chain).map(X509Certificate.class::cast).toList();
    } catch (IOException e) {
      throw new ServerFailure("No suite answers at " + suite + " (" + e.getMessage() + ").");
    }
  }

  private static final class Anybody extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
