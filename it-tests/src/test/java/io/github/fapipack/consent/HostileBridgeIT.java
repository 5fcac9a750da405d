package io.github.fapipack.consent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.browser.LoginPage;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.Tokens;
import io.github.fapipack.it.consent.ConsentDraft;
import io.github.fapipack.it.consent.LodgedConsent;
import io.github.fapipack.it.consent.Misbehaviour;
import io.github.fapipack.it.consent.Operation;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.http.NamedValues;
import io.github.fapipack.it.testing.BankRealm;
import io.github.fapipack.it.testing.ServerLogOnFailure;
import io.github.fapipack.it.testing.TestClient;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A hostile client, and a bank whose consent service fails or lies at each step. */
@ExtendWith(ServerLogOnFailure.class)
class HostileBridgeIT {
  private static final String RULE = "RequireBankConsent";
  private static final String AWAITING = "awaiting_authorisation";

  private static BankRealm bank;
  private static FapiClient client;

  @BeforeAll
  static void start() {
    bank =
        BankRealm.create(
            "fapi2-security-profile", "{\"reference\":{\"scope\":\"consent:\"},\"recheck\":0}");
    client = TestClient.in(bank.realm()).register();
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
    return bank.service().lodge(ConsentDraft.of(client.clientId()));
  }

  private static ConsentVisit ask(LodgedConsent consent, LoginPage browser) {
    return ConsentVisit.ask(
            bank.realm(),
            client,
            browser,
            par -> par.with("scope", "openid consent:" + consent.id()))
        .seesPage();
  }

  private static ConsentVisit approved(LodgedConsent consent) {
    return ask(consent, client.browser()).approve(form -> {});
  }

  private static boolean isActive(Tokens tokens) {
    return client.introspect(tokens.accessToken()).expect().path("active").asBoolean();
  }

  private static void expectLater(HttpExchange answer) {
    answer.expectError(503, "temporarily_unavailable");
    assertThat(answer.header("Retry-After")).isNotBlank();
  }

  @ParameterizedTest
  @EnumSource(Misbehaviour.class)
  @Rejects(by = RULE, value = "CB 1-4")
  void aBankThatFailsCostsNeitherCodeNorToken(Misbehaviour misbehaviour) {
    LodgedConsent consent = lodge();
    ConsentVisit visit = approved(consent);

    bank.service().misbehave(Operation.FIND, misbehaviour);
    expectLater(visit.redeem());
    bank.service().recover();
    Tokens tokens = visit.tokens();

    bank.service().misbehave(Operation.FIND, misbehaviour);
    expectLater(client.refresh(tokens).send());
    expectLater(client.introspect(tokens.accessToken()).send());
    bank.service().recover();
    assertThat(isActive(tokens)).isTrue();
    client.refresh(tokens).expect();
  }

  static Stream<Arguments> lies() {
    return Stream.of(
        lie("another client", (consent, other) -> consent.set("client_id", other)),
        lie("another user", (consent, other) -> consent.set("subject", other)),
        lie("awaiting", (consent, other) -> consent.status("awaiting_authorisation")),
        lie("rejected", (consent, other) -> consent.status("rejected")),
        lie("revoked", (consent, other) -> consent.status("revoked")),
        lie("consumed", (consent, other) -> consent.status("consumed")),
        lie(
            "over",
            (consent, other) -> consent.set("expires_at", Instant.now().getEpochSecond() - 1)));
  }

  private static Arguments lie(String name, BiConsumer<LodgedConsent, String> change) {
    return Arguments.of(name, change);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("lies")
  @Rejects(by = RULE, value = "CB 3-1")
  void whatTheBankSaysLaterCountsForEachToken(
      String name, BiConsumer<LodgedConsent, String> change) {
    LodgedConsent redeemed = lodge();
    ConsentVisit visit = approved(redeemed);
    LodgedConsent used = lodge();
    Tokens tokens = approved(used).tokens();

    change.accept(redeemed, "another");
    change.accept(used, "another");

    visit.redeem().expectError(400, "invalid_grant");
    client.refresh(tokens).expectError(400, "invalid_grant");
    assertThat(isActive(tokens)).as(name).isFalse();
  }

  @Test
  @Rejects(by = RULE, value = "CB 3-1")
  void aConsentThatTheBankForgetsGivesNothing() {
    LodgedConsent consent = lodge();
    Tokens tokens = approved(consent).tokens();
    bank.service().forget(consent.id());

    client.refresh(tokens).expectError(400, "invalid_grant");
    assertThat(isActive(tokens)).isFalse();
  }

  @Test
  @Rejects(by = "BankRevocation", value = "CB 4-1")
  void aConsentThatHasEndedHereIsOverWhateverTheBankSaysThen() {
    LodgedConsent consent = lodge();
    Tokens tokens = approved(consent).tokens();
    bank.service().ended(consent.id()).send().expectStatus(202);

    assertThat(consent.status()).isEqualTo("authorised");
    client.refresh(tokens).expectError(400, "invalid_grant");
    bank.service().misbehave(Misbehaviour.DEAD);
    client.refresh(tokens).expectError(400, "invalid_grant");
    assertThat(isActive(tokens)).isFalse();
  }

  @Test
  @Rejects(by = RULE, value = "CB 2-1")
  void theAnswerOfOneTabDecidesNothingInAnother() {
    LodgedConsent first = lodge();
    LodgedConsent second = lodge();
    ConsentVisit one = ask(first, client.browser());
    ConsentVisit two = ask(second, one.browser());

    NamedValues fields = new NamedValues().set("accept", "yes");
    for (Element hidden : one.shown().page().select("form input[type=hidden]")) {
      fields.set(hidden.attr("name"), hidden.attr("value"));
    }
    URI place = URI.create(two.shown().page().select("form").first().absUrl("action"));
    one.browser().post(place, fields);

    assertThat(first.status()).isEqualTo(AWAITING);
  }

  @Test
  @Rejects(by = RULE, value = "CB 2-1")
  void twoConsentsInTwoTabsAreNotMixedUp() {
    LodgedConsent first = lodge();
    LodgedConsent second = lodge();
    ConsentVisit one = ask(first, client.browser());
    ConsentVisit two = ask(second, one.browser());

    Tokens ofSecond = two.approve(form -> {}).tokens();
    assertThat(first.status()).isEqualTo(AWAITING);
    Tokens ofFirst = one.approve(form -> {}).tokens();

    assertThat(ofFirst.accessClaims()).containsEntry("consent_id", first.id());
    assertThat(ofSecond.accessClaims()).containsEntry("consent_id", second.id());
    bank.service().ended(first.id()).send().expectStatus(202);
    client.refresh(ofFirst).expectError("invalid_grant");
    client.refresh(ofSecond).expect();
  }

  @Test
  @Rejects(by = RULE, value = "CB 1-1")
  void aClientCannotExchangeTheConsentAfterItWasChecked() {
    LodgedConsent checked = lodge();
    LodgedConsent wanted = lodge();
    ConsentVisit visit =
        ConsentVisit.ask(
                bank.realm(),
                client,
                client.browser(),
                par -> par.with("scope", "openid consent:" + checked.id()))
            .seesPage();

    Tokens tokens =
        visit
            .approve(
                form ->
                    form.add("consent_id", wanted.id())
                        .add("scope", "openid consent:" + wanted.id()))
            .tokens();

    assertThat(tokens.accessClaims()).containsEntry("consent_id", checked.id());
    assertThat(wanted.status()).isEqualTo(AWAITING);
    client.refresh(tokens).with("scope", "consent:" + wanted.id()).expectError("invalid_scope");
    client
        .refresh(tokens)
        .with("consent_id", wanted.id())
        .send()
        .expectStatus(200); // not a parameter of this request
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"consent:%s", "roles consent:%s", "consent:%s consent:%s", "consent:", "consent"})
  void aClientGetsNoTokenOfItsOwnForAConsent(String scope) {
    LodgedConsent consent = lodge();
    approved(consent).tokens();

    HttpExchange answer =
        client.clientCredentials().with("scope", scope.replace("%s", consent.id())).send();

    assertThat(answer.status()).as(answer.toString()).isBetween(200, 400);
    if (answer.status() == 200) {
      assertThat(Tokens.of(answer).accessClaims()).doesNotContainKey("consent_id");
      assertThat(Tokens.of(answer).scope()).doesNotContain(consent.id());
    }
  }

  @Test
  void anotherClientLearnsNothingAboutAToken() {
    Tokens tokens = approved(lodge()).tokens();
    FapiClient stranger = TestClient.in(bank.realm()).register();

    assertThat(stranger.introspect(tokens.accessToken()).expect().toString())
        .doesNotContain("consent");
    stranger.refresh(tokens).expectError("invalid_grant");
  }

  @Test
  void idsThatDifferInCaseAreDifferentConsents() {
    String id = "Urn:Bank:" + System.nanoTime();
    LodgedConsent one = bank.service().lodge(ConsentDraft.of(client.clientId()).id(id));
    LodgedConsent other =
        bank.service().lodge(ConsentDraft.of(client.clientId()).id(id.toLowerCase(Locale.ROOT)));
    Tokens ofOne = approved(one).tokens();
    Tokens ofOther = approved(other).tokens();

    bank.service().ended(other.id()).send().expectStatus(202);

    client.refresh(ofOther).expectError("invalid_grant");
    client.refresh(ofOne).expect();
  }

  @Test
  @Rejects(by = RULE, value = "CB 3-1")
  void tokensDoNotOutliveAConsentThatEndsSoon() {
    LodgedConsent consent =
        bank.service().lodge(ConsentDraft.of(client.clientId()).expires(Duration.ofSeconds(6)));
    Tokens tokens = approved(consent).tokens();
    assertThat(tokens.exchange().json().path("expires_in").asInt()).isLessThanOrEqualTo(6);

    LockSupport.parkNanos(Duration.ofSeconds(7).toNanos());

    client.refresh(tokens).expectError("invalid_grant");
    assertThat(isActive(tokens)).isFalse();
  }

  @Test
  @Rejects(by = RULE, value = "CB 1-3")
  void anAuthorisedConsentIsNotAuthorisedAgain() {
    LodgedConsent consent = lodge();
    Tokens tokens = approved(consent).tokens();

    client
        .par()
        .with("scope", "openid consent:" + consent.id())
        .expectError(400, "invalid_request");

    client.refresh(tokens).expect();
  }

  @Test
  @Rejects(by = RULE, value = "CB 3-1")
  void aUserWhoCanNoLongerLogInGivesNoTokens() {
    Tokens tokens = approved(lodge()).tokens();
    enable(false);
    try {
      client.refresh(tokens).expectError("invalid_grant");
      assertThat(isActive(tokens)).isFalse();
    } finally {
      enable(true);
    }
  }

  private static void enable(boolean enabled) {
    String path = "/" + bank.realm().name() + "/users/" + bank.subject();
    ObjectNode user = (ObjectNode) bank.realm().admin().get(path);
    bank.realm().admin().send("PUT", path, user.put("enabled", enabled));
  }
}
