package io.github.fapipack.authority;

import io.github.fapipack.keys.KeyStrength;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.ContentVerifier;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.keycloak.common.util.Time;

/** Whether an issuing key and its certificates are fit to issue (RFC 5280 4.2.1.3, 4.2.1.9). */
final class KeyCheck {

  private static final int CERT_SIGN = 5;
  private static final int CRL_SIGN = 6;
  private static final int MOST_CERTIFICATES = 6;

  private KeyCheck() {}

  static void check(IssuingKey key) throws KeyFault {
    if (key.chain().size() > MOST_CERTIFICATES) {
      throw new KeyFault("there are more than six certificates up to the root");
    }
    for (X509Certificate certificate : key.chain()) {
      checkAuthority(certificate);
    }
    checkPath(key.chain());
    checkFits(key);
  }

  private static Instant now() {
    return Instant.ofEpochMilli(Time.currentTimeMillis());
  }

  private static void checkAuthority(X509Certificate certificate) throws KeyFault {
    PublicKey key = certificate.getPublicKey();
    if (certificate.getBasicConstraints() < 0) {
      throw new KeyFault("a certificate is not one of an authority: basicConstraints must say CA");
    }
    boolean[] usage = certificate.getKeyUsage();
    if (usage == null || !usage[CERT_SIGN] || !usage[CRL_SIGN]) {
      throw new KeyFault("keyUsage of each certificate must have keyCertSign and cRLSign");
    }
    if (!(key instanceof RSAKey || key instanceof ECKey)) {
      throw new KeyFault("the key must be RSA or on an elliptic curve");
    }
    if (KeyStrength.isWeak(key) || KeyStrength.isCostly(key)) {
      throw new KeyFault("the key is too weak; take RSA with 3072 bits or the curve P-256");
    }
    if (certificate.getNotAfter().toInstant().isBefore(now())) {
      throw new KeyFault("a certificate has expired");
    }
  }

  private static void checkPath(List<X509Certificate> chain) throws KeyFault {
    X509Certificate root = chain.get(chain.size() - 1);
    try {
      root.verify(root.getPublicKey());
    } catch (GeneralSecurityException e) {
      throw new KeyFault("the last certificate must be the root, which signs itself", e);
    }
    if (chain.size() == 1) {
      return;
    }
    try {
      CertPath path =
          CertificateFactory.getInstance("X.509")
              .generateCertPath(chain.subList(0, chain.size() - 1));
      PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(root, null)));
      parameters.setRevocationEnabled(false);
      parameters.setDate(Date.from(now()));
      CertPathValidator.getInstance("PKIX").validate(path, parameters);
    } catch (GeneralSecurityException e) {
      throw new KeyFault(
          "each certificate must be signed by the next one, from the issuing certificate to the"
              + " root",
          e);
    }
  }

  /** By a signature: the key may be in an HSM. */
  private static void checkFits(IssuingKey key) throws KeyFault {
    byte[] text = "issuing key".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    try {
      ContentSigner signer = key.signer();
      signer.getOutputStream().write(text);
      byte[] signature = signer.getSignature();
      ContentVerifier verifier =
          new JcaContentVerifierProviderBuilder()
              .build(key.certificate().getPublicKey())
              .get(signer.getAlgorithmIdentifier());
      verifier.getOutputStream().write(text);
      if (verifier.verify(signature)) {
        return;
      }
    } catch (java.io.IOException | OperatorCreationException | RuntimeException e) {
      throw new KeyFault("the private key does not belong to the first certificate", e);
    }
    throw new KeyFault("the private key does not belong to the first certificate");
  }
}
