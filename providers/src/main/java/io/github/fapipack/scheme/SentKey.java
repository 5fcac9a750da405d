package io.github.fapipack.scheme;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.jose.StrictJson;
import io.github.fapipack.keys.KeyStrength;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import org.keycloak.common.util.PemUtils;
import org.keycloak.crypto.KeyType;
import org.keycloak.jose.jwk.JWK;
import org.keycloak.jose.jwk.JWKBuilder;
import org.keycloak.jose.jwk.JWKParser;
import org.keycloak.util.JWKSUtils;

/**
 * A public key that was sent to be published, checked.
 *
 * @param jwk the key with the members that everybody understands
 * @param thumbprint of the key itself (RFC 7638), whatever its kid is
 */
record SentKey(String kid, String thumbprint, ObjectNode jwk) {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final int LONGEST = 20_000;

  private static final Set<String> PRIVATE = Set.of("d", "p", "q", "dp", "dq", "qi", "oth", "k");

  private static final Set<String> KEPT =
      Set.of("kty", "kid", "use", "alg", "n", "e", "crv", "x", "y", "x5c", "x5t#S256");

  private static final Set<String> KINDS = Set.of(KeyType.RSA, KeyType.EC, KeyType.OKP);

  /** A public JWK as JSON, or a public key or certificate as PEM. */
  static SentKey read(String text) {
    String sent = text == null ? "" : text.strip();
    if (sent.isEmpty()) {
      throw Workplace.invalid("key", "key is missing");
    }
    if (sent.length() > LONGEST) {
      throw Workplace.invalid("key", "key must have at most " + LONGEST + " characters");
    }
    return sent.startsWith("{") ? ofJson(sent) : ofPem(sent);
  }

  /** The key of a certificate, with the certificate. */
  static SentKey of(X509Certificate certificate) {
    return of(certificate.getPublicKey(), List.of(certificate));
  }

  private static SentKey ofPem(String pem) {
    try {
      if (pem.contains("PRIVATE KEY")) {
        throw Workplace.invalid(
            "key", "this is a private key, which must be replaced now; send the public key");
      }
      if (pem.contains("BEGIN CERTIFICATE-----")) {
        return of(PemUtils.decodeCertificate(pem));
      }
      // Whatever kind it is, its encoding says so; the name is not used.
      PublicKey key = PublicKeyPem.read(pem);
      return of(key, List.of());
    } catch (SchemeFault e) {
      throw e;
    } catch (RuntimeException e) {
      throw unreadable();
    }
  }

  private static SentKey of(PublicKey key, List<X509Certificate> chain) {
    JWKBuilder builder = JWKBuilder.create();
    JWK jwk =
        switch (key.getAlgorithm()) {
          case "RSA" -> chain.isEmpty() ? builder.rsa(key) : builder.rsa(key, chain);
          case "EC" -> chain.isEmpty() ? builder.ec(key) : builder.ec(key, chain, null);
          case "EdDSA", "Ed25519" -> builder.okp(key);
          default -> throw unreadable();
        };
    ObjectNode json = JSON.valueToTree(jwk);
    json.remove("alg");
    json.put("use", "sig");
    json.put("kid", JWKSUtils.computeThumbprint(jwk));
    return checked(json);
  }

  private static SentKey ofJson(String text) {
    try {
      JsonNode sent = StrictJson.value(text);
      if (sent instanceof ObjectNode key && key.path("kty").isTextual()) {
        return checked(key);
      }
    } catch (JsonProcessingException e) {
      // refused below
    }
    throw unreadable();
  }

  private static SentKey checked(ObjectNode key) {
    if (PRIVATE.stream().anyMatch(key::has)) {
      throw Workplace.invalid(
          "key",
          "this is a private or secret key, which must be replaced now; send the public key");
    }
    ObjectNode kept = key.deepCopy().retain(KEPT);
    // A key without certificate says x5c null, as Keycloak writes it, and cannot read.
    kept.remove(KEPT.stream().filter(name -> kept.path(name).isNull()).toList());
    try {
      JWK jwk = JSON.treeToValue(kept, JWK.class);
      PublicKey read =
          KINDS.contains(jwk.getKeyType()) ? JWKParser.create(jwk).toPublicKey() : null;
      if (read == null) {
        throw unreadable();
      }
      if (KeyStrength.isWeak(read) || KeyStrength.isWeak(kept) || KeyStrength.isCostly(kept)) {
        throw Workplace.invalid(
            "key", "the key is too weak or too costly; use RSA of 2048 to 4096 bits or P-256");
      }
      String thumbprint = JWKSUtils.computeThumbprint(jwk);
      String kid = kept.path("kid").asText(thumbprint);
      if (!kid.matches("[A-Za-z0-9._~:=+/-]{1,120}")) {
        throw Workplace.invalid(
            "key", "kid must have at most 120 letters, digits or . _ ~ : = + / - characters");
      }
      requireUse(kept);
      kept.put("kid", kid);
      return new SentKey(kid, thumbprint, kept);
    } catch (SchemeFault e) {
      throw e;
    } catch (JsonProcessingException | RuntimeException e) {
      throw unreadable();
    }
  }

  private static void requireUse(ObjectNode key) {
    String use = key.path("use").asText("sig");
    if (!use.equals("sig") && !use.equals("enc")) {
      throw Workplace.invalid("key", "use must be sig or enc");
    }
    key.put("use", use);
  }

  private static SchemeFault unreadable() {
    return Workplace.invalid(
        "key",
        "key must be one public JWK (RSA, EC or Ed25519), or a public key or certificate as PEM");
  }
}
