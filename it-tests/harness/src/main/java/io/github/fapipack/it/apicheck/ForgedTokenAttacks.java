package io.github.fapipack.it.apicheck;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import io.github.fapipack.it.client.ClientKeys;
import java.security.cert.CertificateEncodingException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Access tokens that the issuer has not signed. */
final class ForgedTokenAttacks {
  private static final String ALGORITHMS =
      "Verify with the algorithms that you have configured, never with the one that the token"
          + " names.";
  private static final String ISSUER_KEYS =
      "Verify with keys of the issuer's jwks_uri alone, whatever the token's header says.";
  private static final String SIGNATURE = "Verify the signature before you use any claim.";
  private static final String KID = "Use kid for nothing but to choose among the issuer's keys.";
  private static final String NOWHERE = "https://attacker.invalid/keys";
  private static final RSAKey RSA = (RSAKey) ClientKeys.ps256();

  private ForgedTokenAttacks() {}

  static List<Attack> all() {
    List<Attack> attacks = new ArrayList<>();
    attacks.addAll(signatures());
    attacks.addAll(keys());
    attacks.addAll(kids());
    attacks.addAll(ForgedClaimAttacks.all());
    return attacks;
  }

  private static List<Attack> signatures() {
    return List.of(
        forged(
            "jwt-alg-none",
            "Algorithm none",
            "RFC8725 3.1",
            ALGORITHMS,
            (f, s) -> f.unsigned("none")),
        forged(
            "jwt-alg-none-case",
            "Algorithm nOnE",
            "RFC8725 3.1",
            ALGORITHMS,
            (f, s) -> f.unsigned("nOnE")),
        damaged("jwt-no-signature", "The signature removed", TokenParts::withoutSignature),
        damaged(
            "jwt-other-signature",
            "One character of the signature changed",
            TokenParts::otherSignature),
        damaged(
            "jwt-two-parts",
            "Only header and claims",
            jwt -> jwt.substring(0, jwt.lastIndexOf('.'))),
        forged(
            "jwt-altered-claim",
            "Another subject under the signature of the real token",
            "FAPI2-SP 5.3.4-3",
            SIGNATURE,
            (f, s) -> f.claim("sub", "somebody-else").underRealSignature()),
        forged(
            "jwt-more-scope",
            "More scopes under the signature of the real token",
            "FAPI2-SP 5.3.4-3",
            SIGNATURE,
            (f, s) -> f.claim("scope", "admin accounts payments").underRealSignature()),
        forged(
            "jwt-longer-life",
            "A later expiry under the signature of the real token",
            "FAPI2-SP 5.3.4-3",
            SIGNATURE,
            (f, s) -> f.exp(Duration.ofDays(365)).underRealSignature()),
        forged(
            "jwt-zero-signature",
            "An ES256 signature of zeros (CVE-2022-21449)",
            "RFC8725 3.2",
            "Use a Java or a library that refuses r = 0 and s = 0.",
            (f, s) -> f.alg("ES256").with(new byte[64])),
        forged(
            "jwt-rs256",
            "RS256, which FAPI does not allow",
            "FAPI2-SP 5.4.1-1",
            ALGORITHMS,
            (f, s) -> f.key(RSA).alg("RS256").sign()));
  }

  private static List<Attack> keys() {
    return List.of(
        confusion("jwt-hs256-pem", "HS256 with the issuer's public key as PEM", IssuerKey::pem),
        confusion("jwt-hs256-der", "HS256 with the issuer's public key as DER", IssuerKey::der),
        confusion("jwt-hs256-jwk", "HS256 with the issuer's public key as JWK", IssuerKey::json),
        forged(
            "jwt-other-key",
            "Another key under the kid of the issuer's",
            "FAPI2-SP 5.3.4-3",
            SIGNATURE,
            (f, s) -> f.sign()),
        forged(
            "jwt-key-in-header",
            "The attacker's key as jwk in the header",
            "RFC8725 3.10",
            ISSUER_KEYS,
            (f, s) -> f.header("jwk", s.strangersKey().toPublicJWK().toJSONObject()).sign()),
        forged(
            "jwt-jku",
            "An address of the attacker's keys as jku",
            "RFC8725 3.10",
            ISSUER_KEYS,
            (f, s) -> f.header("jku", NOWHERE).sign()),
        forged(
            "jwt-x5u",
            "An address of the attacker's certificate as x5u",
            "RFC8725 3.10",
            ISSUER_KEYS,
            (f, s) -> f.header("x5u", NOWHERE).sign()),
        forged(
            "jwt-x5c",
            "The attacker's certificate as x5c",
            "RFC8725 3.10",
            ISSUER_KEYS,
            ForgedTokenAttacks::withChain));
  }

  private static List<Attack> kids() {
    return List.of(
        forged(
            "jwt-kid-unknown",
            "A kid that the issuer does not have",
            "RFC8725 3.10",
            KID,
            (f, s) -> f.header("kid", "unknown").sign()),
        forged(
            "jwt-kid-missing",
            "Another key and no kid",
            "RFC8725 3.10",
            KID,
            (f, s) -> f.header("kid", null).sign()),
        forged(
            "jwt-kid-path",
            "A path as kid, and HS256 with a secret of zeros",
            "RFC8725 3.10",
            KID,
            (f, s) -> f.secret(new byte[32]).header("kid", "../../../../../../dev/null").sign()),
        forged(
            "jwt-kid-sql",
            "SQL as kid",
            "RFC8725 3.10",
            KID,
            (f, s) -> f.header("kid", "x' UNION SELECT 'secret' -- ").sign()),
        forged(
            "jwt-kid-huge",
            "A kid of 6000 characters",
            "RFC8725 3.10",
            KID,
            (f, s) -> f.header("kid", "k".repeat(6000)).sign(),
            Expected.TRANSPORT),
        forged(
            "jwt-kid-number",
            "A kid that is a number",
            "RFC8725 3.10",
            KID,
            (f, s) -> f.header("kid", 7).sign()),
        forged(
            "jwt-crit",
            "A critical header parameter that nobody knows",
            "RFC7515 4.1.11",
            "Refuse JWTs with crit that you do not implement.",
            (f, s) -> f.header("crit", List.of("x")).header("x", true).sign()));
  }

  private static String withChain(ForgedToken forged, Scene scene) {
    try {
      byte[] der = scene.settings().strangersCertificate().certificate().getEncoded();
      return forged.header("x5c", List.of(Base64.getEncoder().encodeToString(der))).sign();
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Attack confusion(String id, String title, Function<JWK, byte[]> secret) {
    return forged(
        id,
        title,
        "RFC8725 3.1",
        ALGORITHMS,
        (forged, scene) -> forged.secret(padded(secret.apply(IssuerKey.of(scene)))).sign());
  }

  /** Nimbus makes no HMAC with less; every public key is longer. */
  private static byte[] padded(byte[] secret) {
    return Arrays.copyOf(secret, Math.max(secret.length, 32));
  }

  static Attack damaged(String id, String title, UnaryOperator<String> damage) {
    return token(id, title, "FAPI2-SP 5.3.4-3", SIGNATURE, Expected.TOKEN)
        .playing(
            scene -> {
              String other = damage.apply(realJwt(scene));
              return scene.altered(draft -> draft.token(other));
            });
  }

  static Attack forged(
      String id,
      String title,
      String clause,
      String fix,
      BiFunction<ForgedToken, Scene, String> forgery) {
    return forged(id, title, clause, fix, forgery, Expected.TOKEN);
  }

  private static Attack forged(
      String id,
      String title,
      String clause,
      String fix,
      BiFunction<ForgedToken, Scene, String> forgery,
      Expected expected) {
    return token(id, title, clause, fix, expected)
        .playing(
            scene -> {
              ForgedToken draft = ForgedToken.of(realJwt(scene), scene.strangersKey());
              String token = forgery.apply(draft, scene);
              return scene.altered(request -> request.token(token));
            });
  }

  private static String realJwt(Scene scene) {
    Holding holding = scene.holding();
    if (!holding.isJwt()) {
      throw new NotApplicable("the access token is not a JWT");
    }
    return holding.tokens().accessToken();
  }

  private static Attack token(
      String id, String title, String clause, String fix, Expected expected) {
    return Attack.of(Topic.FORGERY, id, title, clause, fix, expected);
  }
}
