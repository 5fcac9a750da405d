package io.github.fapipack.resourceserver.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.Base64URL;
import io.github.fapipack.resourceserver.refusal.Problem;
import io.github.fapipack.resourceserver.refusal.RefusedRequest;
import io.github.fapipack.resourceserver.testing.Endpoint;
import io.github.fapipack.resourceserver.testing.Jws;
import io.github.fapipack.resourceserver.testing.Trouble;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;

/** Whatever strangers and the issuer send, it is read or refused. */
class TokenGarbageTest {
  private TokenWorld world;
  private AccessTokens jwts;
  private AccessTokens asking;

  @BeforeProperty
  void open() {
    world = new TokenWorld();
    jwts = world.jwts();
    asking =
        world.introspecting(
            TokenWorld.introspection().forAllTokens().onlySigned().remembered(Duration.ZERO));
  }

  @AfterProperty
  void close() {
    world.close();
  }

  @Property(tries = 300)
  void tokensOfAnyCharacters(@ForAll("texts") String token) {
    assertRefused(token);
  }

  @Property(tries = 300)
  void tokensOfThreeParts(
      @ForAll("texts") String header,
      @ForAll("texts") String payload,
      @ForAll byte[] signature,
      @ForAll boolean encoded) {
    String first = encoded ? Base64URL.encode(header).toString() : header;
    String second = encoded ? Base64URL.encode(payload).toString() : payload;

    assertRefused(first + "." + second + "." + Base64URL.encode(signature));
  }

  @Property(tries = 300)
  void tokensWithAnySignedPayload(@ForAll("texts") String payload) {
    String token = Jws.sign(world.issuer.signingKey(), Map.of("typ", "at+jwt"), payload);

    assertRefused(token);
  }

  @Property(tries = 300)
  void tokensWithAnyClaims(@ForAll("members") Map<String, Object> claims) {
    String token = Jws.sign(world.issuer.signingKey(), Map.of("typ", "at+jwt"), all(claims));
    try {
      assertThat(jwts.read(token).clientId()).isNotEmpty();
    } catch (RefusedRequest refusal) {
      assertThat(refusal.problem()).isEqualTo(Problem.INVALID_TOKEN);
    }
  }

  @Property(tries = 300)
  void introspectionAnswersWithAnyMembers(@ForAll("members") Map<String, Object> members) {
    world.issuer.introspection().answering(told -> all(members));
    try {
      assertThat(asking.read("opaque").clientId()).isNotEmpty();
    } catch (RefusedRequest refusal) {
      assertThat(refusal.problem()).isIn(Problem.INVALID_TOKEN, Problem.UNAVAILABLE);
    }
  }

  @Property(tries = 150)
  void documentsOfAnyCharacters(@ForAll("texts") String body, @ForAll Endpoint endpoint) {
    world.issuer.trouble(endpoint, Trouble.body("application/json", body));
    // All copies are too old to serve now.
    world.clock.pass(Duration.ofHours(25));
    RefusedRequest refusal = TokenWorld.refusal(asking, world.issuer.accessToken().sign());
    world.issuer.recover(endpoint);

    assertThat(refusal.problem()).isEqualTo(Problem.UNAVAILABLE);
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.oneOf(
        Arbitraries.strings().ofMaxLength(60),
        Arbitraries.strings().withChars("{}[]\":,.0123456789eE-altrufsn\\\"").ofMaxLength(60),
        Arbitraries.integers().between(1, 8000).map("["::repeat),
        Arbitraries.integers().between(1, 4000).map("{\"a\":"::repeat));
  }

  @Provide
  Arbitrary<Map<String, Object>> members() {
    Arbitrary<String> names =
        Arbitraries.of(
            "active",
            "iss",
            "aud",
            "exp",
            "iat",
            "nbf",
            "sub",
            "client_id",
            "scope",
            "cnf",
            "authorization_details",
            "token_type",
            "typ",
            "grant_id");
    Arbitrary<Object> values =
        Arbitraries.oneOf(
            Arbitraries.strings().ofMaxLength(20).map(text -> (Object) text),
            Arbitraries.longs().map(number -> (Object) number),
            Arbitraries.doubles().map(number -> (Object) number),
            Arbitraries.of(true, false, List.of(), List.of(1), Map.of("jkt", 1), Map.of()));
    return Arbitraries.maps(names, values).ofMaxSize(6);
  }

  /** Right claims, but for some. */
  private Map<String, Object> all(Map<String, Object> some) {
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("active", true);
    claims.put("iss", world.issuer.issuer());
    claims.put("aud", TokenWorld.API);
    claims.put("exp", world.clock.instant().getEpochSecond() + 60);
    claims.put("client_id", "client-1");
    claims.putAll(some);
    return claims;
  }

  private void assertRefused(String token) {
    assertThat(TokenWorld.refusal(jwts, token).problem()).isEqualTo(Problem.INVALID_TOKEN);
  }
}
