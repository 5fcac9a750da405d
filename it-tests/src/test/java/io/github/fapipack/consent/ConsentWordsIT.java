package io.github.fapipack.consent;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.Tokens;
import io.github.fapipack.it.samples.SampleUser;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the consent page says is what happens: the button, the end, the accounts. */
class ConsentWordsIT {
  private static final String OWN = SampleUser.ACCOUNTS.get(0);

  @FapiRealm("fapi2-security-profile")
  private static TestRealm realm;

  private static FapiClient client;

  @BeforeAll
  static void registerClient() {
    setUser(
        SampleUser.ACCOUNTS,
        List.of(OWN + "=Household", SampleUser.ACCOUNTS.get(1) + "=<b>Savings</b>", "X=Y"));
    client =
        TestClient.in(realm)
            .altering(registration -> registration.put("name", "Acorn Budget Planner"))
            .attribute("policyUri", "https://acorn.example/privacy")
            .attribute("tosUri", "https://legal.acorn.example/terms")
            .register();
  }

  private static void setUser(List<String> accounts, List<String> names) {
    String users = "/" + realm.name() + "/users";
    ObjectNode user =
        (ObjectNode) realm.admin().get(users + "?exact=true&username=" + TestRealm.USERNAME).get(0);
    accounts.forEach(user.withObject("/attributes").putArray("accounts")::add);
    names.forEach(user.withObject("/attributes").putArray("accountNames")::add);
    realm.admin().send("PUT", users + "/" + user.path("id").asText(), user);
  }

  private static ObjectNode now() {
    return ConsentVisit.payment().without("requestedExecutionDate");
  }

  private static String button(ConsentVisit visit) {
    return visit.shown().page().select("[name=accept]").text().replace('\u00A0', ' ');
  }

  @Test
  void theButtonSaysWhatHappens() {
    assertThat(button(ConsentVisit.ask(realm, client, now()).seesPage()))
        .isEqualTo("Pay €1,234.50");
    assertThat(button(ConsentVisit.ask(realm, client, ConsentVisit.accounts()).seesPage()))
        .isEqualTo("Share the accounts you choose");
    assertThat(button(ConsentVisit.ask(realm, client, ConsentVisit.record()).seesPage()))
        .isEqualTo("Approve");
    assertThat(button(ConsentVisit.ask(realm, client, now(), now()).seesPage()))
        .isEqualTo("Approve");
  }

  @Test
  void theOnlyAccountIsTaken() {
    try (TestRealm single = TestRealm.create("fapi2-security-profile")) {
      String users = "/" + single.name() + "/users";
      ObjectNode user =
          (ObjectNode)
              single.admin().get(users + "?exact=true&username=" + TestRealm.USERNAME).get(0);
      user.withObject("/attributes").putArray("accounts").add(OWN);
      single.admin().send("PUT", users + "/" + user.path("id").asText(), user);
      FapiClient asking = TestClient.in(single).register();

      ConsentVisit visit = ConsentVisit.ask(single, asking, ConsentVisit.accounts()).seesPage();

      assertThat(visit.shown().page().select("[type=checkbox], [type=radio]")).isEmpty();
      assertThat(visit.words()).contains("DE75 5121 0800 1245 1261 99");
      assertThat(button(visit)).isEqualTo("Share 1 account");
      assertThat(visit.approve().granted().at("/0/accounts").toString())
          .isEqualTo("[\"" + OWN + "\"]");
    }
  }

  /** No lifetime is asked for, and the one of the server is what the page says. */
  @Test
  void aPaymentHappensOnce() {
    ConsentVisit visit =
        ConsentVisit.ask(
                realm,
                client,
                client.browser(),
                par ->
                    par.with("authorization_details", ConsentVisit.list(now()))
                        .with("grant_management_action", "create"))
            .seesPage();
    assertThat(visit.words())
        .contains("This happens once.")
        .doesNotContain("90 days", "withdraw", "How long");
    Tokens tokens = visit.approve().tokens();

    Instant end = Instant.ofEpochSecond(expiry(tokens));
    assertThat(end).isBetween(Instant.now(), Instant.now().plus(Duration.ofDays(1)));
    assertThat(visit.browser().open(URI.create(realm.issuer() + "/fapi-grants")).words())
        .contains("(once only)");
  }

  @Test
  void aPaymentOfALaterDayMayWaitForIt() {
    LocalDate day = LocalDate.now(ZoneOffset.UTC).plusDays(20);
    ObjectNode later = now().put("requestedExecutionDate", day.toString());
    ConsentVisit visit =
        ConsentVisit.ask(
                realm,
                client,
                client.browser(),
                par ->
                    par.with("authorization_details", ConsentVisit.list(later))
                        .with("grant_management_action", "create"))
            .seesPage();

    Instant end = Instant.ofEpochSecond(expiry(visit.approve().tokens()));

    assertThat(end)
        .isBetween(
            Instant.now().plus(Duration.ofDays(19)), Instant.now().plus(Duration.ofDays(21)));
  }

  private static long expiry(Tokens tokens) {
    JsonNode grants =
        realm
            .admin()
            .get("/" + realm.name() + "/fapi/grants?client=" + client.clientId())
            .path("grants");
    String id = tokens.exchange().json().path("grant_id").asText();
    for (JsonNode grant : grants) {
      if (grant.path("id").asText().equals(id)) {
        return grant.path("expiresAt").asLong();
      }
    }
    throw new AssertionError("no grant " + id + " in " + grants);
  }

  /** If the objects end earlier than the lifetime, the page shows only that day. */
  @Test
  void thereIsOneEnd() {
    LocalDate day = LocalDate.now(ZoneOffset.UTC).plusDays(10);
    ObjectNode brief = ConsentVisit.accounts().put("validTo", day.toString());
    ConsentVisit visit = ConsentVisit.ask(realm, client, brief).seesPage();
    Document page = visit.shown().page().clone();
    page.select("details").remove();

    assertThat(page.text().split("Until ", -1)).hasSize(2);
    assertThat(page.text()).doesNotContain("90 days");
  }

  @Test
  void accountsHaveTheNamesThatSheGaveThem() {
    ConsentVisit visit = ConsentVisit.ask(realm, client, now()).seesPage();
    Document page = visit.shown().page();

    assertThat(page.select(".fapi-account-name").eachText())
        .containsExactly("Household", "<b>Savings</b>");
    assertThat(page.select("b")).isEmpty();
    JsonNode granted = visit.approve(form -> form.set("choice-0", OWN)).granted();
    assertThat(granted.at("/0/debtorAccount/iban").asText()).isEqualTo(OWN);
    assertThat(granted.toString()).doesNotContain("Household");
  }

  @Test
  void theHostOfPolicyAndTermsIsSeen() {
    Document page = ConsentVisit.ask(realm, client, now()).seesPage().shown().page();

    assertThat(page.select(".fapi-who .fapi-links a").eachText())
        .containsExactly(
            "Privacy policy (acorn.example) (opens in a new tab)",
            "Terms of service (legal.acorn.example) (opens in a new tab)");
  }

  /** Account numbers have no others. */
  @Test
  void digitsAreOfOneKindInArabic() {
    try (PageVisitor visitor = PageVisitor.of(realm, "ar", 390, 844, ColorScheme.LIGHT)) {
      visitor.ask(client, ConsentVisit.list(ConsentVisit.payment()));

      String words = visitor.page().locator("main").innerText();

      assertThat(words).contains("1,234.50", "2030").doesNotContainPattern("[\u0660-\u0669]");
    }
  }

  /** Look at the pictures in it-tests/target/screenshots. */
  @ParameterizedTest
  @CsvSource({
    "en,1280,900,LIGHT",
    "en,390,844,DARK",
    "ar,390,844,LIGHT",
    "ar,1280,900,DARK",
    "de,390,844,LIGHT"
  })
  void keepsPicturesAndHasNoBarriers(String language, int width, int height, ColorScheme colours) {
    String suffix = language + "-" + width + (colours == ColorScheme.DARK ? "-dark" : "");
    try (PageVisitor visitor = PageVisitor.of(realm, language, width, height, colours)) {
      Page page = visitor.page();
      visitor.ask(client, ConsentVisit.list(now()));
      visitor.picture("consent-once-" + suffix);
      assertThat(visitor.barriers()).isEmpty();
      page.locator("[name=accept]").click();
      assertThat(page.locator("#fapi-problem-choice-0")).isVisible();
      assertThat(page.locator("[name=choice-0]").first()).isFocused();
      visitor.picture("consent-problem-" + suffix);
      assertThat(visitor.barriers()).isEmpty();
      assertThat(visitor.complaints()).isEmpty();
    }
  }
}
