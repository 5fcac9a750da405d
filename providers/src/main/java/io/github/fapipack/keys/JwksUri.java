package io.github.fapipack.keys;

import java.net.URI;

/** The address from which a client's keys are fetched: the client metadata {@code jwks_uri}. */
public final class JwksUri {

  private JwksUri() {}

  /** Whether it is an absolute https URL, from which keys may be fetched. */
  public static boolean isSecure(String uri) {
    try {
      URI parsed = URI.create(uri);
      return "https".equalsIgnoreCase(parsed.getScheme()) && parsed.getHost() != null;
    } catch (IllegalArgumentException | NullPointerException e) {
      return false;
    }
  }
}
