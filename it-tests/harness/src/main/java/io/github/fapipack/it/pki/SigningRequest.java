package io.github.fapipack.it.pki;

import java.security.KeyPair;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/** Requests for a certificate (PKCS#10, RFC 2986). */
public final class SigningRequest {
  private SigningRequest() {}

  /** A request with this subject, signed with its own key, as PEM. */
  public static String pem(String subject, KeyPair keys) {
    try {
      return Pem.write(
          new JcaPKCS10CertificationRequestBuilder(new X500Principal(subject), keys.getPublic())
              .build(CertificateAuthority.signer(keys.getPrivate())));
    } catch (OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }
}
