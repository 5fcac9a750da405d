package io.github.fapipack.it.client;

/** How an access token is bound to the client that may use it (FAPI2-SP 5.3.2.1-5). */
public enum SenderConstraint {
  /** By a key; every request proves its possession (RFC 9449). */
  DPOP("dpop", "DPoP"),
  /** By the certificate of the TLS connection (RFC 8705). */
  MTLS("mtls", "Bearer"),
  /** Not bound, which FAPI forbids. */
  NONE("none", "Bearer");

  private final String label;
  private final String tokenType;

  SenderConstraint(String label, String tokenType) {
    this.label = label;
    this.tokenType = tokenType;
  }

  /** The token type for it, which is also the scheme of the Authorization header. */
  public String tokenType() {
    return tokenType;
  }

  @Override
  public String toString() {
    return label;
  }
}
