package io.github.fapipack.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.client.ClientAssertion;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.testing.ClientOrigin;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Requirements for client assertions, at every endpoint, for clients of every origin. */
class ClientAssertionIT {
  @FapiRealm("fapi2-security-profile")
  private static TestRealm realm;

  private static FapiClient old;

  @BeforeAll
  static void registerClient() {
    old = TestClient.in(realm).made(ClientOrigin.BEFORE_POLICY).register();
  }

  @ParameterizedTest
  @EnumSource(ClientOrigin.class)
  @Accepts(
      by = "RequireIssuerAudience",
      value = {"FAPI2-SP 5.3.2.1-8", "RFC7523 3-3"})
  @Accepts(
      by = "LimitClientAssertionLifetime",
      value = {"RFC7523 3-4", "RFC7523 3-7"})
  @Accepts(by = "RequireConfidentialClient", value = "FAPI2-SP 5.3.2.2-4")
  @Accepts(by = "RequireAsymmetricClientAuthentication", value = "RFC9126 2.1-1")
  void acceptsTheIssuerAsAudienceAtEveryEndpoint(ClientOrigin origin) {
    FapiClient client = TestClient.in(realm).made(origin).register();

    client.par().expect();
    client.tokens(TestRealm.USERNAME, realm.password());
    client.introspect("unknown").expect();
    client.revoke("unknown").expect();
  }

  @ParameterizedTest
  @EnumSource(ClientOrigin.class)
  @Rejects(
      by = "RequireIssuerAudience",
      value = {"FAPI2-SP 5.3.2.1-8", "RFC7523 3-3"})
  void rejectsTheIssuerInAnArrayAtEveryEndpoint(ClientOrigin origin) {
    FapiClient client = TestClient.in(realm).made(origin).register();

    expectRefusedEverywhere(client, assertion -> assertion.audiences(client.issuer()));
  }

  @ParameterizedTest
  @CsvSource({
    "pushed_authorization_request_endpoint",
    "token_endpoint",
    "introspection_endpoint",
    "backchannel_authentication_endpoint"
  })
  @Rejects(
      by = "RequireIssuerAudience",
      value = {"FAPI2-SP 5.3.2.1-8", "RFC7523 3-3"})
  void rejectsAnEndpointAsAudience(String endpoint) {
    String url = old.discovery().exchange().json().path(endpoint).asText();

    expectRefusedEverywhere(old, assertion -> assertion.audience(url));
  }

  @Test
  @Rejects(
      by = "RequireIssuerAudience",
      value = {"FAPI2-SP 5.3.2.1-8", "RFC7523 3-3"})
  void rejectsAMissingOrSecondAudience() {
    expectRefusedEverywhere(old, assertion -> assertion.without("aud"));
    expectRefusedEverywhere(
        old, assertion -> assertion.audiences(old.issuer(), "https://elsewhere.example"));
  }

  @ParameterizedTest
  @CsvSource({"iat, 10", "nbf, 10", "iat, -200", "nbf, -200"})
  @Accepts(
      by = "LimitClientAssertionLifetime",
      value = {"FAPI2-SP 5.3.2.1-13", "RFC7523 3-5", "RFC7523 3-6"})
  void acceptsAClockThatIsOff(String claim, int seconds) {
    old.par().assertion(assertion -> assertion.claim(claim, now() + seconds)).expect();
  }

  @ParameterizedTest
  @CsvSource({"iat", "nbf"})
  @Rejects(
      by = "LimitClientAssertionLifetime",
      value = {"FAPI2-SP 5.3.2.1-13", "RFC7523 3-5", "RFC7523 3-6"})
  void rejectsAssertionsFromTheFuture(String claim) {
    expectRefusedEverywhere(
        old, assertion -> assertion.claim(claim, now() + 61).claim("exp", now() + 120));
  }

  @Test
  @Accepts(by = "LimitClientAssertionLifetime", value = "RFC7523 3-4")
  void acceptsALifetimeUpToTheCap() {
    old.par().assertion(assertion -> assertion.exp(Duration.ofSeconds(298))).expect();
    old.par().assertion(assertion -> assertion.without("iat")).expect();
  }

  static Stream<Named<Consumer<ClientAssertion>>> unacceptableClaims() {
    return Stream.of(
        Named.of("no exp", assertion -> assertion.without("exp")),
        Named.of("expired", assertion -> assertion.claim("exp", now() - 1)),
        Named.of("a day ahead", assertion -> assertion.claim("exp", now() + 86_400)),
        Named.of(
            "a day ahead, no iat",
            assertion -> assertion.without("iat").claim("exp", now() + 86_400)),
        Named.of("longer than the cap", assertion -> assertion.claim("exp", now() + 320)),
        Named.of("exp of text", assertion -> assertion.claim("exp", "" + (now() + 60))),
        Named.of("exp of the largest number", assertion -> assertion.claim("exp", Long.MAX_VALUE)),
        Named.of("exp beyond numbers", assertion -> assertion.claim("exp", 1e300)),
        Named.of("iat of text", assertion -> assertion.claim("iat", "now")),
        Named.of("nbf negative", assertion -> assertion.claim("nbf", -1)),
        Named.of("no jti", assertion -> assertion.without("jti")),
        Named.of("jti a number", assertion -> assertion.claim("jti", 42)),
        Named.of("jti empty", assertion -> assertion.jti("")),
        Named.of("jti too long", assertion -> assertion.jti("x".repeat(257))),
        Named.of("sub of nobody", assertion -> assertion.claim("sub", "nobody")),
        Named.of("no sub", assertion -> assertion.without("sub")),
        Named.of("iss of nobody", assertion -> assertion.claim("iss", "nobody")),
        Named.of("sub with a control character", assertion -> assertion.claim("sub", "a\0b")));
  }

  @ParameterizedTest
  @MethodSource("unacceptableClaims")
  @Rejects(
      by = "LimitClientAssertionLifetime",
      value = {"RFC7523 3-4", "RFC7523 3-7"})
  @Rejects(by = "RequireAsymmetricClientAuthentication", value = "RFC9126 2.1-1")
  @Rejects(by = "RequireConfidentialClient", value = "FAPI2-SP 5.3.2.2-4")
  void rejectsUnacceptableClaims(Consumer<ClientAssertion> edit) {
    expectRefusedEverywhere(old, edit);
  }

  @ParameterizedTest
  @EnumSource(ClientOrigin.class)
  @Rejects(by = "LimitClientAssertionLifetime", value = "RFC7523 3-7")
  void rejectsAnAssertionThatWasUsed(ClientOrigin origin) {
    FapiClient client = TestClient.in(realm).made(origin).register();
    String jti = UUID.randomUUID().toString();

    client.par().assertion(assertion -> assertion.jti(jti)).expect();

    client.clientCredentials().assertion(a -> a.jti(jti)).expectError(401, "invalid_client");
  }

  @Test
  @Accepts(by = "LimitClientAssertionLifetime", value = "RFC7523 3-7")
  void acceptsAnotherClientsIdentifier() {
    FapiClient other = TestClient.in(realm).register();
    String jti = UUID.randomUUID().toString();

    old.par().assertion(assertion -> assertion.jti(jti)).expect();
    other.par().assertion(assertion -> assertion.jti(jti)).expect();
  }

  @Test
  @Rejects(by = "LimitClientAssertionLifetime", value = "RFC7523 3-7")
  void rejectsAReplayOfAnAssertionFromTheFutureUntilItExpires() {
    String jti = UUID.randomUUID().toString();
    Consumer<ClientAssertion> edit =
        a -> a.jti(jti).iat(Duration.ofSeconds(25)).exp(Duration.ofSeconds(300));

    old.par().assertion(edit).expect();
    old.par().assertion(edit).expectError(401, "invalid_client");
  }

  @Test
  @Accepts(by = "LimitClientAssertionLifetime", value = "RFC7523 3-7")
  void doesNotSpendAnAssertionThatARuleRefuses() {
    String jti = UUID.randomUUID().toString();

    old.clientCredentials()
        .assertion(assertion -> assertion.jti(jti))
        .withoutProof()
        .expectError("invalid_request");

    old.clientCredentials().assertion(assertion -> assertion.jti(jti)).expect();
  }

  private static long now() {
    return System.currentTimeMillis() / 1000;
  }

  private static void expectRefusedEverywhere(FapiClient client, Consumer<ClientAssertion> edit) {
    Stream.of(
            client.par().assertion(edit).send(),
            client.clientCredentials().assertion(edit).send(),
            client.introspect("token").assertion(edit).send(),
            client.revoke("token").assertion(edit).send())
        .map(answer -> answer.expectError(401, "invalid_client"))
        .map(HttpExchange::errorDescription)
        .forEach(text -> assertThat(text).doesNotContain("org.keycloak", "jackson", "java."));
  }
}
