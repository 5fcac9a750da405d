package io.github.fapipack.bankevents;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.client.ClientKeys;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.Tokens;
import io.github.fapipack.it.consent.ConsentDraft;
import io.github.fapipack.it.consent.EndedEvent;
import io.github.fapipack.it.consent.LodgedConsent;
import io.github.fapipack.it.consent.Misbehaviour;
import io.github.fapipack.it.consent.Operation;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.testing.BankRealm;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The bank's consent service ends a consent by a signed event. */
class ConsentEventIT {
  private static BankRealm bank;
  private static TestRealm realm;
  private static FapiClient client;

  @BeforeAll
  static void start() {
    bank = BankRealm.create("fapi2-security-profile", BankRealm.BY_SCOPE);
    realm = bank.realm();
    client = TestClient.in(realm).register();
  }

  @AfterAll
  static void stop() {
    bank.close();
  }

  @AfterEach
  void recover() {
    bank.service().recover();
  }

  private static Tokens tokens(LodgedConsent consent) {
    return client
        .token(
            client
                .visit(client.par().with("scope", "openid consent:" + consent.id()).expect())
                .as(TestRealm.USERNAME, realm.password())
                .choosing(form -> form.add("account", "current"))
                .expectCode())
        .expect();
  }

  private static LodgedConsent lodge() {
    return bank.service().lodge(ConsentDraft.forAccounts(client.clientId()));
  }

  private static EndedEvent event(String consentId) {
    return bank.service().ended(consentId, realm.issuer());
  }

  private static HttpExchange push(EndedEvent event) {
    return event.send();
  }

  private static HttpExchange push(String type, String body) {
    return event("x").send(type, body);
  }

  @Test
  @Accepts(by = "ConsentEventsResource", value = "CB 4-3")
  @Accepts(by = "ConsentEnded", value = "CB 4-3")
  void endsTheConsentAtOnce() {
    LodgedConsent consent = lodge();
    Tokens tokens = tokens(consent);

    HttpExchange answer = push(event(consent.id()));

    assertThat(answer.status()).as(answer.toString()).isEqualTo(202);
    assertThat(answer.body()).isEmpty();
    client.refresh(tokens).expectError("invalid_grant");
    assertThat(client.introspect(tokens.accessToken()).expect().path("active").asBoolean())
        .isFalse();
    assertThat(bank.service().calls(Operation.REVOKE, consent.id())).isEmpty();
  }

  @Test
  @Accepts(by = "ConsentEventsResource", value = "CB 4-3")
  void anEventMayComeAgainWithoutAnEffect() {
    LodgedConsent consent = lodge();
    tokens(consent);
    EndedEvent event = event(consent.id());
    String same = event.sign();

    assertThat(push(EndedEvent.MEDIA_TYPE, same).status()).isEqualTo(202);
    assertThat(push(EndedEvent.MEDIA_TYPE, same).status()).isEqualTo(202);
    assertThat(push(event(consent.id())).status()).isEqualTo(202);
  }

  @Test
  void anEventMayPrecedeTheRequestOfTheClient() {
    LodgedConsent consent = lodge();
    assertThat(push(event(consent.id())).status()).isEqualTo(202);

    client
        .par()
        .with("scope", "openid consent:" + consent.id())
        .expectError(400, "invalid_request");
  }

  @Test
  @Accepts(by = "ConsentEventsResource", value = "CB 4-3")
  void anEventMayHaveOtherMembersToo() {
    LodgedConsent consent = lodge();
    Tokens tokens = tokens(consent);

    assertThat(
            push(event(consent.id())
                    .claim("aud", List.of("https://other.example", realm.issuer().toString()))
                    .claim(
                        "events",
                        Map.of(
                            EndedEvent.TYPE,
                            Map.of("consent_id", consent.id(), "reason", "fraud"),
                            "https://other.example/event",
                            Map.of()))
                    .claim("txn", "1")
                    .claim("toe", 1)
                    .exp(Duration.ofMinutes(1)))
                .status())
        .isEqualTo(202);
    client.refresh(tokens).expectError("invalid_grant");
  }

  static Stream<Arguments> altered() {
    return Stream.of(
        alteration("no type", "invalid_request", event -> event.typ(null)),
        alteration("another type", "invalid_request", event -> event.typ("JWT")),
        alteration("no issuer", "invalid_issuer", event -> event.without("iss")),
        alteration(
            "another issuer", "invalid_issuer", event -> event.claim("iss", "https://bank.evil")),
        alteration("no audience", "invalid_audience", event -> event.without("aud")),
        alteration(
            "another realm", "invalid_audience", event -> event.claim("aud", realm.issuer() + "x")),
        alteration("no time", "invalid_request", event -> event.without("iat")),
        alteration("a text as time", "invalid_request", event -> event.claim("iat", "now")),
        alteration("too old", "invalid_request", event -> event.iat(Duration.ofSeconds(-310))),
        alteration("of tomorrow", "invalid_request", event -> event.iat(Duration.ofDays(1))),
        alteration("expired", "invalid_request", event -> event.exp(Duration.ofSeconds(-1))),
        alteration("no id", "invalid_request", event -> event.without("jti")),
        alteration("no events", "invalid_request", event -> event.without("events")),
        alteration("events as text", "invalid_request", event -> event.claim("events", "x")),
        alteration(
            "another event",
            "invalid_request",
            event -> event.events("https://other.example/event", Map.of("consent_id", "x"))),
        alteration("no consent", "invalid_request", event -> event.consent(null)),
        alteration("a number as consent", "invalid_request", event -> event.consent(1)),
        alteration("an empty consent", "invalid_request", event -> event.consent("")),
        alteration("a consent with U+0000", "invalid_request", event -> event.consent("a\0")),
        alteration("a long consent", "invalid_request", event -> event.consent("x".repeat(256))),
        alteration("not signed", "invalid_request", event -> event.alg("none")),
        alteration("signed with HMAC", "invalid_request", event -> event.alg("HS256")),
        alteration(
            "an algorithm that is not allowed",
            "invalid_request",
            event -> event.key(ClientKeys.ed25519())),
        alteration("a stranger's key", "invalid_key", event -> event.key(ClientKeys.es256())),
        alteration(
            "a stranger's key with the service's kid",
            "invalid_key",
            event -> event.key(ClientKeys.es256()).header("kid", bank.service().key().getKeyID())),
        alteration(
            "a key in the header",
            "invalid_key",
            event -> {
              var own = ClientKeys.es256();
              return event.key(own).header("jwk", own.toPublicJWK().toJSONObject());
            }),
        alteration(
            "a critical header", "invalid_request", event -> event.header("crit", List.of("x"))));
  }

  private static Arguments alteration(String name, String error, UnaryOperator<EndedEvent> change) {
    return Arguments.of(name, error, change);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("altered")
  @Rejects(by = "ConsentEventsResource", value = "CB 4-3")
  @Rejects(by = "ConsentEnded", value = "CB 4-3")
  void refusesWhatIsNotAnEventOfTheServiceForThisRealm(
      String name, String error, UnaryOperator<EndedEvent> change) {
    LodgedConsent consent = lodge();
    Tokens tokens = tokens(consent);

    HttpExchange answer = push(change.apply(event(consent.id())));

    assertThat(answer.status()).as(name + ": " + answer).isEqualTo(400);
    assertThat(answer.json().path("err").asText()).isEqualTo(error);
    assertThat(answer.json().path("description").asText()).isNotBlank();
    assertThat(answer.header("Content-Language")).isEqualTo("en");
    client.refresh(tokens).expect();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "a.b.c", "{}", "..", "eyJhbGciOiJFUzI1NiJ9.e30."})
  @Rejects(by = "ConsentEventsResource", value = "CB 4-3")
  void refusesWhatIsNotASignedJwt(String body) {
    HttpExchange answer = push(EndedEvent.MEDIA_TYPE, body);
    assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
    assertThat(answer.json().path("err").asText()).isEqualTo("invalid_request");
  }

  @Test
  @Rejects(by = "ConsentEventsResource", value = "CB 4-3")
  void refusesALongBodyAndOtherMediaTypes() {
    EndedEvent event = event(lodge().id());
    assertThat(push(event(lodge().id()).claim("x", "x".repeat(17_000))).status()).isEqualTo(400);
    assertThat(push("application/jwt", event.sign()).status()).isEqualTo(415);
    assertThat(push("application/json", "{}").status()).isEqualTo(415);
    assertThat(push("application/x-www-form-urlencoded", "a=b").status()).isEqualTo(415);
  }

  @Test
  void doesNotAskForKeysAgainAndAgain() {
    LodgedConsent consent = lodge();
    assertThat(push(event(consent.id())).status()).isEqualTo(202);
    long before = keyCalls();

    for (int i = 0; i < 20; i++) {
      assertThat(push(event(consent.id()).key(ClientKeys.es256())).status()).isEqualTo(400);
    }

    assertThat(keyCalls() - before).isLessThanOrEqualTo(2);
  }

  private static long keyCalls() {
    return bank.service().calls().stream()
        .filter(call -> call.operation() == Operation.KEYS)
        .count();
  }

  @Test
  void asksToComeAgainWhileTheKeysCannotBeHad() {
    try (BankRealm other = BankRealm.create("fapi2-security-profile", BankRealm.BY_SCOPE)) {
      other.service().misbehave(Operation.KEYS, Misbehaviour.DEAD);
      HttpExchange answer = other.service().ended("x", other.realm().issuer()).send();

      assertThat(answer.status()).as(answer.toString()).isEqualTo(503);
      assertThat(answer.header("Retry-After")).isNotBlank();
    }
  }

  @Test
  void aRealmWithoutAServiceHasNoSuchPlace() {
    try (TestRealm plain = TestRealm.create("fapi2-security-profile")) {
      HttpExchange answer = bank.service().ended("x", plain.issuer()).send();

      assertThat(answer.status()).isEqualTo(404);
    }
  }
}
