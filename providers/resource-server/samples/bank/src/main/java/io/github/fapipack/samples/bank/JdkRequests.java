package io.github.fapipack.samples.bank;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsExchange;
import io.github.fapipack.httpsig.HttpField;
import io.github.fapipack.resourceserver.request.ApiBody;
import io.github.fapipack.resourceserver.request.ApiRequest;
import io.github.fapipack.resourceserver.request.Peer;
import java.io.IOException;
import java.io.InputStream;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;

/** The requests of the JDK's HTTP server, as the kit reads them. */
final class JdkRequests {
  private static final int MOST_BYTES = 16 * 1024;

  private JdkRequests() {}

  /**
   * A request.
   *
   * @param origin scheme, host and port by which callers know this server; the field Host is the
   *     caller's word
   */
  static ApiRequest read(HttpExchange exchange, String origin) {
    List<HttpField> fields = new ArrayList<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> values.forEach(value -> fields.add(new HttpField(name, value))));
    return new ApiRequest(
        exchange.getRequestMethod(),
        origin + exchange.getRequestURI(),
        fields,
        new Body(exchange.getRequestBody()),
        new Peer(exchange.getRemoteAddress().getAddress(), certificate(exchange)));
  }

  private static Optional<X509Certificate> certificate(HttpExchange exchange) {
    try {
      return exchange instanceof HttpsExchange tls
              && tls.getSSLSession().getPeerCertificates()[0] instanceof X509Certificate certificate
          ? Optional.of(certificate)
          : Optional.empty();
    } catch (SSLPeerUnverifiedException noneWasShown) {
      return Optional.empty();
    }
  }

  /** A body that is read once, and only if somebody wants it. */
  private static final class Body implements ApiBody {
    private final InputStream stream;
    private byte[] content;

    Body(InputStream stream) {
      this.stream = stream;
    }

    @Override
    public byte[] bytes() throws IOException {
      if (content == null) {
        byte[] read = stream.readNBytes(MOST_BYTES + 1);
        if (read.length > MOST_BYTES) {
          throw new IOException("the body has more than " + MOST_BYTES + " bytes");
        }
        content = read;
      }
      return content;
    }
  }
}
