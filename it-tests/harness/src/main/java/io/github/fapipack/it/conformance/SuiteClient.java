package io.github.fapipack.it.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.Algorithm;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.pki.CertificateAuthority;
import io.github.fapipack.it.pki.ClientCertificate;
import io.github.fapipack.it.pki.Keys;
import io.github.fapipack.it.pki.Pem;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** One of the two clients as which the suite acts, with keys and a certificate of its own. */
record SuiteClient(String id, JWKSet keys, ClientCertificate certificate) {
  private static final int RSA_BITS = 2048;

  /**
   * A new client.
   *
   * @param algorithms one key for each, such as PS256 to sign and RSA-OAEP to decrypt with
   */
  static SuiteClient create(
      String id, JsonNode algorithms, String subject, CertificateAuthority authority) {
    List<JWK> keys = new ArrayList<>();
    algorithms.forEach(algorithm -> keys.add(key(algorithm.asText())));
    // An RSA key, because the suite reads no other from a configuration.
    return new SuiteClient(id, new JWKSet(keys), authority.issue(subject, Keys.rsa(RSA_BITS)));
  }

  private static JWK key(String algorithm) {
    KeyUse use = algorithm.contains("OAEP") ? KeyUse.ENCRYPTION : KeyUse.SIGNATURE;
    String id = UUID.randomUUID().toString();
    try {
      return algorithm.equals("ES256")
          ? new ECKeyGenerator(Curve.P_256)
              .keyUse(use)
              .algorithm(Algorithm.parse(algorithm))
              .keyID(id)
              .generate()
          : new RSAKeyGenerator(RSA_BITS)
              .keyUse(use)
              .algorithm(Algorithm.parse(algorithm))
              .keyID(id)
              .generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The values for templates, each name with this ending. */
  Template addTo(Template values, String ending) {
    return values
        .with("client" + ending, id)
        .with("keys" + ending, Json.parse(keys.toString(false)))
        .with("publicKeys" + ending, keys.toString(true))
        .with("subject" + ending, certificate.subject())
        .with("certificateIssuer" + ending, certificate.issuer())
        .with("certificate" + ending, Pem.text(certificate.chain().toArray(X509Certificate[]::new)))
        .with("certificateKey" + ending, Pem.text(certificate.key()));
  }
}
