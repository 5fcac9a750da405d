package io.github.fapipack.authority;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.keycloak.common.util.Time;

/**
 * A revocation list (RFC 5280 5).
 *
 * @param number grows with each list of an issuing key, on all nodes
 * @param revocations how many certificates were revoked when it was signed, expired or not
 * @param content DER
 */
record RevocationList(
    long number, long revocations, Instant thisUpdate, Instant nextUpdate, byte[] content) {

  private static final Duration VALID = Duration.ofDays(3);

  /** So that it can still be used for long if nobody can sign for some time. */
  private static final Duration RENEWED_AFTER = Duration.ofHours(12);

  /** Whether it says all that is known; a revocation is never taken back. */
  boolean isCurrent(long known) {
    return number > 0
        && revocations == known
        && now().isBefore(thisUpdate.plus(RENEWED_AFTER))
        && !now().isBefore(thisUpdate.minus(CertificateProfile.SKEW));
  }

  /** Whether it can still be used although it should be renewed. */
  boolean isUsable(long known) {
    return number > 0 && revocations == known && now().isBefore(nextUpdate);
  }

  private static Instant now() {
    return Instant.ofEpochMilli(Time.currentTimeMillis());
  }

  static RevocationList read(IssuerEntity row) {
    return new RevocationList(
        row.number,
        row.revocations,
        Instant.ofEpochMilli(row.thisUpdate),
        Instant.ofEpochMilli(row.nextUpdate),
        row.content == null ? new byte[0] : Base64.getDecoder().decode(row.content));
  }

  /** Signs the next list if there has to be one, on one node at a time. */
  static RevocationList renew(IssuedTable table, IssuingKey key) {
    IssuerEntity row = table.lock(key.id());
    // Before the entries are read: what is revoked in between is only counted too late.
    long known = table.revocations(key.id());
    RevocationList before = read(row);
    if (before.isCurrent(known)) {
      return before;
    }
    RevocationList next = sign(key, row.number + 1, known, table.revoked(key.id()));
    row.number = next.number();
    row.revocations = known;
    row.thisUpdate = next.thisUpdate().toEpochMilli();
    row.nextUpdate = next.nextUpdate().toEpochMilli();
    row.content = Base64.getEncoder().encodeToString(next.content());
    return next;
  }

  private static RevocationList sign(
      IssuingKey key, long number, long known, List<IssuedTable.Revocation> revoked) {
    Instant now = now().truncatedTo(ChronoUnit.SECONDS);
    X509v2CRLBuilder builder =
        new X509v2CRLBuilder(
            X500Name.getInstance(key.certificate().getSubjectX500Principal().getEncoded()),
            Date.from(now));
    builder.setNextUpdate(Date.from(now.plus(VALID)));
    // An unspecified reason is left out (RFC 5280 5.3.1).
    revoked.forEach(
        each ->
            builder.addCRLEntry(
                new BigInteger(each.serial(), 16),
                Date.from(Instant.ofEpochMilli(each.at())),
                each.reason().code()));
    try {
      builder
          .addExtension(Extension.authorityKeyIdentifier, false, CertificateProfile.authority(key))
          .addExtension(Extension.cRLNumber, false, new CRLNumber(BigInteger.valueOf(number)));
      byte[] content = builder.build(key.signer()).getEncoded();
      return new RevocationList(number, known, now, now.plus(VALID), content);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("A revocation list cannot be signed", e);
    }
  }
}
