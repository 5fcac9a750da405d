package io.github.fapipack.consent;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.fapipack.it.browser.FrontChannelAnswer;
import io.github.fapipack.it.browser.LoginPage;
import io.github.fapipack.it.client.Tokens;
import io.github.fapipack.it.consent.ConsentDraft;
import io.github.fapipack.it.consent.LodgedConsent;
import io.github.fapipack.it.consent.Misbehaviour;
import io.github.fapipack.it.consent.Operation;
import java.net.URI;
import java.util.List;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The consent page for a consent that the bank holds, and what the bank is told. */
class BankConsentIT {
  private static BankVisits bank;

  @BeforeAll
  static void start() {
    bank = BankVisits.start();
  }

  @AfterAll
  static void stop() {
    bank.close();
  }

  @AfterEach
  void recover() {
    bank.service().recover();
  }

  @Test
  void showsWhatTheBankSaysAndTellsItWhatTheUserChose() {
    LodgedConsent consent =
        bank.lodge(ConsentDraft.forAccounts(bank.client().clientId()).fact("Payee", "Bob"));

    ConsentVisit visit = bank.ask(consent).seesPage();

    assertThat(visit.words())
        .contains("See all accounts in one place")
        .contains("Names and numbers of your accounts", "Balances of your accounts")
        .contains("Payee", "Bob")
        .contains("Current account", "DE02 1001 0010 9307 1186 03", "€1,234.50")
        .contains("Savings account", "€98,765.43");
    assertThat(visit.shown().page().select("[checked], [name=lifetime]")).isEmpty();

    Tokens tokens = visit.approve(form -> form.add("account", "savings")).tokens();

    assertThat(consent.status()).isEqualTo("authorised");
    assertThat(consent.subject()).hasValue(bank.subject());
    assertThat(consent.chosen()).containsExactly("savings");
    assertThat(consent.authorisation().path("authorization_id").asText()).isNotBlank();
    assertThat(tokens.accessClaims().get("consent_id")).isEqualTo(consent.id());
  }

  @Test
  void asksTheBankWithCertificateAndJwt() {
    LodgedConsent consent = bank.lodge();
    bank.ask(consent).seesPage();

    assertThat(bank.service().calls(Operation.FIND, consent.id()))
        .isNotEmpty()
        .allSatisfy(
            call -> {
              assertThat(call.certificate())
                  .hasValueSatisfying(s -> assertThat(s).contains("bank.example"));
              assertThat(call.claims()).containsEntry("iss", bank.realm().issuer().toString());
              assertThat(call.status()).isEqualTo(200);
            })
        .anySatisfy(call -> assertThat(call.subject()).hasValue(bank.subject()));
  }

  @Test
  void asksAlsoInASingleSignOnSession() {
    LodgedConsent first = bank.lodge();
    ConsentVisit visit = bank.ask(first).seesPage();
    visit.approve(form -> form.add("account", "current")).tokens();
    LodgedConsent second = bank.lodge();

    bank.ask(second, visit.browser()).seesPage().approve(form -> form.add("account", "savings"));

    assertThat(second.chosen()).containsExactly("savings");
    assertThat(first.chosen()).containsExactly("current");
  }

  @Test
  void takesSeveralAccountsButNotNone() {
    LodgedConsent consent = bank.lodge();
    ConsentVisit visit = bank.ask(consent).seesPage();

    visit.approve(form -> {}).seesPage();
    assertThat(visit.words()).contains("Please choose from what is offered");
    assertThat(consent.status()).isEqualTo("awaiting_authorisation");

    visit.approve(form -> form.add("account", "current").add("account", "savings")).tokens();
    assertThat(consent.chosen()).containsExactlyInAnyOrder("current", "savings");
  }

  @Test
  void keepsTheChoiceWhenTheBankWantsExactlyOne() {
    LodgedConsent consent =
        bank.lodge(ConsentDraft.forAccounts(bank.client().clientId()).with("choose", "one"));
    ConsentVisit visit = bank.ask(consent).seesPage();
    assertThat(visit.shown().page().select("input[type=radio][name=account]")).hasSize(2);

    visit.approve(form -> form.add("account", "current").add("account", "savings")).seesPage();
    assertThat(consent.status()).isEqualTo("awaiting_authorisation");

    visit.approve(form -> form.set("account", "current")).tokens();
    assertThat(consent.chosen()).containsExactly("current");
  }

  @Test
  void showsAccountsWithoutAChoice() {
    LodgedConsent consent =
        bank.lodge(ConsentDraft.forAccounts(bank.client().clientId()).with("choose", null));
    ConsentVisit visit = bank.ask(consent).seesPage();
    assertThat(visit.words()).contains("Savings account");
    assertThat(visit.shown().page().select("[name=account]")).isEmpty();

    visit.approve(form -> form.add("account", "current")).seesPage();
    visit.approve(form -> form.set("account", null)).tokens();

    assertThat(consent.chosen()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"another", "", "CURRENT", "current\n", "current,savings"})
  void takesNoAccountThatWasNotOffered(String id) {
    LodgedConsent consent = bank.lodge();

    bank.ask(consent).seesPage().approve(form -> form.add("account", id)).seesPage();

    assertThat(consent.status()).isEqualTo("awaiting_authorisation");
  }

  @Test
  void aUserWithoutAccountsCanOnlyRefuse() {
    LodgedConsent consent =
        bank.lodge(ConsentDraft.forAccounts(bank.client().clientId()).with("accounts", List.of()));
    ConsentVisit visit = bank.ask(consent).seesPage();

    assertThat(visit.words()).contains("You can only refuse");
    assertThat(visit.shown().page().select("[name=accept]")).isEmpty();
    visit.refuse().expectError("access_denied");
    assertThat(consent.status()).isEqualTo("rejected");
  }

  @Test
  void tellsTheBankThatTheUserRefused() {
    LodgedConsent consent = bank.lodge();

    bank.ask(consent).seesPage().refuse().expectError("access_denied");

    assertThat(consent.status()).isEqualTo("rejected");
    assertThat(bank.service().calls(Operation.REJECT, consent.id()))
        .singleElement()
        .satisfies(
            call -> assertThat(call.body().path("subject").asText()).isEqualTo(bank.subject()));
  }

  @Test
  void showsTextOfTheBankAsTextOnly() {
    LodgedConsent consent =
        bank.lodge(
            ConsentDraft.of(bank.client().clientId())
                .purpose("en", "<script>alert(1)</script>${msg(\"doLogIn\")}\u202Egnp.exe")
                .permission("X", "<b id=evil>bold</b> {0} '")
                .fact("<i id=evil>name", "\"><img src=x>")
                .account("a\"><b id=evil>", "<b id=evil>Name", "<u id=evil>", "12", "\"><b>")
                .account("b", "Other", "1", "1e9", "EUR")
                .with("choose", "many"));

    ConsentVisit visit = bank.ask(consent).seesPage();

    Document page = visit.shown().page();
    assertThat(page.select("#evil, script, img[src=x]")).isEmpty();
    assertThat(visit.words())
        .contains("<script>alert(1)</script>${msg(\"doLogIn\")}‹U+202E›gnp.exe")
        .contains("<b id=evil>bold</b> {0} '", "<i id=evil>name", "\"><img src=x>");
    visit.approve(form -> form.add("account", "a\"><b id=evil>")).tokens();
    assertThat(consent.chosen()).containsExactly("a\"><b id=evil>");
  }

  @Test
  void showsAnotherLanguageOfTheUser() {
    LodgedConsent consent =
        bank.lodge(
            ConsentDraft.of(bank.client().clientId())
                .purpose("en", "Budget")
                .purpose("pt-BR", "Orçamento")
                .purpose("ar", "الميزانية"));
    LoginPage browser = bank.client().browser();

    ConsentVisit portuguese =
        ConsentVisit.ask(
            bank.realm(),
            bank.client(),
            browser,
            par -> par.with("scope", "openid consent:" + consent.id()).with("ui_locales", "pt-BR"));
    assertThat(portuguese.words()).contains("Orçamento").doesNotContain("Budget");
    assertThat(portuguese.shown().page().select("bdi[lang=pt-BR]").text()).isEqualTo("Orçamento");

    ConsentVisit arabic =
        ConsentVisit.ask(
            bank.realm(),
            bank.client(),
            bank.client().browser(),
            par -> par.with("scope", "openid consent:" + consent.id()).with("ui_locales", "ar"));
    assertThat(arabic.words()).contains("الميزانية", "الغرض");
    assertThat(arabic.shown().page().select("html").attr("dir")).isEqualTo("rtl");
  }

  @Test
  void showsLongLists() {
    ConsentDraft draft = ConsentDraft.of(bank.client().clientId()).with("choose", "many");
    for (int i = 0; i < 200; i++) {
      draft.permission("P", "Right " + i);
    }
    for (int i = 0; i < 500; i++) {
      draft.account("a" + i, "Account " + i, "DE", "1", "EUR");
    }
    LodgedConsent consent = bank.lodge(draft);

    ConsentVisit visit = bank.ask(consent).seesPage();
    assertThat(visit.words()).contains("Right 199", "Account 499");
    visit
        .approve(
            form -> {
              for (int i = 0; i < 500; i++) {
                form.add("account", "a" + i);
              }
            })
        .tokens();

    assertThat(consent.chosen()).hasSize(500);
  }

  @Test
  void theGrantLastsAsLongAsTheConsent() {
    LodgedConsent consent = bank.lodge();
    bank.ask(consent).seesPage().approve(form -> form.add("account", "current")).tokens();
    LodgedConsent endless = bank.lodge(ConsentDraft.of(bank.client().clientId()));
    ConsentVisit visit = bank.ask(endless).seesPage();

    assertThat(visit.words()).contains("Until you withdraw it");
    visit.approve(form -> {}).tokens();
  }

  @Test
  void thePageOfGrantsShowsTheConsent() {
    LodgedConsent consent = bank.lodge();
    ConsentVisit visit = bank.ask(consent).seesPage();
    visit.approve(form -> form.add("account", "savings")).tokens();
    URI page = URI.create(bank.realm().issuer() + "/fapi-grants");

    assertThat(card(visit.browser().open(page), consent))
        .contains(consent.id(), "Balances of your accounts", "Savings account")
        .doesNotContain("Current account");

    bank.service().misbehave(Misbehaviour.DEAD);
    assertThat(card(visit.browser().open(page), consent))
        .contains(consent.id(), "cannot be shown", "Withdraw")
        .doesNotContain("Savings account");
  }

  private static String card(FrontChannelAnswer shown, LodgedConsent consent) {
    return shown.page().select(".fapi-card:contains(" + consent.id() + ")").text();
  }
}
