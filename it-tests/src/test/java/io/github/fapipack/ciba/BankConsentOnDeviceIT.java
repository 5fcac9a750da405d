package io.github.fapipack.ciba;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.client.Acknowledged;
import io.github.fapipack.it.client.CibaClient;
import io.github.fapipack.it.client.FapiRequest;
import io.github.fapipack.it.client.Tokens;
import io.github.fapipack.it.consent.ConsentDraft;
import io.github.fapipack.it.consent.LodgedConsent;
import io.github.fapipack.it.consent.Misbehaviour;
import io.github.fapipack.it.consent.Operation;
import io.github.fapipack.it.device.AuthenticationDevice;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.testing.BankRealm;
import io.github.fapipack.it.testing.ServerLogOnFailure;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import io.github.fapipack.it.testing.TestServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A consent that the bank holds, authorised on another device, such as the bank's app. */
@ExtendWith(ServerLogOnFailure.class)
class BankConsentOnDeviceIT {
  private static final String SIGNED = "fapi2-require-signed-authentication-request";

  private static BankRealm bank;
  private static CibaClient client;

  @BeforeAll
  static void start() {
    bank = BankRealm.create("fapi-ciba", BankRealm.BY_SCOPE, Map.of("cibaInterval", "1"));
    allowPlainRequests();
    client = client();
  }

  private static CibaClient client() {
    return CibaClient.polling(
        TestClient.in(bank.realm()).attribute("oidc.ciba.grant.enabled", "true").register(),
        TestRealm.USERNAME);
  }

  private static void allowPlainRequests() {
    ObjectNode profiles = bank.realm().admin().clientProfiles(bank.realm().name());
    for (JsonNode executors : profiles.findValues("executors")) {
      for (var each = executors.iterator(); each.hasNext(); ) {
        if (each.next().path("executor").asText().equals(SIGNED)) {
          each.remove();
        }
      }
    }
    bank.realm().admin().updateClientProfiles(bank.realm().name(), profiles);
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
    return lodge(ConsentDraft.forAccounts(client.client().clientId()));
  }

  private static LodgedConsent lodge(ConsentDraft draft) {
    return bank.service().lodge(draft);
  }

  private static FapiRequest<Acknowledged> request(LodgedConsent consent) {
    return client.authenticate().with("scope", "openid consent:" + consent.id());
  }

  private static Acknowledged ask(LodgedConsent consent) {
    return request(consent).expect();
  }

  private static HttpExchange answer(Acknowledged asked, String status, String accounts) {
    AuthenticationDevice device = TestServer.device();
    ObjectNode answer = Json.object().put("status", status);
    if (accounts != null) {
      answer.put("accounts", accounts);
    }
    return device.post(
        AuthenticationDevice.callbackOf(bank.realm().issuer().toString()),
        device.request(asked.bindingMessage()).token(),
        answer.toString());
  }

  private static HttpExchange approve(Acknowledged asked, String accounts) {
    return answer(asked, "SUCCEED", accounts);
  }

  private static Tokens tokens(Acknowledged asked) {
    HttpExchange answer = CibaTest.pollWhile(client, asked, "slow_down", "authorization_pending");
    answer.expectStatus(200);
    return Tokens.of(answer);
  }

  private static void expectRefused(Acknowledged asked) {
    CibaTest.pollWhile(client, asked, "slow_down", "authorization_pending")
        .expectError("access_denied");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theDeviceChoosesTheAccounts(boolean signed) {
    LodgedConsent consent = lodge();
    Acknowledged asked = signed ? ask(consent) : request(consent).withoutRequestObject().expect();
    assertThat(TestServer.device().request(asked.bindingMessage()).body().toString())
        .contains("\"consent_id\":\"" + consent.id() + "\"");
    assertThat(consent.status()).isEqualTo("awaiting_authorisation");

    approve(asked, "[\"savings\"]").expectStatus(200);

    assertThat(consent.chosen()).containsExactly("savings");
    assertThat(consent.subject()).hasValue(bank.subject());
    Tokens tokens = tokens(asked);
    assertThat(tokens.accessClaims().get("consent_id")).isEqualTo(consent.id());
    assertThat(tokens.scope()).contains("consent:" + consent.id());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theBankSaysWhoIsAskedIfTheHintIsTheConsent(boolean signed) {
    LodgedConsent consent =
        lodge(
            ConsentDraft.of(client.client().clientId())
                .permission("READ", "Read your accounts")
                .with("subject", bank.subject()));
    FapiRequest<Acknowledged> request = request(consent).with("login_hint", consent.id());

    Acknowledged asked = signed ? request.expect() : request.withoutRequestObject().expect();

    approve(asked, null).expectStatus(200);
    assertThat(tokens(asked).accessClaims().get("consent_id")).isEqualTo(consent.id());
  }

  @Test
  void nobodyIsAskedIfTheBankDoesNotSayWhom() {
    LodgedConsent ofNobody = lodge();
    request(ofNobody).with("login_hint", ofNobody.id()).expectError("unknown_user_id");
    LodgedConsent ofStranger =
        lodge(ConsentDraft.forAccounts(client.client().clientId()).with("subject", "a-stranger"));
    request(ofStranger).with("login_hint", ofStranger.id()).expectError("unknown_user_id");
    LodgedConsent other =
        lodge(ConsentDraft.forAccounts(client.client().clientId()).with("subject", bank.subject()));
    request(lodge()).with("login_hint", other.id()).expectError("unknown_user_id");
  }

  @Test
  @Rejects(by = "BankRevocation", value = "CB 4-1")
  void aRequestThatWaitsForTheUserEndsWithItsConsent() {
    LodgedConsent consent = lodge();
    Acknowledged asked = ask(consent);

    bank.service().ended(consent.id()).send().expectStatus(202);

    client.token(asked).expectError("access_denied");
    HttpExchange late = approve(asked, "[\"savings\"]");
    assertThat(late.status()).as(late.toString()).isEqualTo(403);
    assertThat(consent.status()).isEqualTo("awaiting_authorisation");
    client.token(asked).expectError("access_denied");
    request(consent).expectError(400, "invalid_request");
  }

  @Test
  @Rejects(by = "BankRevocation", value = "CB 4-1")
  void anApprovedRequestGivesNothingAfterItsConsentHasEnded() {
    LodgedConsent consent = lodge();
    Acknowledged asked = ask(consent);
    approve(asked, "[\"savings\"]").expectStatus(200);

    bank.service().ended(consent.id()).send().expectStatus(202);

    expectRefused(asked);
  }

  @Test
  @Accepts(by = "BankRevocation", value = "CB 4-1")
  void tokensThatADeviceHasApprovedEndWithTheConsent() {
    LodgedConsent consent = lodge();
    Acknowledged asked = ask(consent);
    approve(asked, "[\"savings\"]").expectStatus(200);
    Tokens tokens = tokens(asked);

    bank.service().ended(consent.id()).send().expectStatus(202);

    client.client().refresh(tokens).expectError("invalid_grant");
  }

  @Test
  void theBanksAppHasAuthorisedAtTheBankAlready() {
    LodgedConsent consent = lodge();
    Acknowledged asked = ask(consent);
    consent.authorise(bank.subject(), List.of("current"));

    approve(asked, null).expectStatus(200);

    assertThat(tokens(asked).accessClaims().get("consent_id")).isEqualTo(consent.id());
    assertThat(bank.service().calls(Operation.AUTHORISE, consent.id())).isEmpty();
  }

  @Test
  void nothingIsToBeChosen() {
    LodgedConsent consent = lodge(ConsentDraft.of(client.client().clientId()));
    Acknowledged asked = ask(consent);

    approve(asked, null).expectStatus(200);

    assertThat(consent.status()).isEqualTo("authorised");
    tokens(asked);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"[]", "[\"another\"]", "[1]", "{}", "savings", "[\"savings\",null]", "[[\"a\"]]"})
  void aWrongChoiceCanBeCorrected(String accounts) {
    LodgedConsent consent = lodge();
    Acknowledged asked = ask(consent);

    approve(asked, accounts).expectError(400, "invalid_request");
    approve(asked, null).expectError(400, "invalid_request");
    assertThat(consent.status()).isEqualTo("awaiting_authorisation");
    client.token(asked).expectError("authorization_pending");

    approve(asked, "[\"current\",\"savings\"]").expectStatus(200);
    assertThat(consent.chosen()).containsExactly("current", "savings");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UNAUTHORIZED", "CANCELLED"})
  void aRefusalIsToldToTheBank(String status) {
    LodgedConsent consent = lodge();
    Acknowledged asked = ask(consent);

    answer(asked, status, null).expectStatus(200);

    assertThat(consent.status()).isEqualTo("rejected");
    expectRefused(asked);
  }

  @Test
  void aRefusalCountsEvenIfTheBankIsNotThere() {
    Acknowledged asked = ask(lodge());
    bank.service().misbehave(Misbehaviour.DEAD);

    answer(asked, "UNAUTHORIZED", null).expectStatus(200);

    expectRefused(asked);
  }

  @ParameterizedTest
  @EnumSource(
      value = Misbehaviour.class,
      names = {"DEAD", "REDIRECT", "OTHER_ISSUER", "INVALID_JSON"})
  void theDeviceAnswersAgainLaterIfTheBankIsNotThere(Misbehaviour misbehaviour) {
    LodgedConsent consent = lodge();
    Acknowledged asked = ask(consent);
    bank.service().misbehave(Operation.AUTHORISE, misbehaviour);

    HttpExchange told = approve(asked, "[\"savings\"]");
    assertThat(told.status()).isEqualTo(503);
    assertThat(told.header("Retry-After")).isNotNull();
    client.token(asked).expectError("authorization_pending");

    // The bank may have authorised it the first time.
    bank.service().recover();
    approve(asked, "[\"savings\"]").expectStatus(200);
    tokens(asked);
    assertThat(consent.chosen()).containsExactly("savings");
  }

  @ParameterizedTest
  @ValueSource(strings = {"revoked", "expired", "rejected", "consumed"})
  void aConsentThatEndsMeanwhileGivesNothing(String status) {
    LodgedConsent consent = lodge();
    Acknowledged asked = ask(consent);
    consent.status(status);

    approve(asked, "[\"savings\"]").expectError(403, "access_denied");

    expectRefused(asked);
  }

  @Test
  void aConsentThatSomebodyElseHasAuthorisedGivesNothing() {
    LodgedConsent consent = lodge();
    Acknowledged asked = ask(consent);
    consent.authorise("somebody-else", List.of("savings"));

    approve(asked, null).expectError(403, "access_denied");

    expectRefused(asked);
  }

  @Test
  void aConsentThatIsRevokedAfterTheAnswerGivesNoTokens() {
    LodgedConsent consent = lodge();
    Acknowledged asked = ask(consent);
    approve(asked, "[\"savings\"]").expectStatus(200);
    consent.status("revoked");

    expectRefused(asked);
  }

  @Test
  void theClientPollsAgainIfTheBankIsNotThere() {
    Acknowledged asked = ask(lodge());
    approve(asked, "[\"savings\"]").expectStatus(200);
    bank.service().misbehave(Misbehaviour.ERROR);

    HttpExchange poll = CibaTest.pollWhile(client, asked, "slow_down", "authorization_pending");
    assertThat(poll.status()).as(poll.toString()).isEqualTo(503);
    assertThat(poll.header("Retry-After")).isNotNull();

    bank.service().recover();
    tokens(asked);
  }

  @Test
  void aConsentOfAnotherUserIsRefusedBeforeAnybodyIsAsked() {
    LodgedConsent consent =
        lodge(ConsentDraft.forAccounts(client.client().clientId()).with("subject", "another"));

    request(consent).expectError(403, "access_denied");
  }

  @Test
  void aConsentOfAnotherClientOrOneThatIsOverIsRefused() {
    request(lodge(ConsentDraft.forAccounts("another"))).expectError(400, "invalid_request");
    request(lodge().status("expired")).expectError(400, "invalid_request");
    client
        .authenticate()
        .with("scope", "openid consent:unknown")
        .expectError(400, "invalid_request");
  }

  @Test
  void arequestIsRefusedIfTheBankIsNotThere() {
    LodgedConsent consent = lodge();
    bank.service().misbehave(Misbehaviour.DEAD);

    HttpExchange answer = request(consent).send();

    assertThat(answer.status()).as(answer.toString()).isEqualTo(503);
    assertThat(answer.header("Retry-After")).isNotNull();
  }

  @Test
  void aClientCannotWriteTheMembersOfThePack() {
    LodgedConsent consent = lodge();
    Acknowledged asked =
        client
            .authenticate()
            .with("consent_id", consent.id())
            .with("consent_scope", "payments")
            .expect();

    assertThat(TestServer.device().request(asked.bindingMessage()).body().toString())
        .doesNotContain("consent_id", "consent_scope");
    approve(asked, null).expectStatus(200);
    assertThat(tokens(asked).accessClaims()).doesNotContainKey("consent_id");
  }
}
