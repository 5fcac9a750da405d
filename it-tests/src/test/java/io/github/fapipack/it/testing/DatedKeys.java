package io.github.fapipack.it.testing;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.Base64;
import io.github.fapipack.it.pki.CertificateAuthority;
import io.github.fapipack.it.pki.ClientCertificate;
import io.github.fapipack.it.pki.Keys;
import java.security.cert.CertificateEncodingException;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Keys of clients whose certificates end so many days from now, or ended so many days ago. */
public final class DatedKeys {
  private static final CertificateAuthority AUTHORITY = CertificateAuthority.create("CN=Dated");

  private DatedKeys() {}

  /** A certificate as it is written in x5c, and in Keycloak's attributes. */
  public static String certificate(String subject, int days) {
    return base64(issue(subject, days));
  }

  /** A key set with one key that has a certificate; name and kid are the same. */
  public static String keySet(String name, int days) {
    ClientCertificate certificate = issue(name, days);
    ECKey key =
        new ECKey.Builder(Curve.P_256, (ECPublicKey) certificate.certificate().getPublicKey())
            .keyID(name)
            .x509CertChain(List.of(new Base64(base64(certificate))))
            .build();
    return new JWKSet(key).toString();
  }

  /** An hour more than the days, so that they are still whole when somebody looks. */
  public static Instant end(int days) {
    return Instant.now().plus(Duration.ofDays(days)).plusSeconds(3600);
  }

  private static ClientCertificate issue(String subject, int days) {
    Instant end = end(days);
    return AUTHORITY.issue("CN=" + subject, Keys.ec(), end.minus(Duration.ofDays(400)), end);
  }

  private static String base64(ClientCertificate certificate) {
    try {
      return Base64.encode(certificate.certificate().getEncoded()).toString();
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException(e);
    }
  }
}
