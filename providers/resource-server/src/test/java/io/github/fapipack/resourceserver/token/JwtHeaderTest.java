package io.github.fapipack.resourceserver.token;

import static io.github.fapipack.resourceserver.token.TokenWorld.assertInvalid;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.util.Base64URL;
import io.github.fapipack.httpsig.SignatureAlgorithm;
import io.github.fapipack.resourceserver.refusal.RefusedRequest;
import io.github.fapipack.resourceserver.testing.AccessTokenDraft;
import io.github.fapipack.resourceserver.testing.Endpoint;
import io.github.fapipack.resourceserver.testing.TestIssuer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Headers, algorithms and keys of access tokens. */
class JwtHeaderTest {
  private final TokenWorld world = new TokenWorld();
  private final AccessTokens tokens = world.jwts();

  @AfterEach
  void close() {
    world.close();
  }

  static Stream<JWK> goodKeys() {
    return Stream.of(TestIssuer.newKey(), TokenWorld.rsaKey(2048), TokenWorld.ed25519Key());
  }

  @ParameterizedTest
  @MethodSource("goodKeys")
  void mayBeOfAnyAlgorithmOfFapi(JWK key) throws RefusedRequest {
    world.issuer.rotate(key);

    assertThat(tokens.read(draft().sign()).clientId()).isEqualTo("client-1");
  }

  @ParameterizedTest
  @MethodSource("goodKeys")
  void mustHaveTheRightSignature(JWK key) {
    world.issuer.rotate(key);
    String token = draft().sign();
    int dot = token.lastIndexOf('.');
    byte[] signature = new Base64URL(token.substring(dot + 1)).decode();
    signature[signature.length / 2] ^= 1;

    assertInvalid(tokens, token.substring(0, dot + 1) + Base64URL.encode(signature));
    assertInvalid(tokens, token.substring(0, dot + 1));
    assertInvalid(tokens, token.substring(0, dot + 1) + Base64URL.encode(new byte[64]));
    assertInvalid(tokens, token.substring(0, dot + 1) + Base64URL.encode(new byte[5000]));
  }

  @Test
  void mustBeOfAnAlgorithmThatIsAccepted() {
    AccessTokens onlyPs256 =
        world.jwts(JwtSettings.defaults().algorithms(Set.of(SignatureAlgorithm.PS256)));
    world.issuer.publish(world.issuer.signingKey(), TokenWorld.rsaKey(2048));

    assertInvalid(onlyPs256, draft().sign());
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "HS256", "RS256", "PS256", "EdDSA", "es256", "ES384", ""})
  void mayNotNameAnotherAlgorithmThanThatOfTheKey(String algorithm) {
    assertInvalid(tokens, draft().header("alg", algorithm).sign());
  }

  @Test
  void mayNotUseThePublicKeyAsASecret() {
    byte[] secret = world.issuer.signingKey().toPublicJWK().toJSONString().getBytes(UTF_8);
    JWK key =
        new OctetSequenceKey.Builder(secret).keyID(world.issuer.signingKey().getKeyID()).build();

    assertInvalid(tokens, draft().signedBy(key).sign());
  }

  @Test
  void mustHaveAnAlgorithmThatIsAText() {
    assertInvalid(tokens, draft().header("alg", null).sign());
    assertInvalid(tokens, draft().header("alg", 17).sign());
    assertInvalid(tokens, draft().header("alg", List.of("ES256")).sign());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"unknown", "", "../../../etc/passwd", "' OR 1=1 --", "https://evil.example/k"})
  void mustNameAKeyOfTheIssuer(String name) {
    assertInvalid(tokens, draft().header("kid", name).sign());
  }

  @Test
  void mustNameAKeyWithAText() {
    assertInvalid(tokens, draft().header("kid", null).sign());
    assertInvalid(tokens, draft().header("kid", 17).sign());
    assertInvalid(tokens, draft().header("kid", Map.of("a", "b")).sign());
    assertInvalid(tokens, draft().header("kid", "k".repeat(2000)).sign());
  }

  @Test
  void areNotBelievedWhatTheySayOfTheKey() {
    JWK evil = TestIssuer.newKey();
    String jwks = world.issuer.issuer() + "/introspect";
    AccessTokenDraft draft =
        draft()
            .signedBy(evil)
            .header("jwk", evil.toPublicJWK().toJSONObject())
            .header("jku", jwks)
            .header("x5u", jwks)
            .header("x5c", List.of("MIIB"));

    assertInvalid(tokens, draft.sign());
    assertInvalid(tokens, draft.header("kid", world.issuer.signingKey().getKeyID()).sign());
    assertThat(world.issuer.fetches(Endpoint.INTROSPECTION)).isZero();
  }

  @Test
  void mayNotDemandExtensions() {
    assertInvalid(tokens, draft().header("crit", List.of("exp")).header("exp", 1).sign());
    assertInvalid(tokens, draft().header("crit", List.of()).sign());
  }

  @ParameterizedTest
  @ValueSource(strings = {"at+jwt", "AT+JWT", "application/at+jwt", "Application/AT+jwt"})
  void mustHaveTheTypeOfAccessTokens(String type) throws RefusedRequest {
    assertThat(tokens.read(draft().header("typ", type).sign())).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"JWT", "jwt", "dpop+jwt", "", "text/at+jwt", "logout+jwt", "at+jwtx"})
  void mayNotHaveAnotherType(String type) {
    assertInvalid(tokens, draft().header("typ", type).sign());
    assertInvalid(tokens, draft().header("typ", null).sign());
  }

  @Test
  void mayHaveThePlainTypeIfThatIsSet() throws RefusedRequest {
    AccessTokens plain = world.jwts(JwtSettings.defaults().acceptingPlainJwt());
    AccessTokenDraft draft = draft().header("typ", "JWT");

    assertThat(plain.read(draft.claim("typ", "DPoP").sign())).isNotNull();
    assertInvalid(plain, draft.claim("typ", "ID").sign());
    assertInvalid(plain, draft.claim("typ", 17).sign());
    assertInvalid(plain, draft.claim("typ", null).header("typ", "logout+jwt").sign());
    assertThat(plain.read(draft().sign())).isNotNull();
  }

  private AccessTokenDraft draft() {
    return world.issuer.accessToken();
  }
}
