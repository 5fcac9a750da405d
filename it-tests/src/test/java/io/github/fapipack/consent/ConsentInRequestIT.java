package io.github.fapipack.consent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.FapiRequest;
import io.github.fapipack.it.client.Pushed;
import io.github.fapipack.it.consent.ConsentDraft;
import io.github.fapipack.it.consent.LodgedConsent;
import io.github.fapipack.it.consent.Misbehaviour;
import io.github.fapipack.it.consent.Operation;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.testing.BankRealm;
import io.github.fapipack.it.testing.TestClient;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A request names a consent that the bank holds, and the bank is asked before the user is. */
class ConsentInRequestIT {
  private static final String RULE = "RequireBankConsent";

  private static BankRealm bank;
  private static FapiClient client;
  private static FapiClient other;

  @BeforeAll
  static void start() {
    bank =
        BankRealm.create(
            "fapi2-security-profile",
            "{\"reference\":{\"scope\":[\"consent:\",\"payment:\"]},\"required_for\":[\"email\"]}");
    client = TestClient.in(bank.realm()).register();
    other = TestClient.in(bank.realm()).register();
  }

  @AfterAll
  static void stop() {
    bank.close();
  }

  @AfterEach
  void recover() {
    bank.service().recover();
  }

  private static LodgedConsent lodge() {
    return bank.service().lodge(ConsentDraft.forAccounts(client.clientId()));
  }

  private static HttpExchange push(String scope) {
    return client.par().with("scope", scope).send();
  }

  @Test
  @Accepts(by = RULE, value = "CB 1-1")
  @Accepts(by = RULE, value = "CB 1-3")
  void acceptsAConsentThatTheClientHasLodged() {
    push("openid consent:" + lodge().id()).expectStatus(201);
    push("payment:" + lodge().id() + " openid").expectStatus(201);
  }

  @Test
  @Rejects(by = RULE, value = "CB 1-1")
  void refusesSeveralConsentsAndWhatCannotBeAnId() {
    LodgedConsent consent = lodge();

    push("openid consent:" + consent.id() + " consent:" + lodge().id())
        .expectError("invalid_request");
    push("openid consent:" + consent.id() + " payment:" + consent.id())
        .expectError("invalid_request");
    push("openid consent:").expectError("invalid_request");
    push("openid consent:..").expectError("invalid_request");
    push("openid consent:" + "x".repeat(256)).expectError("invalid_request");
  }

  @Test
  @Accepts(by = RULE, value = "CB 1-2")
  @Rejects(by = RULE, value = "CB 1-2")
  void refusesAScopeThatNeedsAConsentWithoutOne() {
    assertThat(push("openid email").expectError("invalid_request").errorDescription())
        .contains("names no consent", "fapi2-require-bank-consent");
    push("openid email consent:" + lodge().id()).expectStatus(201);
    push("openid").expectStatus(201);
  }

  @Test
  @Rejects(by = RULE, value = "CB 1-2")
  void aScopeThatAClientGetsWithoutAskingNeedsAConsentToo() {
    FapiClient given =
        TestClient.in(bank.realm())
            .altering(registration -> registration.withArray("defaultClientScopes").add("email"))
            .register();

    given.par().with("scope", "openid").expectError("invalid_request");
    LodgedConsent consent = bank.service().lodge(ConsentDraft.forAccounts(given.clientId()));
    given.par().with("scope", "openid consent:" + consent.id()).expect();
  }

  @ParameterizedTest
  @ValueSource(strings = {"authorised", "rejected", "revoked", "expired", "consumed"})
  @Rejects(by = RULE, value = "CB 1-3")
  void refusesAConsentThatIsDecided(String status) {
    LodgedConsent consent = lodge();
    consent.status(status);

    assertThat(
            push("openid consent:" + consent.id())
                .expectError("invalid_request")
                .errorDescription())
        .contains("lodge a new consent");
  }

  @Test
  @Rejects(by = RULE, value = "CB 1-3")
  void refusesAConsentOfAnotherClientLikeOneThatDoesNotExist() {
    LodgedConsent foreign = bank.service().lodge(ConsentDraft.forAccounts(other.clientId()));
    LodgedConsent ended =
        bank.service()
            .lodge(ConsentDraft.forAccounts(client.clientId()).expires(Duration.ofSeconds(-1)));

    String unknown =
        push("openid consent:nobody").expectError("invalid_request").errorDescription();
    assertThat(
            push("openid consent:" + foreign.id())
                .expectError("invalid_request")
                .errorDescription())
        .isEqualTo(unknown);
    push("openid consent:" + ended.id()).expectError("invalid_request");
  }

  @ParameterizedTest
  @EnumSource(Misbehaviour.class)
  @Rejects(by = RULE, value = "CB 1-4")
  @Accepts(by = RULE, value = "CB 1-4")
  void asksTheClientToTryAgainIfTheBankDoesNotAnswer(Misbehaviour misbehaviour) {
    LodgedConsent consent = lodge();
    bank.service().misbehave(Operation.FIND, misbehaviour);

    HttpExchange refused = push("openid consent:" + consent.id());

    refused.expectError(503, "temporarily_unavailable");
    assertThat(refused.header("Retry-After")).isEqualTo("5");
    bank.service().recover();
    push("openid consent:" + consent.id()).expectStatus(201);
  }

  @Test
  void isAskedAgainWhenTheBrowserComes() {
    LodgedConsent consent = lodge();
    Pushed pushed = client.par().with("scope", "openid consent:" + consent.id()).expect();
    consent.status("revoked");
    client.browser().open(client.visit(pushed).address()).expectError("invalid_request");

    LodgedConsent second = lodge();
    Pushed later = client.par().with("scope", "openid consent:" + second.id()).expect();
    bank.service().misbehave(Misbehaviour.DEAD);
    client.browser().open(client.visit(later).address()).expectError("temporarily_unavailable");
  }

  @Test
  void theClientCannotWriteWhatThePackKeeps() {
    LodgedConsent consent = lodge();

    client
        .par()
        .with("scope", "openid email")
        .with("fapi.sent_scope", "openid email consent:" + consent.id())
        .expectError("invalid_request");
  }

  @Test
  void findsItInRequestObjectsClaimsAndDetails() {
    try (BankRealm signed = BankRealm.create("fapi2-message-signing", BankRealm.BY_SCOPE);
        BankRealm uk = BankRealm.create("fapi2-security-profile", BankRealm.BY_CLAIM);
        BankRealm arranged =
            BankRealm.create(
                "fapi2-security-profile",
                "{\"reference\":{\"arrangement\":\"arrangement_id\"},\"required_for\":[\"*\"]}");
        BankRealm details =
            BankRealm.create(
                "fapi2-security-profile",
                "{\"reference\":{\"details\":{\"types\":[\"account_information\"],\"id\":\"/identifier\"}}}")) {
      requireKnownOnly(
          signed,
          (request, id) ->
              request.requestObject(
                  object ->
                      object.claim("scope", "openid consent:" + id).claim("response_mode", "jwt")));
      requireKnownOnly(uk, (request, id) -> request.with("claims", claims(id)));
      requireKnownOnly(
          arranged, (request, id) -> request.with("claims", "{\"arrangement_id\":\"" + id + "\"}"));
      requireKnownOnly(
          details,
          (request, id) ->
              request.with(
                  "authorization_details",
                  ConsentVisit.list(ConsentVisit.accounts().put("identifier", id))));
      TestClient.in(arranged.realm()).register().par().expectError("invalid_request");
    }
  }

  private static String claims(String id) {
    ObjectNode claims = Json.object();
    claims
        .putObject("id_token")
        .putObject("openbanking_intent_id")
        .put("essential", true)
        .put("value", id);
    return claims.toString();
  }

  private interface Naming {
    FapiRequest<Pushed> in(FapiRequest<Pushed> request, String id);
  }

  private static void requireKnownOnly(BankRealm realm, Naming naming) {
    FapiClient asking = TestClient.in(realm.realm()).register();
    LodgedConsent lodged = realm.service().lodge(ConsentDraft.forAccounts(asking.clientId()));
    naming.in(asking.par(), lodged.id()).expect();
    naming.in(asking.par(), "unknown").expectError("invalid_request");
  }
}
