package io.github.fapipack.consent;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.fapipack.it.browser.FrontChannelAnswer;
import io.github.fapipack.it.browser.LoginPage;
import io.github.fapipack.it.client.Authorized;
import io.github.fapipack.it.client.ClientKeys;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.Pushed;
import io.github.fapipack.it.consent.ConsentDraft;
import io.github.fapipack.it.consent.LodgedConsent;
import io.github.fapipack.it.consent.Misbehaviour;
import io.github.fapipack.it.consent.Operation;
import io.github.fapipack.it.consent.PageAnswer;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.http.HttpTransport;
import io.github.fapipack.it.http.NamedValues;
import io.github.fapipack.it.samples.SampleClients;
import io.github.fapipack.it.testing.BankRealm;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The bank's own consent page: out and back, signed both ways. */
class BankPageIT {
  private static BankRealm bank;
  private static FapiClient client;

  @BeforeAll
  static void start() {
    bank = BankRealm.withPage("fapi2-security-profile", BankRealm.BY_SCOPE);
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

  /** A browser that is at the bank's page. */
  private record AtBank(
      LodgedConsent consent, LoginPage browser, Pushed pushed, Map<String, Object> question) {

    static AtBank ask(LodgedConsent consent, LoginPage browser) {
      Pushed pushed = client.par().with("scope", "openid consent:" + consent.id()).expect();
      FrontChannelAnswer shown = browser.open(client.visit(pushed).address());
      if (LoginPage.asksForPassword(shown)) {
        shown = browser.logIn(shown, TestRealm.USERNAME, bank.realm().password());
      }
      assertThat(shown.redirected()).as(shown.toString()).isTrue();
      assertThat(shown.target()).asString().startsWith(bank.service().address() + "/page?");
      return new AtBank(consent, browser, pushed, bank.service().question(shown.target()));
    }

    PageAnswer answer() {
      return bank.service().answer(question);
    }

    FrontChannelAnswer back(PageAnswer answer) {
      return browser.open(answer.address());
    }
  }

  private static AtBank ask() {
    return AtBank.ask(
        bank.service().lodge(ConsentDraft.forAccounts(client.clientId())), client.browser());
  }

  private static FrontChannelAnswer approved(AtBank visit) {
    visit.consent().authorise(bank.subject(), List.of("savings"));
    return visit.back(visit.answer());
  }

  @Test
  void sendsTheBrowserOutWithASignedQuestion() {
    AtBank visit = ask();

    assertThat(visit.question())
        .containsEntry("iss", bank.realm().issuer().toString())
        .containsEntry("aud", List.of(bank.service().address().toString()))
        .containsEntry("consent_id", visit.consent().id())
        .containsEntry("client_id", client.clientId())
        .containsEntry("sub", bank.subject())
        .containsEntry("locale", "en")
        .containsEntry("scope", "openid")
        .containsKeys("nonce", "jti");
    Instant end = ((Date) visit.question().get("exp")).toInstant();
    assertThat(end).isBetween(Instant.now().plusSeconds(200), Instant.now().plusSeconds(601));
  }

  @Test
  void anApprovalThatTheBankConfirmsGivesACode() {
    AtBank visit = ask();

    FrontChannelAnswer answer = approved(visit);

    assertThat(answer.parameter("code")).as(answer.toString()).isNotNull();
    var tokens =
        client
            .token(
                new Authorized(
                    answer.parameter("code"),
                    visit.pushed().redirectUri(),
                    visit.pushed().codeVerifier(),
                    visit.pushed().nonce(),
                    answer))
            .expect();
    assertThat(tokens.accessClaims().get("consent_id")).isEqualTo(visit.consent().id());
    // The bank knows already.
    assertThat(bank.service().calls(Operation.AUTHORISE, visit.consent().id())).isEmpty();
  }

  @Test
  void aRefusalGivesAccessDenied() {
    AtBank visit = ask();

    visit.back(visit.answer().refused()).expectError("access_denied");
  }

  @Test
  void anApprovalThatTheBankDoesNotConfirmGivesNothing() {
    AtBank waiting = ask();
    waiting.back(waiting.answer()).expectError("access_denied");

    AtBank others = ask();
    others.consent().authorise("somebody-else", List.of("savings"));
    others.back(others.answer()).expectError("access_denied");

    AtBank nobodys = ask();
    nobodys.consent().status("authorised");
    nobodys.back(nobodys.answer()).expectError("access_denied");

    AtBank revoked = ask();
    revoked.consent().authorise(bank.subject(), List.of("savings")).status("revoked");
    revoked.back(revoked.answer()).expectError("access_denied");
  }

  static Stream<Named<UnaryOperator<PageAnswer>>> forgeries() {
    return Stream.of(
        Named.of("another key", answer -> answer.key(ClientKeys.es256())),
        Named.of("no signature", answer -> answer.alg("none")),
        Named.of("the public key as secret", answer -> answer.alg("HS256")),
        Named.of("another type", answer -> answer.typ("JWT")),
        Named.of("the type of the question", answer -> answer.typ("consent-request+jwt")),
        Named.of("another issuer", answer -> answer.claim("iss", "https://evil.example")),
        Named.of("another realm", answer -> answer.claim("aud", "https://localhost/realms/x")),
        Named.of("another nonce", answer -> answer.claim("nonce", "x".repeat(43))),
        Named.of("no nonce", answer -> answer.without("nonce")),
        Named.of("another consent", answer -> answer.claim("consent_id", "urn:bank:1")),
        Named.of("no consent", answer -> answer.without("consent_id")),
        Named.of("no decision", answer -> answer.without("decision")),
        Named.of("a decision that is no text", answer -> answer.claim("decision", List.of("a"))),
        Named.of("an old one", answer -> answer.iat(Duration.ofMinutes(-6))),
        Named.of("one of the future", answer -> answer.iat(Duration.ofMinutes(5))),
        Named.of("an expired one", answer -> answer.exp(Duration.ofSeconds(-1))),
        Named.of("no time", answer -> answer.without("iat")));
  }

  @ParameterizedTest
  @MethodSource("forgeries")
  void anAnswerThatIsNotTheBanksGivesNothing(UnaryOperator<PageAnswer> forgery) {
    AtBank visit = ask();
    visit.consent().authorise(bank.subject(), List.of("savings"));

    visit.back(forgery.apply(visit.answer())).expectError("access_denied");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "a.b.c", "....", "eyJhbGciOiJub25lIn0.."})
  void rubbishGivesNothing(String rubbish) {
    AtBank visit = ask();
    visit.consent().authorise(bank.subject(), List.of("savings"));

    visit.browser().open(visit.answer().address(rubbish)).expectError("access_denied");
  }

  @Test
  void theQuestionItselfIsNoAnswer() {
    AtBank visit = ask();
    visit.consent().authorise(bank.subject(), List.of("savings"));
    FrontChannelAnswer again = visit.browser().open(back(visit));
    String question = NamedValues.parse(again.target().getRawQuery()).get("request").orElseThrow();

    visit.browser().open(visit.answer().address(question)).expectError("access_denied");
  }

  private static URI back(AtBank visit) {
    return URI.create(String.valueOf(visit.question().get("return_uri")));
  }

  @Test
  void anAnswerCountsOnlyInTheBrowserThatWasSentOut() {
    AtBank visit = ask();
    visit.consent().authorise(bank.subject(), List.of("savings"));

    FrontChannelAnswer elsewhere = client.browser().open(visit.answer().address());

    assertThat(elsewhere.redirected()).isFalse();
    assertThat(elsewhere.last().status()).isEqualTo(400);
    assertThat(visit.back(visit.answer()).parameter("code")).isNotNull();
  }

  @Test
  void anAnswerForOneTabIsNoneForAnother() {
    AtBank first = ask();
    AtBank second =
        AtBank.ask(
            bank.service().lodge(ConsentDraft.forAccounts(client.clientId())), first.browser());
    first.consent().authorise(bank.subject(), List.of("savings"));
    second.consent().authorise(bank.subject(), List.of("savings"));

    String answer = first.answer().sign();

    second.browser().open(second.answer().address(answer)).expectError("access_denied");
    assertThat(first.back(first.answer()).parameter("code")).isNotNull();
  }

  @Test
  void anAnswerCountsOnce() {
    AtBank visit = ask();
    visit.consent().authorise(bank.subject(), List.of("savings"));
    URI answer = visit.answer().address();
    assertThat(visit.browser().open(answer).parameter("code")).isNotNull();

    FrontChannelAnswer again = visit.browser().open(answer);

    assertThat(again.parameter("code")).isNull();
    assertThat(again.last().status()).isLessThan(500);
  }

  @Test
  void comingBackWithoutAnAnswerAsksAgain() {
    AtBank visit = ask();

    FrontChannelAnswer again = visit.browser().open(back(visit));

    assertThat(again.target()).asString().startsWith(bank.service().address() + "/page?");
    assertThat(approved(visit).parameter("code")).isNotNull();
  }

  @Test
  void theFormOfThePacksPageApprovesNothing() {
    AtBank visit = ask();

    FrontChannelAnswer posted =
        visit
            .browser()
            .post(back(visit), new NamedValues().set("accept", "yes").set("account", "savings"));

    assertThat(posted.parameter("code")).isNull();
    assertThat(visit.consent().status()).isEqualTo("awaiting_authorisation");
  }

  @Test
  void theClientTriesAgainLaterIfTheServiceIsNotThere() {
    AtBank visit = ask();
    visit.consent().authorise(bank.subject(), List.of("savings"));
    bank.service().misbehave(Operation.FIND, Misbehaviour.ERROR);

    visit.back(visit.answer()).expectError("temporarily_unavailable");
  }

  @Test
  void aConsentOfAnotherUserIsNotEvenAskedAbout() {
    LodgedConsent consent =
        bank.service()
            .lodge(ConsentDraft.forAccounts(client.clientId()).with("subject", "somebody-else"));
    Pushed pushed = client.par().with("scope", "openid consent:" + consent.id()).expect();
    LoginPage browser = client.browser();
    FrontChannelAnswer login = browser.open(client.visit(pushed).address());

    browser.logIn(login, TestRealm.USERNAME, bank.realm().password()).expectError("access_denied");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "authorization_details |"
            + " [{\"type\":\"account_information\",\"actions\":[\"list_accounts\"]}]",
        "grant_management_action | create"
      })
  void nothingElseIsAskedOnThePageOfTheBank(String parameter, String value) {
    LodgedConsent consent = bank.service().lodge(ConsentDraft.forAccounts(client.clientId()));
    Pushed pushed =
        client
            .par()
            .with("scope", "openid consent:" + consent.id())
            .with(parameter, value)
            .expect();
    LoginPage browser = client.browser();
    FrontChannelAnswer login = browser.open(client.visit(pushed).address());

    browser
        .logIn(login, TestRealm.USERNAME, bank.realm().password())
        .expectError("invalid_request");

    assertThat(consent.status()).isEqualTo("awaiting_authorisation");
  }

  @Test
  void peopleCanTryThePageOfTheStandIn() {
    LodgedConsent consent = bank.service().lodge(ConsentDraft.forAccounts(client.clientId()));
    Pushed pushed = client.par().with("scope", "openid consent:" + consent.id()).expect();
    LoginPage browser = client.browser();
    URI page =
        browser
            .openUntilConsent(
                client.visit(pushed).address(), TestRealm.USERNAME, bank.realm().password())
            .target();
    HttpTransport transport =
        new HttpTransport(bank.realm().server().pki().sslContext(null), false);

    HttpExchange shown = transport.send("GET", page, new NamedValues(), "");
    HttpExchange decided =
        transport.send("POST", page, new NamedValues(), "account=savings&approve=yes");

    assertThat(shown.body()).contains("Savings account", "Approve");
    FrontChannelAnswer answer = browser.open(URI.create(decided.header("Location")));
    assertThat(answer.target()).asString().startsWith(SampleClients.REDIRECT_URI);
    assertThat(answer.parameter("code")).isNotNull();
    assertThat(consent.chosen()).containsExactly("savings");
  }
}
