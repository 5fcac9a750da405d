package io.github.fapipack.resourceserver.jws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.OctetKeyPairGenerator;
import com.nimbusds.jose.jwk.gen.OctetSequenceKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import io.github.fapipack.httpsig.SignatureAlgorithm;
import io.github.fapipack.resourceserver.testing.Jws;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CompactJwsTest {
  private static final Set<SignatureAlgorithm> ALL =
      EnumSet.of(
          SignatureAlgorithm.ECDSA_P256_SHA256,
          SignatureAlgorithm.PS256,
          SignatureAlgorithm.ED25519);

  @Test
  void es256IsVerified() throws Exception {
    isVerified(new ECKeyGenerator(Curve.P_256).generate());
  }

  @Test
  void ps256IsVerified() throws Exception {
    isVerified(new RSAKeyGenerator(2048).generate());
  }

  @Test
  void ed25519IsVerified() throws Exception {
    isVerified(new OctetKeyPairGenerator(Curve.Ed25519).generate());
  }

  private static void isVerified(JWK key) throws Exception {
    CompactJws jws = parse(Jws.sign(key, Map.of("typ", "x"), Map.of("sub", "alice")));
    assertThat(jws.isSignedBy(PublicKeys.of(key.toPublicJWK(), jws.algorithm()))).isTrue();
    assertThat(jws.header("typ")).hasValue("x");
    assertThat(jws.claim("sub")).hasValue("alice");
    assertThat(jws.claims()).containsOnlyKeys("sub");
  }

  @Test
  void theSignatureOfAnotherKeyIsRefused() throws Exception {
    JWK other = new ECKeyGenerator(Curve.P_256).generate();
    CompactJws jws =
        parse(Jws.sign(new ECKeyGenerator(Curve.P_256).generate(), Map.of(), Map.of()));
    assertThat(jws.isSignedBy(PublicKeys.of(other, jws.algorithm()))).isFalse();
  }

  @Test
  void aChangedPayloadIsRefused() throws Exception {
    JWK key = new OctetKeyPairGenerator(Curve.Ed25519).generate();
    String[] parts = Jws.sign(key, Map.of(), Map.of("sub", "alice")).split("\\.");
    CompactJws changed =
        parse(parts[0] + "." + Base64URL.encode("{\"sub\":\"bob\"}") + "." + parts[2]);
    assertThat(changed.isSignedBy(PublicKeys.of(key, changed.algorithm()))).isFalse();
  }

  @Test
  void aSignatureOfNothingButZerosIsRefused() throws Exception {
    JWK key = new ECKeyGenerator(Curve.P_256).generate();
    String[] parts = Jws.sign(key, Map.of(), Map.of()).split("\\.");
    CompactJws zero = parse(parts[0] + "." + parts[1] + "." + Base64URL.encode(new byte[64]));
    assertThat(zero.isSignedBy(PublicKeys.of(key, zero.algorithm()))).isFalse();
  }

  @Test
  void aKeyOfAnotherKindVerifiesNothing() throws Exception {
    JWK rsa = new RSAKeyGenerator(2048).generate();
    CompactJws jws =
        parse(Jws.sign(new ECKeyGenerator(Curve.P_256).generate(), Map.of(), Map.of()));
    assertThat(jws.isSignedBy(PublicKeys.of(rsa, SignatureAlgorithm.PS256))).isFalse();
    assertThatThrownBy(() -> PublicKeys.of(rsa, SignatureAlgorithm.ED25519))
        .isInstanceOf(MalformedJws.class);
  }

  @Test
  void weakAndUnknownKeysAreRefused() throws Exception {
    JWK weak = new RSAKeyGenerator(1024, true).generate();
    JWK otherCurve = new ECKeyGenerator(Curve.P_384).generate();
    JWK secret = new OctetSequenceKeyGenerator(256).generate();
    for (JWK key : List.of(weak, otherCurve, secret)) {
      for (SignatureAlgorithm algorithm : ALL) {
        assertThatThrownBy(() -> PublicKeys.of(key, algorithm)).isInstanceOf(MalformedJws.class);
      }
    }
  }

  @Test
  void symmetricAlgorithmsAndNoneAreRefused() throws Exception {
    JWK secret = new OctetSequenceKeyGenerator(256).generate();
    refused(Jws.sign(secret, Map.of(), Map.of()), "algorithm");
    String none = Base64URL.encode("{\"alg\":\"none\"}") + "." + Base64URL.encode("{}") + ".";
    refused(none, "algorithm");
    JWK key = new ECKeyGenerator(Curve.P_256).generate();
    refused(Jws.sign(key, Map.of("alg", "RS256"), Map.of()), "algorithm");
    refused(Jws.sign(key, Map.of("alg", List.of("ES256")), Map.of()), "algorithm");
  }

  @Test
  void anAlgorithmThatIsNotAllowedHereIsRefused() throws Exception {
    String jws = Jws.sign(new ECKeyGenerator(Curve.P_256).generate(), Map.of(), Map.of());
    assertThatThrownBy(() -> CompactJws.parse(jws, 4096, EnumSet.of(SignatureAlgorithm.PS256)))
        .isInstanceOf(MalformedJws.class);
  }

  @Test
  void criticalExtensionsAreRefused() throws Exception {
    JWK key = new ECKeyGenerator(Curve.P_256).generate();
    refused(Jws.sign(key, Map.of("crit", List.of("b64"), "b64", true), Map.of()), "crit");
  }

  @Test
  void otherSerializationsAreRefused() throws Exception {
    String jws = Jws.sign(new ECKeyGenerator(Curve.P_256).generate(), Map.of(), Map.of());
    refused(jws + ".", "compact");
    refused(jws.substring(0, jws.lastIndexOf('.')), "compact");
    refused("." + jws, "compact");
    refused("", "compact");
    refused("{\"payload\":\"\"}", "compact");
    refused(jws + "=", "base64url");
    refused(jws.replaceFirst("[.]", "=."), "base64url");
    refused(jws.replaceFirst("[.]", " ."), "base64url");
  }

  @Test
  void bitsThatBelongToNoByteAreRefused() throws Exception {
    // 64 bytes are 86 characters, of which the last one has four bits too many.
    String jws = Jws.sign(new ECKeyGenerator(Curve.P_256).generate(), Map.of(), Map.of());
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    int last = alphabet.indexOf(jws.charAt(jws.length() - 1));
    refused(jws.substring(0, jws.length() - 1) + alphabet.charAt(last + 1), "base64url");
  }

  @Test
  void aLongOneIsRefusedUnread() throws Exception {
    JWK key = new ECKeyGenerator(Curve.P_256).generate();
    refused(Jws.sign(key, Map.of(), Map.of("x", "y".repeat(5000))), "longer");
  }

  private static CompactJws parse(String text) throws MalformedJws {
    return CompactJws.parse(text, 4096, ALL);
  }

  private static void refused(String text, String reason) {
    assertThatThrownBy(() -> parse(text))
        .isInstanceOf(MalformedJws.class)
        .hasMessageContaining(reason);
  }
}
