package io.github.fapipack.resourceserver.token;

import static io.github.fapipack.resourceserver.token.TokenWorld.assertInvalid;
import static io.github.fapipack.resourceserver.token.TokenWorld.assertUnavailable;
import static io.github.fapipack.resourceserver.token.TokenWorld.introspection;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWK;
import io.github.fapipack.resourceserver.refusal.RefusedRequest;
import io.github.fapipack.resourceserver.testing.Endpoint;
import io.github.fapipack.resourceserver.testing.TestIntrospection;
import io.github.fapipack.resourceserver.testing.TestIssuer;
import io.github.fapipack.resourceserver.testing.Trouble;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the issuer tells of tokens, in a signed JWT (RFC 9701). */
@Timeout(30)
class SignedIntrospectionTest {
  private static final String TYPE = "application/token-introspection+jwt";

  private final TokenWorld world = new TokenWorld();
  private final TestIssuer issuer = world.issuer;
  private final TestIntrospection introspection = issuer.introspection();
  private final AccessTokens strict = world.introspecting(introspection().onlySigned());

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void tellsAboutTokens() throws RefusedRequest {
    AccessToken token = strict.read(issuer.accessToken().scope("accounts").opaque());

    assertThat(token.scopes()).containsExactly("accounts");
    assertThat(token.claims()).doesNotContainKey("token_introspection");
  }

  @Test
  void isWhatIsAskedForFirst() throws RefusedRequest {
    world.introspecting(introspection()).read(opaque());
    assertThat(issuer.fetches(Endpoint.JWKS)).isEqualTo(1);
  }

  @Test
  void tellsThatATokenIsUnknown() {
    assertInvalid(strict, "unknown");
  }

  @Test
  void isTheOnlyAnswerThatStrictApisTake() throws RefusedRequest {
    String token = opaque();
    introspection.signs(false);

    assertUnavailable(strict, token);
    assertThat(world.introspecting(introspection()).read(token)).isNotNull();
  }

  static Stream<Arguments> wrongEnvelopes() {
    return Stream.of(
        Arguments.of("iss", "https://other.example"),
        Arguments.of("iss", null),
        Arguments.of("iss", List.of("x")),
        Arguments.of("aud", "other"),
        Arguments.of("aud", null),
        Arguments.of("aud", 17),
        Arguments.of("aud", Arrays.asList("api", 17)),
        Arguments.of("iat", null),
        Arguments.of("iat", "now"),
        Arguments.of("iat", 1),
        Arguments.of("iat", 32_503_680_000L),
        Arguments.of("token_introspection", null),
        Arguments.of("token_introspection", "x"),
        Arguments.of("token_introspection", List.of(Map.of("active", true))),
        Arguments.of("token_introspection", Map.of()),
        Arguments.of("token_introspection", Map.of("active", "true")));
  }

  @ParameterizedTest
  @MethodSource("wrongEnvelopes")
  void isRefusedWithWrongClaims(String claim, Object valueOrNull) {
    introspection.enveloping(
        claims -> {
          claims.put(claim, valueOrNull);
          return claims;
        });

    assertUnavailable(strict, opaque());
  }

  @Test
  void mayNameSeveralAudiences() throws RefusedRequest {
    introspection.enveloping(
        claims -> {
          claims.put("aud", List.of("other", "api"));
          return claims;
        });

    assertThat(strict.read(opaque())).isNotNull();
  }

  @Test
  void isRefusedIfItIsOld() throws RefusedRequest {
    long now = world.clock.instant().getEpochSecond();
    introspection.enveloping(
        claims -> {
          claims.put("iat", now - 61);
          return claims;
        });
    assertUnavailable(strict, opaque());

    introspection.enveloping(
        claims -> {
          claims.put("iat", now - 60);
          return claims;
        });
    assertThat(strict.read(opaque())).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"JWT", "at+jwt", "", "introspection+jwt"})
  void isRefusedWithAnotherType(String type) {
    introspection.heading(
        header -> {
          header.put("typ", type);
          return header;
        });

    assertUnavailable(strict, opaque());
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "RS256", "HS256"})
  void isRefusedWithAnotherAlgorithm(String algorithm) {
    introspection.heading(
        header -> {
          header.put("alg", algorithm);
          return header;
        });

    assertUnavailable(strict, opaque());
  }

  @Test
  void isRefusedIfSomebodyElseHasSignedIt() {
    JWK stranger = TestIssuer.newKey();
    introspection.signedBy(stranger);
    assertUnavailable(strict, opaque());

    introspection.heading(
        header -> {
          header.put("kid", issuer.signingKey().getKeyID());
          return header;
        });
    assertUnavailable(strict, opaque());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a.b.c", "....", "a.b.c.d.e", "{\"active\":true}"})
  void isRefusedIfItIsNoJwt(String body) {
    issuer.trouble(Endpoint.INTROSPECTION, Trouble.body(TYPE, body));

    assertUnavailable(strict, opaque());
    assertUnavailable(decrypting(TokenWorld.rsaKey(2048)), opaque());
  }

  static Stream<JWK> decryptionKeys() {
    return Stream.of(TestIssuer.newKey(), TokenWorld.rsaKey(2048));
  }

  @ParameterizedTest
  @MethodSource("decryptionKeys")
  void mayBeEncryptedToTheApi(JWK key) throws RefusedRequest {
    introspection.encryptsTo(key.toPublicJWK());

    assertThat(decrypting(key).read(opaque())).isNotNull();
  }

  @ParameterizedTest
  @MethodSource("decryptionKeys")
  void isRefusedIfItIsEncryptedToSomebodyElse(JWK key) {
    introspection.encryptsTo(key.toPublicJWK());

    assertUnavailable(strict, opaque());
    assertUnavailable(decrypting(TokenWorld.rsaKey(2048)), opaque());
    assertUnavailable(decrypting(TestIssuer.newKey()), opaque());
  }

  @Test
  void mustBeSignedIfItIsEncrypted() {
    JWK key = TestIssuer.newKey();
    introspection.encryptsTo(key.toPublicJWK());
    introspection.signedBy(TestIssuer.newKey());

    assertUnavailable(decrypting(key), opaque());
  }

  @Test
  void isRefusedWithoutTheKeysOfTheIssuer() throws RefusedRequest {
    issuer.trouble(Endpoint.JWKS, Trouble.down());
    String token = opaque();
    assertUnavailable(strict, token);

    issuer.recover(Endpoint.JWKS);
    world.clock.pass(Duration.ofSeconds(5));
    assertThat(strict.read(token)).isNotNull();
  }

  private AccessTokens decrypting(JWK key) {
    return world.introspecting(introspection().onlySigned().decryptionKey(key));
  }

  private String opaque() {
    return issuer.accessToken().opaque();
  }
}
