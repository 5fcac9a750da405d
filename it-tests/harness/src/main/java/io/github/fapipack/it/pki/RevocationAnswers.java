package io.github.fapipack.it.pki;

import io.github.fapipack.it.pki.RevocationResponder.State;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v2CRLBuilder;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.BasicOCSPRespBuilder;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPReq;
import org.bouncycastle.cert.ocsp.OCSPRespBuilder;
import org.bouncycastle.cert.ocsp.Req;
import org.bouncycastle.cert.ocsp.RespID;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cert.ocsp.UnknownStatus;
import org.bouncycastle.operator.OperatorCreationException;

/**
 * How a responder answers.
 *
 * @param authority whose certificates it knows
 * @param signer signs; the authority itself, or another one
 * @param signerKey the signer's key
 * @param delegated whether the answer contains the signer's certificate
 * @param since begin of the validity (thisUpdate), from now; usually negative
 * @param validity end of the validity (nextUpdate), from now; null: none is given
 * @param status status of a whole OCSP response, for example {@link OCSPRespBuilder#TRY_LATER}
 */
public record RevocationAnswers(
    CertificateAuthority authority,
    X509Certificate signer,
    PrivateKey signerKey,
    boolean delegated,
    Duration since,
    Duration validity,
    int status) {

  static RevocationAnswers by(CertificateAuthority authority) {
    return new RevocationAnswers(
        authority,
        authority.certificate(),
        authority.keys().getPrivate(),
        false,
        Duration.ofSeconds(60).negated(),
        Duration.ofHours(1),
        OCSPRespBuilder.SUCCESSFUL);
  }

  /** The same for another period; without end if it is null. */
  public RevocationAnswers from(Duration begin, Duration endOrNull) {
    return new RevocationAnswers(authority, signer, signerKey, delegated, begin, endOrNull, status);
  }

  /** The same, signed by another key, whose certificate the answer contains. */
  public RevocationAnswers signedBy(ClientCertificate other) {
    return new RevocationAnswers(
        authority, other.certificate(), other.key(), true, since, validity, status);
  }

  /** The same with another status of the whole OCSP response. */
  public RevocationAnswers status(int other) {
    return new RevocationAnswers(authority, signer, signerKey, delegated, since, validity, other);
  }

  byte[] ocsp(byte[] request, Map<BigInteger, State> states) throws IOException {
    try {
      BasicOCSPResp body =
          status == OCSPRespBuilder.SUCCESSFUL ? basic(new OCSPReq(request), states) : null;
      return new OCSPRespBuilder().build(status, body).getEncoded();
    } catch (OCSPException | GeneralSecurityException | OperatorCreationException e) {
      throw new IllegalStateException("Cannot answer", e);
    }
  }

  private BasicOCSPResp basic(OCSPReq request, Map<BigInteger, State> states)
      throws OCSPException, GeneralSecurityException, OperatorCreationException {
    Instant now = Instant.now();
    BasicOCSPRespBuilder builder =
        new BasicOCSPRespBuilder(
            new RespID(X500Name.getInstance(signer.getSubjectX500Principal().getEncoded())));
    for (Req one : request.getRequestList()) {
      builder.addResponse(
          one.getCertID(),
          status(states.get(one.getCertID().getSerialNumber()), now),
          at(now, since),
          at(now, validity),
          null);
    }
    X509CertificateHolder[] chain =
        delegated
            ? new X509CertificateHolder[] {new JcaX509CertificateHolder(signer)}
            : new X509CertificateHolder[0];
    return builder.build(CertificateAuthority.signer(signerKey), chain, Date.from(now));
  }

  private static CertificateStatus status(State state, Instant now) {
    if (state == null) {
      return CertificateStatus.GOOD;
    }
    return state == State.UNKNOWN
        ? new UnknownStatus()
        : new RevokedStatus(Date.from(now.minusSeconds(60)), CRLReason.keyCompromise);
  }

  byte[] crl(Map<BigInteger, State> states) {
    try {
      Instant now = Instant.now();
      JcaX509v2CRLBuilder builder =
          new JcaX509v2CRLBuilder(signer.getSubjectX500Principal(), at(now, since));
      if (validity != null) {
        builder.setNextUpdate(at(now, validity));
      }
      for (Map.Entry<BigInteger, State> entry : states.entrySet()) {
        if (entry.getValue() == State.REVOKED) {
          builder.addCRLEntry(
              entry.getKey(), Date.from(now.minusSeconds(60)), CRLReason.keyCompromise);
        }
      }
      builder.addExtension(
          Extension.authorityKeyIdentifier,
          false,
          new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(signer.getPublicKey()));
      builder.addExtension(
          Extension.cRLNumber, false, new CRLNumber(BigInteger.valueOf(now.toEpochMilli())));
      return builder.build(CertificateAuthority.signer(signerKey)).getEncoded();
    } catch (GeneralSecurityException | OperatorCreationException e) {
      throw new IllegalStateException("Cannot make a list", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Date at(Instant now, Duration offsetOrNull) {
    return offsetOrNull == null ? null : Date.from(now.plus(offsetOrNull));
  }
}
