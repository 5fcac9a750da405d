package io.github.fapipack.consent;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.fapipack.it.browser.LoginPage;
import io.github.fapipack.it.consent.ConsentDraft;
import io.github.fapipack.it.consent.LodgedConsent;
import io.github.fapipack.it.consent.Misbehaviour;
import io.github.fapipack.it.consent.Operation;
import io.github.fapipack.it.samples.SampleUser;
import io.github.fapipack.it.testing.TestRealm;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The consent page if the bank does not answer, or its consent is not the user's to authorise. */
class BankConsentFaultsIT {
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

  @ParameterizedTest
  @EnumSource(
      value = Misbehaviour.class,
      names = {"DEAD", "ERROR"})
  void theUserCanRefuseEvenIfTheBankIsNotThere(Misbehaviour misbehaviour) {
    LodgedConsent consent = bank.lodge();
    ConsentVisit visit = bank.ask(consent).seesPage();
    bank.service().misbehave(misbehaviour);

    visit.refuse().expectError("access_denied");
  }

  @ParameterizedTest
  @EnumSource(Misbehaviour.class)
  void theClientTriesAgainLaterIfTheBankFailsWhenTheUserApproves(Misbehaviour misbehaviour) {
    LodgedConsent consent = bank.lodge();
    ConsentVisit visit = bank.ask(consent).seesPage();
    bank.service().misbehave(Operation.AUTHORISE, misbehaviour);

    visit.approve(form -> form.add("account", "current")).expectError("temporarily_unavailable");

    assertThat(visit.shown().parameter("code")).isNull();
  }

  @ParameterizedTest
  @EnumSource(Misbehaviour.class)
  void theClientTriesAgainLaterIfTheBankFailsBeforeThePage(Misbehaviour misbehaviour) {
    LodgedConsent consent = bank.lodge();
    LoginPage browser = bank.client().browser();
    var pushed = bank.client().par().with("scope", "openid consent:" + consent.id()).expect();
    var login = browser.open(bank.client().visit(pushed).address());
    bank.service().misbehave(Operation.FIND, misbehaviour);

    var answer = browser.logIn(login, TestRealm.USERNAME, bank.realm().password());

    answer.expectError("temporarily_unavailable");
    assertThat(answer.parameter("iss")).isEqualTo(bank.realm().issuer().toString());
  }

  @Test
  void aConsentThatEndsMeanwhileGivesNothing() {
    for (String status : List.of("rejected", "revoked", "expired", "consumed", "authorised")) {
      LodgedConsent consent = bank.lodge();
      ConsentVisit visit = bank.ask(consent).seesPage();
      consent.status(status);

      visit.approve(form -> form.add("account", "current")).expectError("access_denied");
    }
  }

  @Test
  void aConsentThatEndsInTheLastMomentGivesNothing() {
    LodgedConsent consent = bank.lodge();
    ConsentVisit visit = bank.ask(consent).seesPage();
    bank.service().before(Operation.AUTHORISE, () -> consent.status("revoked"));

    visit.approve(form -> form.add("account", "current")).expectError("access_denied");
  }

  @Test
  void aConsentOfAnotherUserIsNotShown() {
    LodgedConsent consent = bank.lodge();
    String other = "bob" + System.nanoTime();
    String path = "/" + bank.realm().name() + "/users?exact=true&username=" + other;
    bank.realm()
        .admin()
        .createUser(bank.realm().name(), SampleUser.json(other, bank.realm().password()));
    consent.set("subject", bank.realm().admin().get(path).get(0).path("id").asText());

    ConsentVisit visit = bank.ask(consent).expectError("access_denied");

    assertThat(visit.words()).doesNotContain("Savings account");
  }

  @Test
  void theSameConsentCountsOnceInTwoTabs() {
    LodgedConsent consent = bank.lodge();
    ConsentVisit first = bank.ask(consent).seesPage();
    ConsentVisit second = bank.ask(consent, first.browser()).seesPage();

    first.approve(form -> form.add("account", "current")).tokens();
    second.approve(form -> form.add("account", "savings")).expectError("access_denied");

    assertThat(consent.chosen()).containsExactly("current");
  }

  @Test
  void aServiceThatIsSlowDelaysThePageOfGrantsOnce() {
    LoginPage browser = bank.client().browser();
    for (int i = 0; i < 4; i++) {
      bank.ask(bank.lodge(ConsentDraft.of(bank.client().clientId())), browser)
          .approve(form -> {})
          .tokens();
    }
    bank.service().misbehave(Misbehaviour.SLOW);
    Instant start = Instant.now();

    browser.open(URI.create(bank.realm().issuer() + "/fapi-grants"));

    assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(9));
  }

  @Test
  void aUserWhomTheBankDoesNotKnowCanHaveNoConsent() {
    bank.realm().setAttribute("fapi.consent-service.subject", "attribute:customer");
    try {
      LodgedConsent consent = bank.lodge();

      bank.ask(consent).expectError("access_denied");

      assertThat(consent.status()).isEqualTo("awaiting_authorisation");
    } finally {
      bank.realm().setAttribute("fapi.consent-service.subject", "id");
    }
  }
}
