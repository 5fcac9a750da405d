package io.github.fapipack.samples.quarkus;

import io.github.fapipack.httpsig.HttpField;
import io.github.fapipack.resourceserver.request.Peer;
import io.github.fapipack.resourceserver.rest.Transport;
import io.github.fapipack.resourceserver.routes.PeerAddress;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.ext.WriterInterceptorContext;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLPeerUnverifiedException;

/** What Vert.x knows of a request and its connection. */
record VertxTransport(CurrentVertxRequest current) implements Transport {

  @Override
  public Peer peer(ContainerRequestContext request) {
    HttpServerRequest http = current.getCurrent().request();
    return new Peer(
        PeerAddress.of(http.connection().remoteAddress().hostAddress()), certificate(http));
  }

  /** As it was sent; {@code UriInfo} has it normalized. */
  @Override
  public String targetUri(ContainerRequestContext request) {
    HttpServerRequest http = current.getCurrent().request();
    return http.scheme() + "://" + http.authority() + http.uri();
  }

  /** Quarkus has copied the header fields before the content is complete. */
  @Override
  public void sign(WriterInterceptorContext response, UnaryOperator<List<HttpField>> signature) {
    MultiMap headers = current.getCurrent().response().headers();
    List<HttpField> sent = new ArrayList<>();
    headers.forEach((name, value) -> sent.add(new HttpField(name, value)));
    signature.apply(sent).forEach(field -> headers.add(field.name(), field.value()));
  }

  private static Optional<X509Certificate> certificate(HttpServerRequest http) {
    try {
      return http.isSSL()
              && http.sslSession().getPeerCertificates()[0] instanceof X509Certificate certificate
          ? Optional.of(certificate)
          : Optional.empty();
    } catch (SSLPeerUnverifiedException noneWasSent) {
      return Optional.empty();
    }
  }
}
