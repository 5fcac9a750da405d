package io.github.fapipack.authority;

import io.github.fapipack.certificate.DistinguishedName;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import org.keycloak.common.util.Time;

/** Issues a certificate within the limits, and adds it to the list. */
record Issuance(IssuingKey key, Addresses addresses) {

  private static final int MOST_VALID = 20;
  private static final int MOST_PER_DAY = 20;
  private static final long DAY = 24L * 60 * 60 * 1000;
  private static final int LONGEST_SUBJECT = 1000;

  /**
   * The row of the issuing key must be there; it is locked, so that one certificate is issued at a
   * time and the limits hold.
   */
  Issued issue(IssuedTable table, Order order, RequestedKey requested) {
    table.lock(key.id());
    check(table, order, requested);
    X509Certificate made = new CertificateProfile(key, addresses).make(order, requested);
    Issued issued = entry(order, requested, made);
    table.add(key.id(), issued);
    return issued;
  }

  private static void check(IssuedTable table, Order order, RequestedKey requested) {
    long now = Time.currentTimeMillis();
    if (table.isRefused(requested.thumbprint(), order.organisationId())) {
      throw new RequestFault("the key was used before; generate a new one");
    }
    if (table.valid(order.softwareId(), now) >= MOST_VALID) {
      throw new RequestFault(
          "the software has 20 valid certificates; revoke those that are not used");
    }
    if (table.issuedSince(order.softwareId(), now - DAY) >= MOST_PER_DAY) {
      throw new RequestFault(
          "the software has got 20 certificates within a day; try again tomorrow");
    }
  }

  private static Issued entry(Order order, RequestedKey requested, X509Certificate made) {
    String subject = DistinguishedName.readable(made.getSubjectX500Principal());
    if (subject.length() > LONGEST_SUBJECT) {
      throw new RequestFault("the names in the certificate would be too long");
    }
    try {
      return new Issued(
          SerialNumber.text(made.getSerialNumber()),
          order.organisationId(),
          order.softwareId(),
          order.use(),
          subject,
          requested.thumbprint(),
          SandboxHierarchy.pem(List.of(made)),
          Instant.ofEpochMilli(Time.currentTimeMillis()),
          made.getNotAfter().toInstant(),
          IssuedCertificates.shortened(order.requestedBy()),
          null,
          null,
          null);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
