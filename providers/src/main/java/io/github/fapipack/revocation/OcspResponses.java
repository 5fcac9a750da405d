package io.github.fapipack.revocation;

import io.github.fapipack.revocation.Answer.State;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.PKIXParameters;
import java.security.cert.PKIXRevocationChecker;
import java.security.cert.TrustAnchor;
import java.time.Instant;
import java.util.Date;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPReqBuilder;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.cert.ocsp.SingleResp;
import org.bouncycastle.cert.ocsp.UnknownStatus;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

/**
 * OCSP (RFC 6960): makes the request, and has the JDK verify the response, including who may sign
 * it for the authority.
 */
final class OcspResponses {

  /** How long a response is kept that is not valid for a stated time. */
  private static final long UNSTATED_MILLIS = 300_000;

  private OcspResponses() {}

  /** A request about one certificate; hashed by SHA-1, which every responder knows (RFC 5019). */
  static byte[] request(IssuedCertificate subject) throws NoAnswer {
    try {
      return new OCSPReqBuilder().addRequest(id(subject)).build().getEncoded();
    } catch (GeneralSecurityException | OCSPException | OperatorCreationException | IOException e) {
      throw new NoAnswer("no request can be made", e);
    }
  }

  private static CertificateID id(IssuedCertificate subject)
      throws GeneralSecurityException, OCSPException, OperatorCreationException {
    return new CertificateID(
        new JcaDigestCalculatorProviderBuilder().build().get(CertificateID.HASH_SHA1),
        new JcaX509CertificateHolder(subject.issuer()),
        subject.certificate().getSerialNumber());
  }

  /** What a response says. */
  static Answer read(IssuedCertificate subject, byte[] response, long now) throws NoAnswer {
    try {
      State state = verify(subject, response, now);
      SingleResp own = own(subject, response);
      if (state == State.GOOD || state == State.REVOKED) {
        return new Answer(state, "OCSP", end(own, now));
      }
      if (own.getCertStatus() instanceof UnknownStatus) {
        return new Answer(State.UNKNOWN, "OCSP", now + Answer.RETRY_MILLIS);
      }
      throw new NoAnswer("the response cannot be relied on");
    } catch (GeneralSecurityException
        | OCSPException
        | OperatorCreationException
        | IOException
        | RuntimeException
        | StackOverflowError e) { // deeply nested
      throw new NoAnswer("the response cannot be relied on: " + e.getMessage(), e);
    }
  }

  /** With the issuer as the trusted authority, so that only this one certificate is looked at. */
  private static State verify(IssuedCertificate subject, byte[] response, long now)
      throws GeneralSecurityException {
    CertPathValidator validator = JdkPkix.validator();
    PKIXRevocationChecker checker = (PKIXRevocationChecker) validator.getRevocationChecker();
    checker.setOptions(EnumSet.of(PKIXRevocationChecker.Option.NO_FALLBACK));
    checker.setOcspResponses(Map.of(subject.certificate(), response)); // so it fetches none
    PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(subject.issuer(), null)));
    parameters.addCertPathChecker(checker);
    parameters.setRevocationEnabled(false); // otherwise a second checker would be added
    parameters.setDate(Date.from(Instant.ofEpochMilli(now)));
    try {
      validator.validate(
          JdkPkix.factory().generateCertPath(List.of(subject.certificate())), parameters);
      return State.GOOD;
    } catch (CertPathValidatorException e) {
      if (e.getReason() == BasicReason.REVOKED) {
        return State.REVOKED;
      }
      // Unless the response is unreadable, either its signature was verified, or it has none,
      // because the responder says that it has no answer.
      if (e.getReason() == BasicReason.UNDETERMINED_REVOCATION_STATUS
          && !(e.getCause() instanceof IOException)) {
        return State.NONE;
      }
      throw e;
    }
  }

  private static SingleResp own(IssuedCertificate subject, byte[] response)
      throws IOException,
          OCSPException,
          GeneralSecurityException,
          OperatorCreationException,
          NoAnswer {
    OCSPResp whole = new OCSPResp(response);
    if (whole.getStatus() != OCSPResp.SUCCESSFUL
        || !(whole.getResponseObject() instanceof BasicOCSPResp basic)) {
      throw new NoAnswer("the responder gives no answer, status " + whole.getStatus());
    }
    CertificateID id = id(subject);
    for (SingleResp one : basic.getResponses()) {
      if (id.equals(one.getCertID())) {
        return one;
      }
    }
    throw new NoAnswer("the response is about another certificate");
  }

  /** The JDK allows a quarter of an hour, in which a revocation would go unnoticed. */
  private static long end(SingleResp answer, long now) throws NoAnswer {
    if (answer.getThisUpdate().toInstant().toEpochMilli() > now + Answer.SKEW_MILLIS) {
      throw new NoAnswer("the response is not valid yet");
    }
    if (answer.getNextUpdate() == null) {
      return now + UNSTATED_MILLIS;
    }
    if (answer.getNextUpdate().toInstant().toEpochMilli() < now - Answer.SKEW_MILLIS) {
      throw new NoAnswer("the response is too old");
    }
    return Answer.until(answer.getNextUpdate().toInstant().toEpochMilli(), now);
  }
}
