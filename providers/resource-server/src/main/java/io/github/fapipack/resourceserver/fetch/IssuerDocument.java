package io.github.fapipack.resourceserver.fetch;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * What this kit needs of the metadata of an issuer (RFC 8414 2).
 *
 * @param jwks where its keys are
 * @param introspection where it tells about tokens
 * @param introspectionOverTls the same for clients with a certificate (RFC 8705 5)
 */
public record IssuerDocument(
    Optional<URI> jwks, Optional<URI> introspection, Optional<URI> introspectionOverTls) {

  /**
   * Reads metadata.
   *
   * @throws FetchFailed if they are another issuer's, or name an address that is not allowed
   */
  static IssuerDocument read(IssuerAddress issuer, Map<String, Object> metadata)
      throws FetchFailed {
    if (!issuer.identifier().equals(metadata.get("issuer"))) {
      throw new FetchFailed("the metadata are those of another issuer");
    }
    Optional<URI> introspection = endpoint(issuer, metadata, "introspection_endpoint");
    Optional<URI> overTls = Optional.empty();
    if (metadata.get("mtls_endpoint_aliases") instanceof Map<?, ?> aliases) {
      overTls = endpoint(issuer, aliases, "introspection_endpoint");
    }
    return new IssuerDocument(
        endpoint(issuer, metadata, "jwks_uri"), introspection, overTls.or(() -> introspection));
  }

  private static Optional<URI> endpoint(IssuerAddress issuer, Map<?, ?> metadata, String member)
      throws FetchFailed {
    Object named = metadata.get(member);
    Optional<URI> address = issuer.endpoint(named);
    if (named != null && address.isEmpty()) {
      throw new FetchFailed("the metadata have a " + member + " that is not an https address");
    }
    return address;
  }
}
