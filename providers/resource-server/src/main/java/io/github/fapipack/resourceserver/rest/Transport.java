package io.github.fapipack.resourceserver.rest;

import io.github.fapipack.httpsig.HttpField;
import io.github.fapipack.resourceserver.request.Peer;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.WriterInterceptorContext;
import java.util.List;
import java.util.function.UnaryOperator;

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

  /**
   * Adds the header fields that sign a response, when its content has been written to memory and
   * nothing has been sent. Replace it where the runtime has copied the header fields by then.
   *
   * @param signature takes the fields that will be sent, and returns those to be added
   */
  default void sign(WriterInterceptorContext response, UnaryOperator<List<HttpField>> signature) {
    MultivaluedMap<String, Object> headers = response.getHeaders();
    if (response.getMediaType() != null) {
      // As a text, so that what is sent is what is signed.
      headers.putSingle("Content-Type", response.getMediaType().toString());
    }
    HeaderFields.add(signature.apply(HeaderFields.of(headers)), headers);
  }
}
