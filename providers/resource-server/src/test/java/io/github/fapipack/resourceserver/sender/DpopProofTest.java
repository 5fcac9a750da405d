package io.github.fapipack.resourceserver.sender;

import static io.github.fapipack.resourceserver.sender.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.OctetKeyPairGenerator;
import com.nimbusds.jose.jwk.gen.OctetSequenceKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import io.github.fapipack.httpsig.SignatureAlgorithm;
import io.github.fapipack.resourceserver.refusal.Problem;
import io.github.fapipack.resourceserver.testing.Jws;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DpopProofTest {
  private final Sender sender = new Sender();

  @Test
  void aGoodProofIsTaken() throws Exception {
    assertThat(sender.send(sender.proof().sign())).isEmpty();
  }

  @Test
  void proofsOfAllAlgorithmsAreTaken() throws Exception {
    for (JWK key :
        List.of(
            new RSAKeyGenerator(2048).generate(),
            new OctetKeyPairGenerator(Curve.Ed25519).generate())) {
      sender.key = key;
      sender.send(sender.proof().sign());
      assertThat(sender.send(sender.proof().sign())).isEmpty();
    }
  }

  @Test
  void ed25519MayBeNamedByItsCurve() throws Exception {
    sender.key = new OctetKeyPairGenerator(Curve.Ed25519).generate();
    assertThat(sender.send(sender.proof().header("alg", "Ed25519").sign())).isEmpty();
  }

  @Test
  void aProofIsNeeded() {
    dpop("there is no DPoP proof", () -> sender.send());
  }

  @Test
  void twoProofsAreRefused() {
    dpop("more than once", () -> sender.send(sender.proof().sign(), sender.proof().sign()));
    dpop(
        "base64url|compact",
        () -> sender.send(sender.proof().sign() + "," + sender.proof().sign()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"jti", "htm", "htu", "iat", "ath"})
  void eachClaimIsNeeded(String claim) {
    dpop(claim, () -> sender.send(sender.proof().claim(claim, null).sign()));
    dpop(claim, () -> sender.send(sender.proof().claim(claim, List.of()).sign()));
    dpop(claim, () -> sender.send(sender.proof().claim(claim, "").sign()));
  }

  @Test
  void theTypeMustBeThatOfProofs() {
    dpop("typ", () -> sender.send(sender.proof().header("typ", "JWT").sign()));
    dpop("typ", () -> sender.send(sender.proof().header("typ", null).sign()));
    dpop("typ", () -> sender.send(sender.proof().header("typ", 1).sign()));
  }

  @Test
  void symmetricAlgorithmsAreRefused() throws Exception {
    JWK secret = new OctetSequenceKeyGenerator(256).generate();
    String proof =
        Jws.sign(secret, Map.of("typ", "dpop+jwt", "jwk", secret.toJSONObject()), Map.of());
    dpop("algorithm", () -> sender.send(proof));
  }

  @Test
  void noSignatureIsRefused() {
    String[] parts = sender.proof().header("alg", "none").sign().split("\\.");
    dpop("algorithm", () -> sender.send(parts[0] + "." + parts[1] + "."));
  }

  @Test
  void anAlgorithmThatIsNotAllowedIsRefused() {
    sender.settings = sender.settings.algorithms(SignatureAlgorithm.PS256);
    dpop("algorithm", () -> sender.send(sender.proof().sign()));
  }

  @Test
  void theAlgorithmMustBeThatOfTheKey() {
    dpop("algorithm", () -> sender.send(sender.proof().header("alg", "PS256").sign()));
    dpop("algorithm", () -> sender.send(sender.proof().header("alg", "RS256").sign()));
  }

  @Test
  void criticalExtensionsAreRefused() {
    dpop(
        "crit",
        () -> sender.send(sender.proof().header("crit", List.of("x")).header("x", 1).sign()));
  }

  @Test
  void aPrivateKeyInTheProofIsRefused() {
    dpop(
        "secret",
        () -> sender.send(sender.proof().header("jwk", sender.key.toJSONObject()).sign()));
  }

  @Test
  void aProofWithoutKeyIsRefused() {
    dpop("no key", () -> sender.send(sender.proof().header("jwk", null).sign()));
    dpop("no key", () -> sender.send(sender.proof().header("jwk", "x").sign()));
    dpop("is not a key", () -> sender.send(sender.proof().header("jwk", Map.of()).sign()));
  }

  @Test
  void weakKeysAndOtherCurvesAreRefused() throws Exception {
    sender.key = new RSAKeyGenerator(1024, true).generate();
    String proof =
        new Sender().proof().header("jwk", sender.key.toPublicJWK().toJSONObject()).sign();
    dpop("jwk", () -> sender.send(proof));
    sender.key = new ECKeyGenerator(Curve.P_384).generate();
    String other =
        new Sender().proof().header("jwk", sender.key.toPublicJWK().toJSONObject()).sign();
    dpop("jwk", () -> sender.send(other));
  }

  @Test
  void aPointBesideTheCurveIsRefused() {
    Map<String, Object> jwk = new LinkedHashMap<>(sender.key.toPublicJWK().toJSONObject());
    jwk.put("y", jwk.get("x"));
    dpop("jwk", () -> sender.send(sender.proof().header("jwk", jwk).sign()));
  }

  @Test
  void theKeyMustBeThatOfTheToken() {
    String proof = sender.proof().sign();
    sender.key = Sender.newKey();
    refused(Problem.INVALID_TOKEN, "another DPoP key", () -> sender.send(proof));
  }

  @Test
  void aClaimOfAnotherKeyIsRefused() {
    // Signed with one key, while jwk is that of the token.
    JWK own = sender.key;
    sender.key = Sender.newKey();
    String proof = sender.proof().header("jwk", own.toPublicJWK().toJSONObject()).sign();
    sender.key = own;
    dpop("signature", () -> sender.send(proof));
  }

  @Test
  void aChangedClaimIsRefused() {
    String[] parts = sender.proof().sign().split("\\.");
    String claims = new Base64URL(parts[1]).decodeToString().replace("\"jti\":\"", "\"jti\":\"x");
    dpop(
        "signature", () -> sender.send(parts[0] + "." + Base64URL.encode(claims) + "." + parts[2]));
  }

  @Test
  void membersThatComeTwiceAreRefused() {
    String[] parts = sender.proof().sign().split("\\.");
    String header =
        new Base64URL(parts[0]).decodeToString().replace("\"crv\"", "\"x\":\"\",\"crv\"");
    dpop("twice", () -> sender.send(Base64URL.encode(header) + "." + parts[1] + "." + parts[2]));
  }

  @Test
  void aLongProofIsRefused() {
    dpop("longer", () -> sender.send(sender.proof().claim("x", "y".repeat(9_000)).sign()));
    dpop("256", () -> sender.send(sender.proof().claim("jti", "y".repeat(257)).sign()));
  }

  private static void dpop(String reason, Refusals.Sending sending) {
    refused(Problem.INVALID_DPOP_PROOF, reason, sending);
  }
}
