package io.github.fapipack.authority;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;

/** The certificate authority of the realm of a session's context. */
public final class Authority {

  private Authority() {}

  /** Empty if the realm has no issuing key that can be used. */
  public static Optional<Authority> of(KeycloakSession session) {
    throw new UnsupportedOperationException();
  }

  /** The issuing certificate, then those above it up to the root. */
  public List<X509Certificate> chain() {
    throw new UnsupportedOperationException();
  }

  /**
   * Issues a certificate, within the transaction of the session.
   *
   * @param request a PKCS#10 request as PEM (RFC 2986, RFC 7468)
   * @throws RequestFault if the request, or its key, is not good enough
   */
  public Issued issue(Order order, String request) {
    throw new UnsupportedOperationException();
  }
}
