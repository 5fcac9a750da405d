package io.github.fapipack.it.pki;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralNames;

/**
 * What an authority certifies: a key and its holder, the purpose, the period, and any further
 * extensions.
 */
public record CertificateOrder(
    X500Principal subject,
    PublicKey key,
    CertificatePurpose purpose,
    Instant notBefore,
    Instant notAfter,
    List<Extension> extensions) {

  public CertificateOrder {
    extensions = List.copyOf(extensions);
  }

  /** A TLS client's certificate, valid for thirty days. */
  public static CertificateOrder of(String subject, PublicKey key) {
    return of(new X500Principal(subject), key);
  }

  /**
   * A TLS client's certificate with exactly that subject, including string types, for thirty days.
   */
  public static CertificateOrder of(X500Principal subject, PublicKey key) {
    Instant now = Instant.now();
    return new CertificateOrder(
        subject,
        key,
        CertificatePurpose.CLIENT,
        now.minusSeconds(60),
        now.plus(Duration.ofDays(30)),
        List.of());
  }

  /** The same for another purpose. */
  public CertificateOrder as(CertificatePurpose other) {
    return new CertificateOrder(subject, key, other, notBefore, notAfter, extensions);
  }

  /** The same for exactly this period. */
  public CertificateOrder valid(Instant from, Instant until) {
    return new CertificateOrder(subject, key, purpose, from, until, extensions);
  }

  /** The same with a further extension. */
  public CertificateOrder with(ASN1ObjectIdentifier type, boolean critical, ASN1Encodable value) {
    try {
      List<Extension> more = new ArrayList<>(extensions);
      more.add(new Extension(type, critical, value.toASN1Primitive().getEncoded("DER")));
      return new CertificateOrder(subject, key, purpose, notBefore, notAfter, more);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same with alternative names, unless they are null. */
  public CertificateOrder withNames(GeneralNames namesOrNull) {
    if (namesOrNull == null) {
      return this;
    }
    // RFC 5280 4.2.1.6: critical if there is no other name.
    return with(Extension.subjectAlternativeName, subject.getName().isEmpty(), namesOrNull);
  }
}
