package io.github.fapipack.resourceserver.rest;

import io.github.fapipack.resourceserver.request.Peer;
import jakarta.ws.rs.container.ContainerRequestContext;

/** What Jakarta REST does not tell of a request; each runtime has a way of its own. */
@FunctionalInterface
public interface Transport {

  /** Who is at the other end of the connection, with the certificate of its TLS handshake. */
  Peer peer(ContainerRequestContext request);

  /**
   * The whole URI as received, percent-encoded, with its query. Replace it where the runtime
   * normalizes what {@code UriInfo} has.
   */
  default String targetUri(ContainerRequestContext request) {
    return request.getUriInfo().getRequestUri().toString();
  }
}
