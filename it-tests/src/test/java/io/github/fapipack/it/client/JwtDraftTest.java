package io.github.fapipack.it.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.Ed25519Verifier;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.util.Base64URL;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class JwtDraftTest {
  private static final String ISSUER = "https://as.example.org";

  @Test
  void signsWithEveryAlgorithmOfFapi() throws Exception {
    ClientKeys keys = ClientKeys.create();
    JWK rsa = keys.forAlgorithm("PS256");
    JWK ec = keys.forAlgorithm("ES256");
    JWK ed = keys.forAlgorithm("EdDSA");

    assertThat(parsed(assertion(rsa)).verify(new RSASSAVerifier(rsa.toRSAKey()))).isTrue();
    assertThat(parsed(assertion(ec)).verify(new ECDSAVerifier(ec.toECKey()))).isTrue();
    assertThat(parsed(assertion(ed)).verify(new Ed25519Verifier(ed.toPublicJWK().toOctetKeyPair())))
        .isTrue();
  }

  @Test
  void signsWithWhatFapiForbids() throws Exception {
    JWK weak = ClientKeys.rsa(1024);
    assertThat(parsed(assertion(weak).alg("RS256")).getHeader().getAlgorithm().getName())
        .isEqualTo("RS256");

    JWK p384 = ClientKeys.ec(Curve.P_384);
    assertThat(parsed(assertion(p384)).verify(new ECDSAVerifier(p384.toECKey()))).isTrue();

    byte[] publicKey = weak.toRSAKey().toPublicKey().getEncoded();
    assertThat(parsed(assertion(weak).alg("HS256")).verify(new MACVerifier(publicKey))).isTrue();
  }

  @Test
  void leavesTheSignatureOfAnUnsignedJwtEmpty() {
    assertThat(assertion(ClientKeys.es256()).alg("none").sign()).endsWith(".");
  }

  @Test
  void makesAnAssertionThatFapiAccepts() throws Exception {
    JWK key = ClientKeys.es256();
    JWSObject jwt = parsed(assertion(key));

    assertThat(jwt.getHeader().getKeyID()).isEqualTo(key.getKeyID());
    assertThat(jwt.getPayload().toJSONObject())
        .containsEntry("iss", "me")
        .containsEntry("sub", "me")
        .containsEntry("aud", ISSUER)
        .containsKeys("jti", "iat", "exp");
  }

  @Test
  void keepsAnAudienceOfOneAnArray() throws Exception {
    JWSObject jwt = parsed(assertion(ClientKeys.es256()).audiences(ISSUER).without("jti"));

    assertThat(jwt.getPayload().toJSONObject())
        .containsEntry("aud", List.of(ISSUER))
        .doesNotContainKey("jti");
  }

  @Test
  void showsOnlyThePublicKeyInAProofUnlessTold() {
    DpopProof proof =
        new DpopProof("POST", URI.create(ISSUER + "/token?a=b#c"), ClientKeys.ed25519());

    assertThat(proof.claim("htu")).isEqualTo(ISSUER + "/token");
    assertThat(shownKey(proof)).doesNotContain("\"d\"");
    assertThat(shownKey(proof.showingPrivateKey())).contains("\"d\"");
  }

  @Test
  void bindsAProofToTheTokenAsInTheRfc() {
    // The access token and its hash are those of RFC 9449 section 7.1.
    DpopProof proof =
        new DpopProof("GET", URI.create("https://resource.example.org/x"), ClientKeys.es256())
            .ath("Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU");

    assertThat(proof.claim("ath")).isEqualTo("fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEo");
  }

  private static ClientAssertion assertion(JWK key) {
    return new ClientAssertion("me", ISSUER, key);
  }

  private static JWSObject parsed(ClientAssertion assertion) throws Exception {
    return JWSObject.parse(assertion.sign());
  }

  private static String shownKey(DpopProof proof) {
    return new Base64URL(proof.sign().split("\\.", -1)[0]).decodeToString();
  }
}
