package io.github.fapipack.trust;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fapipack.certificate.DerCertificate;
import io.github.fapipack.ecosystem.CertificateRules;
import io.github.fapipack.ecosystem.EcosystemProfile;
import io.github.fapipack.keys.SignedJwt;
import io.github.fapipack.revocation.CertificateTrust;
import io.github.fapipack.revocation.Demands;
import io.github.fapipack.revocation.Verdict;
import io.github.fapipack.rule.Refusal;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.keycloak.common.util.PemUtils;
import org.keycloak.crypto.KeyType;
import org.keycloak.crypto.KeyUse;
import org.keycloak.crypto.KeyWrapper;
import org.keycloak.jose.jwk.JSONWebKeySet;
import org.keycloak.jose.jwk.JWK;
import org.keycloak.jose.jwk.JWKBuilder;
import org.keycloak.models.KeycloakSession;
import org.keycloak.util.JsonSerialization;

/**
 * A statement that the software has signed itself, with a certificate in its header that an
 * authority of the community vouches for ({@code x5c}, RFC 7515 4.1.6).
 */
final class CommunityCertificate {

  private static final int MOST = 10;

  private final KeycloakSession session;
  private final EcosystemProfile profile;

  CommunityCertificate(KeycloakSession session, EcosystemProfile profile) {
    this.session = session;
    this.profile = profile;
  }

  /** Verifies the signature and the chain, which begins with the certificate of the key. */
  List<X509Certificate> verify(SignedJwt jwt) throws Refusal {
    List<X509Certificate> chain = chain(jwt);
    if (!jwt.isSignedWithOneOf(session, List.of(key(chain.get(0))))) {
      throw refusal("its signature is not made with the key of the certificate in x5c");
    }
    Verdict verdict = CertificateTrust.check(session, chain, demands());
    if (!verdict.isTrusted()) {
      throw new Refusal(
          StatementCheck.UNAPPROVED,
          "software_statement: " + verdict.reason(),
          "use another certificate");
    }
    return chain;
  }

  /**
   * The key of a software that has no key set at an address: that of its certificate.
   *
   * @param chain begins with the certificate
   * @return empty if there is no certificate
   */
  static Optional<JsonNode> keys(List<X509Certificate> chain) {
    if (chain.isEmpty()) {
      return Optional.empty();
    }
    PublicKey key = chain.get(0).getPublicKey();
    JWK jwk =
        isRsa(key)
            ? JWKBuilder.create().rsa(key, chain, KeyUse.SIG)
            : JWKBuilder.create().ec(key, chain, KeyUse.SIG);
    JSONWebKeySet keySet = new JSONWebKeySet();
    keySet.setKeys(new JWK[] {jwk});
    return Optional.of(JsonSerialization.writeValueAsNode(keySet));
  }

  private static boolean isRsa(PublicKey key) {
    return key.getAlgorithm().equals("RSA");
  }

  private Demands demands() {
    CertificateRules.Revocation revocation = profile.certificate().revocation();
    return new Demands(
        profile.directory().anchors().stream().map(PemUtils::decodeCertificate).toList(),
        revocation.methods(),
        revocation.registration() == CertificateRules.Unavailable.REFUSE,
        null);
  }

  private static List<X509Certificate> chain(SignedJwt jwt) throws Refusal {
    JsonNode encoded = jwt.header().path("x5c");
    if (!encoded.isArray() || encoded.isEmpty() || encoded.size() > MOST) {
      throw refusal("its header must have its certificate chain in x5c");
    }
    List<X509Certificate> chain = new ArrayList<>();
    try {
      for (JsonNode one : encoded) {
        byte[] der = Base64.getDecoder().decode(one.asText());
        chain.add(DerCertificate.read(der));
      }
    } catch (CertificateException | RuntimeException | StackOverflowError e) { // deeply nested
      throw refusal("x5c has something that is not a certificate");
    }
    return chain;
  }

  private static KeyWrapper key(X509Certificate certificate) {
    KeyWrapper key = new KeyWrapper();
    key.setPublicKey(certificate.getPublicKey());
    key.setUse(KeyUse.SIG);
    key.setType(isRsa(certificate.getPublicKey()) ? KeyType.RSA : KeyType.EC);
    return key;
  }

  private static Refusal refusal(String what) {
    return new Refusal(
        StatementCheck.INVALID,
        "software_statement: " + what,
        "sign a new one with a certificate of the community");
  }
}
