package io.github.fapipack.authority;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.Objects;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ocsp.RevokedInfo;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPRespBuilder;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPRespBuilder;
import org.bouncycastle.cert.ocsp.RespID;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.keycloak.common.util.Time;

/**
 * A signed OCSP response about one certificate (RFC 6960 4.2).
 *
 * @param revokedAt null for a certificate that is good
 */
record OcspAnswer(Instant revokedAt, Instant thisUpdate, Instant nextUpdate, byte[] content) {

  private static final Duration VALID = Duration.ofDays(1);
  private static final Duration RENEWED_AFTER = Duration.ofHours(6);

  /** Whether it still says what the list says. */
  boolean isCurrent(Issued issued) {
    Instant now = Instant.ofEpochMilli(Time.currentTimeMillis());
    return Objects.equals(revokedAt, issued.revokedAt())
        && now.isBefore(thisUpdate.plus(RENEWED_AFTER))
        && !now.isBefore(thisUpdate.minus(CertificateProfile.SKEW));
  }

  static OcspAnswer sign(IssuingKey key, OcspQuestion question, Issued issued) {
    Instant now = Instant.ofEpochMilli(Time.currentTimeMillis()).truncatedTo(ChronoUnit.SECONDS);
    Instant next = now.plus(VALID);
    try {
      BasicOCSPRespBuilder builder = new BasicOCSPRespBuilder(responder(key));
      builder.addResponse(question.id(), status(issued), Date.from(now), Date.from(next));
      byte[] content =
          new OCSPRespBuilder()
              .build(
                  OCSPRespBuilder.SUCCESSFUL,
                  builder.build(key.signer(), new X509CertificateHolder[0], Date.from(now)))
              .getEncoded();
      return new OcspAnswer(issued.revokedAt(), now, next, content);
    } catch (OCSPException | OperatorCreationException | IOException e) {
      throw new IllegalStateException("An OCSP response cannot be signed", e);
    } catch (java.security.cert.CertificateEncodingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** By its key, as the shortest responses have it (RFC 5019 2.2.1). */
  private static RespID responder(IssuingKey key)
      throws OCSPException,
          OperatorCreationException,
          java.security.cert.CertificateEncodingException {
    return new RespID(
        new JcaX509CertificateHolder(key.certificate()).getSubjectPublicKeyInfo(),
        new JcaDigestCalculatorProviderBuilder().build().get(RespID.HASH_SHA1));
  }

  private static CertificateStatus status(Issued issued) {
    if (issued.revokedAt() == null) {
      return CertificateStatus.GOOD;
    }
    return new RevokedStatus(
        new RevokedInfo(
            new ASN1GeneralizedTime(Date.from(issued.revokedAt().truncatedTo(ChronoUnit.SECONDS))),
            issued.reason() == Reason.UNSPECIFIED
                ? null
                : CRLReason.lookup(issued.reason().code())));
  }

  /** A response that says why there is no answer, which is not signed. */
  static byte[] fault(int status) {
    try {
      return new OCSPRespBuilder().build(status, null).getEncoded();
    } catch (OCSPException | IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
