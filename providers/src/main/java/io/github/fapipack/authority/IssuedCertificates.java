package io.github.fapipack.authority;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;

/** The append-only list of the certificates of a realm. */
public final class IssuedCertificates {

  private IssuedCertificates() {}

  /** Those of the realm of the session's context. */
  public static IssuedCertificates of(KeycloakSession session) {
    throw new UnsupportedOperationException();
  }

  /** The one with a serial number, in hexadecimal. */
  public Optional<Issued> bySerial(String serial) {
    throw new UnsupportedOperationException();
  }

  /** The entry of a certificate; empty if it was not issued here, even if it looks so. */
  public Optional<Issued> of(X509Certificate certificate) {
    throw new UnsupportedOperationException();
  }

  /** A part of the list, latest first. */
  public List<Issued> search(Search search, int first, int max) {
    throw new UnsupportedOperationException();
  }

  /** How many there are. */
  public long count(Search search) {
    throw new UnsupportedOperationException();
  }

  /**
   * Revokes a certificate; one that is revoked already stays as it is.
   *
   * @param by who does it, for the list
   * @return the entry as it is then; empty if there is none
   */
  public Optional<Issued> revoke(String serial, Reason reason, String by) {
    throw new UnsupportedOperationException();
  }

  /** Revokes all certificates of an organisation, or of one of its software. */
  public int revokeAll(String organisationId, String softwareId, Reason reason, String by) {
    throw new UnsupportedOperationException();
  }
}
