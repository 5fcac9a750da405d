package io.github.fapipack.consent;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.RequestOptions;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The way from the account console to the page of grants, and how it looks. */
class GrantsPageViewIT {
  @FapiRealm("fapi2-security-profile")
  private static TestRealm realm;

  private static FapiClient client;

  @BeforeAll
  static void giveGrants() {
    client = client("Acorn Budget Planner");
    FapiClient clinic = client("City Clinic");
    give(client, ConsentVisit.list(ConsentVisit.accounts()));
    give(clinic, ConsentVisit.list(ConsentVisit.record()));
  }

  private static FapiClient client(String name) {
    return TestClient.in(realm).altering(registration -> registration.put("name", name)).register();
  }

  private static void give(FapiClient client, String details) {
    ConsentVisit.ask(
            realm,
            client,
            client.browser(),
            par ->
                par.with("authorization_details", details)
                    .with("grant_management_action", "create"))
        .approve()
        .tokens();
  }

  @ParameterizedTest
  @CsvSource({"en,1280,900,LIGHT", "en,390,844,DARK", "ar,1280,900,LIGHT", "ar,390,844,LIGHT"})
  void keepsPicturesAndHasNoBarriers(String language, int width, int height, ColorScheme colours) {
    String suffix = language + "-" + width + (colours == ColorScheme.DARK ? "-dark" : "");
    try (PageVisitor visitor = PageVisitor.of(realm, language, width, height, colours)) {
      Page page = visitor.page();
      // Not logged in: by way of the account console.
      page.navigate(realm.issuer() + "/fapi-grants");
      visitor.logIn();
      page.waitForURL(realm.issuer() + "/fapi-grants");
      assertThat(page.locator(".fapi-card")).hasCount(2);
      page.locator("details.fapi-more > summary").first().click();
      visitor.picture("grants-" + suffix);
      assertThat(visitor.barriers()).isEmpty();

      page.locator(".fapi-small").first().click();
      visitor.picture("grants-revoke-" + suffix);
      assertThat(visitor.barriers()).isEmpty();
      page.locator("a.fapi-button").click();
      assertThat(page.locator(".fapi-card")).hasCount(2);
    }
  }

  @Test
  void isReachedFromTheMenuOfTheAccountConsole() {
    try (PageVisitor visitor = PageVisitor.of(realm, "en", 1280, 900, ColorScheme.LIGHT)) {
      Page page = visitor.page();
      page.navigate(realm.issuer() + "/account");
      visitor.logIn();
      assertThat(page.getByText("Personal info").first()).isVisible();
      visitor.picture("account-console");
      page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Permissions given"))
          .click();

      page.waitForURL(realm.issuer() + "/fapi-grants");
      assertThat(page.locator("h1")).hasText("Permissions given");
    }
  }

  @Test
  void endsAGrantByTwoClicksAndNotFromElsewhere() {
    FapiClient doomed = client("Doomed");
    give(doomed, ConsentVisit.list(ConsentVisit.payment()));
    try (PageVisitor visitor = PageVisitor.of(realm, "en", 1280, 900, ColorScheme.LIGHT)) {
      Page page = visitor.page();
      page.navigate(realm.issuer() + "/fapi-grants");
      visitor.logIn();
      page.waitForURL(realm.issuer() + "/fapi-grants");
      page.getByRole(
              AriaRole.LINK, new Page.GetByRoleOptions().setName(Pattern.compile("of .*Doomed")))
          .click();
      String secret = page.locator("[name=stateChecker]").getAttribute("value");
      String forged =
          page.request()
              .post(
                  page.url(),
                  RequestOptions.create()
                      .setHeader("Origin", "https://evil.example")
                      .setHeader("Content-Type", "application/x-www-form-urlencoded")
                      .setData("stateChecker=" + secret))
              .text();
      assertThat(forged).contains("Nothing has been changed");
      page.navigate(realm.issuer() + "/fapi-grants");
      assertThat(page.locator(".fapi-card")).hasCount(3);

      page.getByRole(
              AriaRole.LINK, new Page.GetByRoleOptions().setName(Pattern.compile("of .*Doomed")))
          .click();
      page.locator("button.fapi-primary").click();
      assertThat(page.locator("[role=status]")).hasText("The permission has been withdrawn.");
      assertThat(page.locator(".fapi-card")).hasCount(2);
      assertThat(visitor.complaints()).isEmpty();
    }
  }
}
