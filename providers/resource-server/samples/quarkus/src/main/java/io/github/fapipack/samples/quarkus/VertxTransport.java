package io.github.fapipack.samples.quarkus;

import io.github.fapipack.resourceserver.request.Peer;
import io.github.fapipack.resourceserver.rest.Transport;
import io.github.fapipack.resourceserver.routes.PeerAddress;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.security.cert.X509Certificate;
import java.util.Optional;
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
