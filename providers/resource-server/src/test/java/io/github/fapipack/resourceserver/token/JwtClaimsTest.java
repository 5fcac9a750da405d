package io.github.fapipack.resourceserver.token;

import static io.github.fapipack.resourceserver.token.TokenWorld.API;
import static io.github.fapipack.resourceserver.token.TokenWorld.assertInvalid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.JWK;
import io.github.fapipack.resourceserver.refusal.RefusedRequest;
import io.github.fapipack.resourceserver.testing.AccessTokenDraft;
import io.github.fapipack.resourceserver.testing.Endpoint;
import io.github.fapipack.resourceserver.testing.TestIssuer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the claims of an access token have to say (RFC 9068 4). */
class JwtClaimsTest {
  private final TokenWorld world = new TokenWorld();
  private final AccessTokens tokens = world.jwts();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void areTold() throws Exception {
    JWK key = TestIssuer.newKey();
    List<Map<String, Object>> details =
        List.of(Map.of("type", "account_access", "actions", List.of("read")));

    AccessToken token =
        tokens.read(
            draft()
                .scope("accounts payments")
                .boundTo(key)
                .details(details)
                .claim("grant_id", "g-1")
                .sign());

    assertThat(token.issuer()).isEqualTo(world.issuer.issuer());
    assertThat(token.clientId()).isEqualTo("client-1");
    assertThat(token.subject()).contains("alice");
    assertThat(token.audience()).containsExactly(API);
    assertThat(token.scopes()).containsExactlyInAnyOrder("accounts", "payments");
    assertThat(token.expiresAt()).isEqualTo(world.clock.instant().plusSeconds(300));
    assertThat(token.confirmation()).containsEntry("jkt", key.computeThumbprint().toString());
    assertThat(token.authorizationDetails()).isEqualTo(details);
    assertThat(token.grantId()).contains("g-1");
  }

  @Test
  void cannotBeChangedByWhoReadsThem() throws RefusedRequest {
    String token =
        draft()
            .claim("nested", Map.of("list", List.of(Map.of("a", 1))))
            .details(List.of(Map.of("type", "x", "actions", List.of("read"))))
            .sign();
    AccessToken read = tokens.read(token);
    Map<String, Object> detail = read.authorizationDetails().get(0);
    Map<?, ?> nested = (Map<?, ?>) read.claims().get("nested");

    assertUnchangeable(() -> read.claims().put("sub", "mallory"));
    assertUnchangeable(nested::clear);
    assertUnchangeable(((List<?>) nested.get("list"))::clear);
    assertUnchangeable(((Map<?, ?>) ((List<?>) nested.get("list")).get(0))::clear);
    assertUnchangeable(() -> read.authorizationDetails().clear());
    assertUnchangeable(() -> detail.put("type", "y"));
    assertUnchangeable(((List<?>) detail.get("actions"))::clear);
    assertThat(tokens.read(token)).isSameAs(read);
  }

  private static void assertUnchangeable(ThrowingCallable change) {
    assertThatThrownBy(change).isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void mayLackWhatIsNotNeeded() throws RefusedRequest {
    AccessToken token = tokens.read(draft().claim("sub", null).claim("iat", null).sign());

    assertThat(token.subject()).isEmpty();
    assertThat(token.scopes()).isEmpty();
    assertThat(token.confirmation()).isEmpty();
    assertThat(token.authorizationDetails()).isEmpty();
  }

  @Test
  void mayNameTheClientAsKeycloakDoes() throws RefusedRequest {
    AccessTokenDraft draft = draft().claim("client_id", null).claim("azp", "client-2");

    assertThat(tokens.read(draft.sign()).clientId()).isEqualTo("client-2");
    assertInvalid(tokens, draft.claim("azp", 17).sign());
    assertThat(
            tokens.read(draft.claim("azp", "x").claim("client_id", "client-3").sign()).clientId())
        .isEqualTo("client-3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"iss", "aud", "exp", "client_id"})
  void mustBeThere(String claim) {
    assertInvalid(tokens, draft().claim(claim, null).sign());
  }

  @Test
  void mayNameSeveralAudiences() throws RefusedRequest {
    String token = draft().claim("aud", List.of("https://other.example", "accounts-api")).sign();

    assertThat(tokens.read(token).audience()).contains("accounts-api");
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://api.example/", "https://API.example", "client-1", ""})
  void mustNameThisApiAsAudience(String audience) {
    assertInvalid(tokens, draft().audience(audience).sign());
  }

  @Test
  void mustNameTheIssuerAndCauseNoFetchOtherwise() {
    assertInvalid(tokens, draft().claim("iss", "https://evil.example").sign());
    assertInvalid(tokens, draft().claim("iss", world.issuer.issuer() + "/").sign());

    assertThat(world.issuer.fetches(Endpoint.METADATA)).isZero();
    assertThat(world.issuer.fetches(Endpoint.JWKS)).isZero();
  }

  @Test
  void mustNotHaveExpired() throws RefusedRequest {
    assertInvalid(tokens, draft().expiresIn(Duration.ZERO).sign());
    assertInvalid(tokens, draft().expiresIn(Duration.ofHours(-1)).sign());
    assertThat(tokens.read(draft().expiresIn(Duration.ofSeconds(1)).sign())).isNotNull();
  }

  @Test
  void expireWhileTheyAreRemembered() throws RefusedRequest {
    String token = draft().expiresIn(Duration.ofMinutes(1)).sign();
    tokens.read(token);
    world.clock.pass(Duration.ofSeconds(59));
    tokens.read(token);
    world.clock.pass(Duration.ofSeconds(1));

    assertInvalid(tokens, token);
  }

  @ParameterizedTest
  @ValueSource(strings = {"iat", "nbf"})
  void mayBeFromAClockThatIsALittleAhead(String claim) throws RefusedRequest {
    long now = world.clock.instant().getEpochSecond();

    assertThat(tokens.read(draft().claim(claim, now + 10).sign())).isNotNull();
    assertInvalid(tokens, draft().claim(claim, now + 11).sign());
  }

  @ParameterizedTest
  @MethodSource("wrongTypes")
  void mustHaveTheirType(String claim, Object value) {
    assertInvalid(tokens, draft().claim(claim, value).sign());
  }

  static Stream<Arguments> wrongTypes() {
    return Stream.of(
        Arguments.of("iss", 17),
        Arguments.of("iss", List.of("x")),
        Arguments.of("aud", 17),
        Arguments.of("aud", Map.of(API, true)),
        Arguments.of("aud", Arrays.asList(API, 17)),
        Arguments.of("aud", Arrays.asList(API, null)),
        Arguments.of("exp", "1900000000"),
        Arguments.of("exp", true),
        Arguments.of("exp", -1),
        Arguments.of("exp", 1e300),
        Arguments.of("exp", List.of()),
        Arguments.of("iat", "now"),
        Arguments.of("nbf", Map.of()),
        Arguments.of("client_id", 17),
        Arguments.of("client_id", ""),
        Arguments.of("sub", List.of("alice")),
        Arguments.of("scope", List.of("accounts")),
        Arguments.of("scope", 1),
        Arguments.of("cnf", "jkt"),
        Arguments.of("cnf", List.of("jkt")),
        Arguments.of("cnf", Map.of("jkt", 17)),
        Arguments.of("cnf", Map.of("x5t#S256", List.of("x"))),
        Arguments.of("authorization_details", "all"),
        Arguments.of("authorization_details", Map.of("type", "x")),
        Arguments.of("authorization_details", Arrays.asList(Map.of(), null)),
        Arguments.of("authorization_details", List.of("x")));
  }

  @Test
  void mayConfirmInWaysThatAreUnknown() throws RefusedRequest {
    AccessToken token =
        tokens.read(draft().claim("cnf", Map.of("jkt", "x", "jwk", Map.of("kty", "EC"))).sign());

    assertThat(token.confirmation()).containsOnlyKeys("jkt");
  }

  private AccessTokenDraft draft() {
    return world.issuer.accessToken();
  }
}
