package io.github.fapipack.consent;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.ColorScheme;
import io.github.fapipack.it.browser.FrontChannelAnswer;
import io.github.fapipack.it.browser.LoginPage;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.Pushed;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import java.net.URI;
import java.util.Map;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Error pages for users say what to do, give a reference number for support, and have the details
 * collapsed.
 */
class ErrorPageIT {
  private static final String UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

  @FapiRealm("fapi2-security-profile")
  private static TestRealm realm;

  private static FapiClient client;

  @BeforeAll
  static void registerClient() {
    client =
        TestClient.in(realm)
            .altering(registration -> registration.put("name", "Acorn Budget Planner"))
            .register();
  }

  private static URI auth(String query) {
    return URI.create(realm.issuer() + "/protocol/openid-connect/auth?" + query);
  }

  private static FrontChannelAnswer open(URI address) {
    return client.browser().open(address);
  }

  /** The visible text, without what is collapsed. */
  private static String plain(FrontChannelAnswer answer) {
    Document page = answer.page().clone();
    page.select("details").remove();
    return page.selectFirst("main").text();
  }

  private static void expect(FrontChannelAnswer answer, String title, String todo, String code) {
    assertThat(answer.redirected()).as(answer.toString()).isFalse();
    assertThat(answer.last().status()).isBetween(400, 499);
    Document page = answer.page();
    assertThat(page.select("h1").text()).as(page.select("main").text()).isEqualTo(title);
    assertThat(plain(answer)).contains(todo).doesNotContain("request_uri", "fapi2-", code);
    assertThat(page.select("#fapi-reference").text()).matches(UUID);
    // The page, the response, the log and the refusals have the same number.
    assertThat(answer.last().header("x-fapi-interaction-id"))
        .isEqualTo(page.select("#fapi-reference").text());
    assertThat(page.select("details.fapi-more code").text()).isEqualTo(code);
    assertThat(page.select("details.fapi-more[open]")).isEmpty();
    assertThat(page.select("script")).isEmpty();
  }

  @Test
  void saysThatALinkCanBeUsedOnce() {
    Pushed pushed = client.par().expect();
    URI link = client.visit(pushed).address();
    LoginPage browser = client.browser();
    browser.open(link, TestRealm.USERNAME, realm.password(), true);

    FrontChannelAnswer again = open(link);

    expect(
        again,
        "This link has already been used",
        "Go back to the app and start again.",
        "invalid_request");
    assertThat(again.page().select(".fapi-technical").text()).contains("already used");
  }

  @Test
  void saysThatTheAppAskedInAWrongWay() {
    FrontChannelAnswer answer = open(client.visitWithoutPar().address());

    expect(
        answer,
        "The app’s request was not accepted",
        "You have done nothing wrong",
        "invalid_request");
    assertThat(answer.page().select(".fapi-technical").text())
        .contains("fapi2-require-pushed-authorization-request");
  }

  /** Support finds the refusal by the number. */
  @Test
  void tellsTheNumberByWhichTheSupportFindsTheRefusal() {
    FrontChannelAnswer answer = open(client.visitWithoutPar().address());
    String number = answer.page().select("#fapi-reference").text();

    JsonNode found =
        realm
            .admin()
            .get("/" + realm.name() + "/fapi/refusals?interaction=" + number)
            .path("refusals");

    assertThat(found).as(found.toString()).hasSize(1);
    assertThat(found.toString()).contains("fapi2-require-pushed-authorization-request");
  }

  @Test
  void saysThatTheAppIsNotKnown() {
    FrontChannelAnswer answer = open(auth("client_id=nobody&request_uri=urn:x"));

    expect(answer, "This app cannot be used here", "not known here", "invalid_request");
  }

  @Test
  void saysThatTheBrowserHasLostItsPlace() {
    FrontChannelAnswer answer =
        open(
            URI.create(
                realm.issuer()
                    + "/login-actions/authenticate?client_id="
                    + client.clientId()
                    + "&tab_id=abc"));

    expect(answer, "We cannot tell where you were", "Allow cookies", "cookieNotFoundMessage");
  }

  @Test
  void tellsTheNumberThatTheAppHasSent() {
    String sent = "0f6a3c1e-5d0b-4c7e-9a51-1d2f3e4a5b6c";
    try (PageVisitor visitor = PageVisitor.of(realm, "en", 1280, 900, ColorScheme.LIGHT)) {
      visitor.page().setExtraHTTPHeaders(Map.of("x-fapi-interaction-id", sent));
      visitor.page().navigate(client.visitWithoutPar().address().toString());

      assertThat(visitor.page().locator("#fapi-reference")).hasText(sent);
    }
  }

  @Test
  void leadsBackOnlyToWhatIsRegistered() {
    assertThat(open(client.visitWithoutPar().address()).page().select("#backToApplication"))
        .isEmpty();
    FapiClient home =
        TestClient.in(realm)
            .altering(registration -> registration.put("baseUrl", "https://acorn.example/start"))
            .register();

    FrontChannelAnswer answer = home.browser().open(home.visitWithoutPar().address());

    assertThat(answer.page().select("#backToApplication").attr("href"))
        .isEqualTo("https://acorn.example/start");
  }

  /** The language is changed on the page of a request that cannot be sent again. */
  @Test
  void staysTheSameInAnotherLanguage() {
    Pushed pushed = client.par().expect();
    URI link = client.visit(pushed).address();
    client.browser().open(link, TestRealm.USERNAME, realm.password(), true);
    try (PageVisitor visitor = PageVisitor.of(realm, "en", 1280, 900, ColorScheme.LIGHT)) {
      Page page = visitor.page();
      page.navigate(link.toString());
      String number = page.locator("#fapi-reference").textContent();

      page.locator(".fapi-languages summary").click();
      page.locator(".fapi-languages a[lang=de]").click();

      assertThat(page.locator("h1")).hasText("Dieser Link wurde schon benutzt");
      assertThat(page.locator("#fapi-reference")).hasText(number);
      page.locator("details.fapi-more summary").click();
      assertThat(page.locator(".fapi-technical").first()).containsText("already used");
      assertThat(page.locator(".fapi-technical").first()).hasAttribute("lang", "en");
    }
  }

  @Test
  void isThereInOtherThemesToo() {
    try (TestRealm plain = TestRealm.create("fapi2-security-profile")) {
      plain
          .admin()
          .updateRealm(
              plain.name(), plain.admin().realm(plain.name()).put("loginTheme", "keycloak.v2"));
      FapiClient other = TestClient.in(plain).register();
      try (PageVisitor visitor = PageVisitor.of(plain, "en-US", 1280, 900, ColorScheme.LIGHT)) {
        Response answer = visitor.page().navigate(other.visitWithoutPar().address().toString());

        assertThat(answer.status()).isEqualTo(400);
        assertThat(visitor.page().locator("#keycloak-bg #fapi-reference")).isVisible();
        visitor.picture("error-keycloak-theme");
      }
    }
  }

  /** Look at the pictures in it-tests/target/screenshots. */
  @ParameterizedTest
  @CsvSource({
    "en,1280,900,LIGHT", "en,390,844,DARK", "de,1280,900,DARK", "ar,1280,900,LIGHT",
    "ar,390,844,LIGHT", "ja,390,844,LIGHT", "es,390,844,LIGHT", "pt-BR,390,844,LIGHT"
  })
  void keepsPicturesAndHasNoBarriers(String language, int width, int height, ColorScheme colours) {
    String suffix = language + "-" + width + (colours == ColorScheme.DARK ? "-dark" : "");
    try (PageVisitor visitor = PageVisitor.of(realm, language, width, height, colours)) {
      Page page = visitor.page();
      page.navigate(client.visitWithoutPar().address().toString());
      visitor.picture("error-refused-" + suffix);
      page.locator("details.fapi-more summary").focus();
      page.keyboard().press("Enter");
      assertThat(page.locator(".fapi-technical").first()).isVisible();
      visitor.picture("error-refused-open-" + suffix);
      assertThat(visitor.barriers()).isEmpty();
      page.navigate(realm.issuer() + "/nothing-here");
      visitor.picture("error-missing-" + suffix);
      assertThat(visitor.barriers()).isEmpty();
    }
  }
}
