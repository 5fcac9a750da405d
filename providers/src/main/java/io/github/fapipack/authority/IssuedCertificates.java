package io.github.fapipack.authority;

import java.io.StringReader;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.util.io.pem.PemReader;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;

/**
 * The append-only list of the certificates of a realm. It is read and revoked from in the
 * transaction of the session.
 */
public final class IssuedCertificates {

  private static final int LONGEST_NAME = 255;

  private final IssuedTable table;

  private IssuedCertificates(IssuedTable table) {
    this.table = table;
  }

  /** Those of the realm of the session's context. */
  public static IssuedCertificates of(KeycloakSession session) {
    return new IssuedCertificates(
        Transactions.table(session, session.getContext().getRealm().getId()));
  }

  /** The one with a serial number, in hexadecimal. */
  public Optional<Issued> bySerial(String serial) {
    return Optional.ofNullable(SerialNumber.normal(serial))
        .flatMap(table::row)
        .map(IssuedEntity::read);
  }

  /** The entry of a certificate; empty if it was not issued here, even if it looks so. */
  public Optional<Issued> of(X509Certificate certificate) {
    return bySerial(SerialNumber.text(certificate.getSerialNumber()))
        .filter(issued -> isSame(issued, certificate));
  }

  private static boolean isSame(Issued issued, X509Certificate certificate) {
    try (PemReader reader = new PemReader(new StringReader(issued.pem()))) {
      return Arrays.equals(reader.readPemObject().getContent(), certificate.getEncoded());
    } catch (java.io.IOException | CertificateEncodingException e) {
      throw new IllegalStateException("A certificate of the list cannot be read", e);
    }
  }

  /** A part of the list, latest first. */
  public List<Issued> search(Search search, int first, int max) {
    return table.search(search, first, max);
  }

  /** How many there are. */
  public long count(Search search) {
    return table.count(search);
  }

  /**
   * Revokes a certificate; one that is revoked already stays as it is.
   *
   * @param by who does it, for the list
   * @return the entry as it is then; empty if there is none
   */
  public Optional<Issued> revoke(String serial, Reason reason, String by) {
    String normal = SerialNumber.normal(serial);
    if (normal == null) {
      return Optional.empty();
    }
    table.revoke(normal, reason, shortened(by), Time.currentTimeMillis());
    return table.row(normal).map(IssuedEntity::read);
  }

  /**
   * Revokes all certificates of an organisation, or of one of its software, that have not expired.
   *
   * @param softwareId null for all of the organisation
   * @return how many
   */
  public int revokeAll(String organisationId, String softwareId, Reason reason, String by) {
    return table.revokeAll(
        organisationId, softwareId, reason, shortened(by), Time.currentTimeMillis());
  }

  /** Names are not longer in the list. */
  static String shortened(String name) {
    return name == null || name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME);
  }
}
