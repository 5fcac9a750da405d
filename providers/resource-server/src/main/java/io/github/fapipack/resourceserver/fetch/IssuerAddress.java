package io.github.fapipack.resourceserver.fetch;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/**
 * The identifier of an issuer (RFC 8414 2), and which addresses it may name: https addresses, or
 * http ones on the loopback address if it is there itself, which is for tests.
 */
public final class IssuerAddress {
  private static final String WELL_KNOWN = "/.well-known/";

  private final String identifier;
  private final URI uri;

  private IssuerAddress(String identifier, URI uri) {
    this.identifier = identifier;
    this.uri = uri;
  }

  /**
   * The issuer with that identifier.
   *
   * @throws IllegalArgumentException if it cannot be one
   */
  public static IssuerAddress of(String identifier) {
    URI uri =
        address(identifier)
            .filter(address -> address.getRawQuery() == null)
            .filter(address -> isHttps(address) || isLoopback(address))
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "the issuer must be an https address without a query; http is for tests"
                            + " on 127.0.0.1"));
    return new IssuerAddress(identifier, uri);
  }

  /** As in the claim {@code iss}. */
  public String identifier() {
    return identifier;
  }

  /** The address if this issuer may name it. */
  public Optional<URI> endpoint(Object named) {
    return named instanceof String text
        ? address(text)
            .filter(address -> isHttps(address) || (isLoopback(uri) && isLoopback(address)))
        : Optional.empty();
  }

  /** Where RFC 8414 3.1 has the metadata: between the host and the path. */
  URI authorizationServerMetadata() {
    String path = uri.getRawPath();
    return URI.create(
        uri.getScheme()
            + "://"
            + uri.getRawAuthority()
            + WELL_KNOWN
            + "oauth-authorization-server"
            + (path.equals("/") ? "" : path));
  }

  /** Where OpenID Connect Discovery has them: after the path. */
  URI openidConfiguration() {
    String base =
        identifier.endsWith("/") ? identifier.substring(0, identifier.length() - 1) : identifier;
    return URI.create(base + WELL_KNOWN + "openid-configuration");
  }

  private static Optional<URI> address(String text) {
    try {
      URI address = new URI(text);
      return address.getHost() != null
              && address.getRawUserInfo() == null
              && address.getRawFragment() == null
          ? Optional.of(address)
          : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  private static boolean isHttps(URI address) {
    return "https".equals(address.getScheme());
  }

  private static boolean isLoopback(URI address) {
    String host = address.getHost();
    return "http".equals(address.getScheme())
        && (host.equals("localhost") || host.equals("127.0.0.1") || host.equals("[::1]"));
  }
}
