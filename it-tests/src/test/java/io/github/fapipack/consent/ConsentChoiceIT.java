package io.github.fapipack.consent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.browser.FrontChannelAnswer;
import io.github.fapipack.it.browser.LoginPage;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.http.NamedValues;
import io.github.fapipack.it.samples.SampleUser;
import io.github.fapipack.it.testing.ServerLogOnFailure;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import java.util.List;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The user can choose what is offered, and nothing else. */
@ExtendWith(ServerLogOnFailure.class)
class ConsentChoiceIT {
  private static final String OWN = SampleUser.ACCOUNTS.get(1);

  private static TestRealm realm;
  private static FapiClient client;

  @BeforeAll
  static void importRealm() {
    realm = ConsentVisit.realmWith("fapi.grant-lifetimes", "P30D P90D P1Y");
    client = TestClient.in(realm).register();
  }

  @AfterAll
  static void deleteRealm() {
    realm.close();
  }

  private static ConsentVisit askForBoth() {
    return ConsentVisit.ask(realm, client, ConsentVisit.accounts(), ConsentVisit.record())
        .seesPage();
  }

  @Test
  @Accepts(by = "Choice", value = "RFC9396 7.1-1")
  @Accepts(by = "ApprovalCheck", value = "RFC9396 7.1-1")
  @Accepts("RFC9396 3.1-1")
  void grantsTheAccountsThatSheChooses() {
    ConsentVisit visit = askForBoth();
    assertThat(visit.shown().page().select("[name=choice-0]").eachAttr("value"))
        .isEqualTo(SampleUser.ACCOUNTS);
    assertThat(visit.shown().page().select("[name=choice-0][checked]")).isEmpty();

    JsonNode granted = visit.approve(form -> form.add("choice-0", OWN)).granted();

    assertThat(granted.at("/0/accounts").toString()).isEqualTo("[\"" + OWN + "\"]");
    assertThat(granted.at("/1/type").asText()).isEqualTo("patient_record");
  }

  @Test
  void grantsOnlyTheItemsThatSheApproves() {
    JsonNode granted = askForBoth().approve(form -> form.set("item-0", null)).granted();

    assertThat(granted).hasSize(1);
    assertThat(granted.at("/0/type").asText()).isEqualTo("patient_record");
  }

  @Test
  void takesNothingTickedForAnOversight() {
    ConsentVisit visit =
        askForBoth().approve(form -> form.set("item-0", null).set("item-1", null)).seesPage();

    assertThat(visit.shown().page().select("#fapi-problem-item-0").text()).startsWith("Tick");
    visit.refuse().expectError("access_denied");
  }

  @Test
  void ticksNothingBeforehand() {
    assertThat(askForBoth().shown().page().select("[checked], [selected]")).isEmpty();
  }

  /** Each fault is shown at its field, and the first one has the focus. */
  @Test
  void saysAtTheChoiceWhatIsMissing() {
    ConsentVisit visit =
        askForBoth()
            .send(new NamedValues().set("accept", "yes").set("item-0", "yes").set("item-1", "yes"))
            .seesPage();
    Document page = visit.shown().page();

    assertThat(page.select("#fapi-problem-choice-0").text())
        .isEqualTo("Please choose from what is offered.");
    assertThat(page.select("fieldset[aria-describedby=fapi-problem-choice-0] [name=choice-0]"))
        .hasSize(3);
    assertThat(page.select("[name=choice-0][aria-invalid=true][aria-describedby]")).hasSize(3);
    assertThat(page.select("[autofocus]").eachAttr("name")).containsExactly("choice-0");
    assertThat(page.select("fieldset[aria-invalid=true][aria-describedby=fapi-problem-lifetime]"))
        .hasSize(1);
    assertThat(page.select("[name^=item-][checked]")).hasSize(2);
  }

  @Test
  void givesTheScopesAloneWhenTheseAreAllThatSheApproves() {
    FapiClient asking = TestClient.in(realm).scope("openid email").register();
    String both = ConsentVisit.list(ConsentVisit.accounts(), ConsentVisit.record());

    ConsentVisit visit =
        ConsentVisit.ask(
                realm, asking, asking.browser(), par -> par.with("authorization_details", both))
            .approve(form -> form.set("item-0", null).set("item-1", null));

    assertThat(visit.granted()).isEmpty();
  }

  @Test
  @Rejects(by = "ApprovalCheck", value = "RFC9396 7.1-1")
  void approvesNothingThatWasNotOffered() {
    List<NamedValues> tampered =
        List.of(
            good().set("choice-0", "DE89370400440532013000"),
            good().add("choice-0", "DE89370400440532013000"),
            good().set("choice-0", OWN + " "),
            good().set("choice-0", ""),
            good().set("choice-0", null),
            good().set("accept", null),
            good().set("lifetime", "P99Y"),
            good().set("lifetime", null),
            good().add("lifetime", "P90D"),
            new NamedValues(),
            new NamedValues().set("\u0000", "\uD800").set("accept", "x".repeat(10_000)));
    for (NamedValues fields : tampered) {
      ConsentVisit visit = askForBoth().send(fields).seesPage();

      assertThat(visit.shown().last().status()).isEqualTo(200);
      assertThat(visit.shown().page().select("[role=alert]").text()).isNotBlank();
    }
    JsonNode granted =
        askForBoth()
            .send(
                good()
                    .set("item-7", "yes")
                    .set("choice-1", OWN)
                    .set("authorization_details", "[{\"type\":\"payment_initiation\"}]"))
            .granted();
    assertThat(granted).hasSize(2);
    assertThat(granted.at("/1")).isEqualTo(ConsentVisit.record());
  }

  private static NamedValues good() {
    return new NamedValues()
        .set("accept", "yes")
        .set("item-0", "yes")
        .set("item-1", "yes")
        .set("choice-0", OWN)
        .set("lifetime", "P30D");
  }

  @Test
  void keepsWhatSheHasChosenWhenSomethingIsMissing() {
    ConsentVisit visit =
        askForBoth()
            .approve(form -> form.set("item-1", null).set("lifetime", "P1Y").set("choice-0", null))
            .seesPage();

    assertThat(visit.shown().page().select("[name=item-1][checked]")).isEmpty();
    assertThat(visit.shown().page().select("[name=item-0][checked]")).hasSize(1);
    assertThat(visit.shown().page().select("[name=lifetime][checked]").eachAttr("value"))
        .containsExactly("P1Y");
    assertThat(visit.approve(form -> form.add("choice-0", OWN).set("item-1", null)).granted())
        .hasSize(1);
  }

  @Test
  void paysFromAnAccountOfHersOnly() {
    ConsentVisit visit = ConsentVisit.ask(realm, client, ConsentVisit.payment()).seesPage();
    assertThat(visit.shown().page().select("[type=radio][name=choice-0]")).hasSize(3);
    assertThat(visit.shown().page().select("[name=item-0]")).isEmpty();

    JsonNode granted = visit.approve(form -> form.set("choice-0", OWN)).granted();

    assertThat(granted.at("/0/debtorAccount/iban").asText()).isEqualTo(OWN);
  }

  @Test
  void offersAmongTheAccountsThatTheClientNames() {
    ObjectNode named = ConsentVisit.payment();
    named.putObject("debtorAccount").put("iban", OWN);
    ConsentVisit visit = ConsentVisit.ask(realm, client, named).seesPage();
    assertThat(visit.shown().page().select("[name=choice-0][type=hidden]").eachAttr("value"))
        .containsExactly(OWN);
    assertThat(visit.words()).contains("It is the only one to choose from here");

    ObjectNode foreign = ConsentVisit.payment();
    foreign.putObject("debtorAccount").put("iban", "DE89370400440532013000");
    ConsentVisit impossible = ConsentVisit.ask(realm, client, foreign).seesPage();
    assertThat(impossible.shown().page().select("[name=accept]")).isEmpty();
    assertThat(impossible.words()).contains("cannot be approved");
    impossible.send(new NamedValues().set("accept", "yes").set("lifetime", "P30D")).seesPage();
    impossible.refuse().expectError("access_denied");
  }

  @Test
  @Rejects(by = "Choice", value = "RFC9396 7.1-1")
  void givesNothingThatSheHasNoMoreWhenTheTokensAreMade() {
    try (TestRealm own = TestRealm.create("fapi2-security-profile")) {
      ConsentVisit visit =
          ConsentVisit.ask(own, TestClient.in(own).register(), ConsentVisit.payment())
              .approve(form -> form.set("choice-0", OWN));
      String users = "/" + own.name() + "/users";
      ObjectNode user =
          (ObjectNode) own.admin().get(users + "?exact=true&username=" + TestRealm.USERNAME).get(0);
      user.withObject("/attributes").putArray("accounts").add("DE00");
      own.admin().send("PUT", users + "/" + user.path("id").asText(), user);

      assertThat(visit.granted()).isEmpty();
    }
  }

  /** Each has its own request, and in each the first answer counts. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void keepsTwoTabsApart(boolean loggedInBefore) {
    LoginPage browser = client.browser();
    if (loggedInBefore) {
      ConsentVisit.ask(realm, client, browser, par -> par).approve();
    }
    ConsentVisit one = ask(browser, ConsentVisit.payment());
    ConsentVisit other = ask(browser, small());
    other.approve(form -> form.set("choice-0", OWN));
    assertThat(other.granted().at("/0/instructedAmount/amount").asText()).isEqualTo("1.00");

    one.approve(form -> form.set("choice-0", SampleUser.ACCOUNTS.get(0)));
    JsonNode granted = one.granted();
    assertThat(granted.at("/0/instructedAmount/amount").asText()).isEqualTo("1234.50");
    assertThat(granted.at("/0/debtorAccount/iban").asText()).isEqualTo(SampleUser.ACCOUNTS.get(0));
  }

  private static ObjectNode small() {
    ObjectNode small = ConsentVisit.payment();
    small.withObject("/instructedAmount").put("amount", "1.00");
    return small;
  }

  private static ConsentVisit ask(LoginPage browser, ObjectNode detail) {
    return ConsentVisit.ask(
            realm,
            client,
            browser,
            par -> par.with("authorization_details", ConsentVisit.list(detail)))
        .seesPage();
  }

  @Test
  void isAnsweredOnce() {
    ConsentVisit visit = ConsentVisit.ask(realm, client, ConsentVisit.payment()).seesPage();
    FrontChannelAnswer page = visit.shown();
    visit.approve(form -> form.set("choice-0", OWN));
    assertThat(visit.shown().parameter("code")).isNotNull();

    FrontChannelAnswer again =
        visit.browser().answer(page, new NamedValues().set("accept", "yes").set("choice-0", OWN));

    assertThat(again.last().status()).isLessThan(500);
    assertThat(again.parameter("code")).isNull();
  }
}
