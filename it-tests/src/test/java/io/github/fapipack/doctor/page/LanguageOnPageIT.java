package io.github.fapipack.doctor.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.testing.ServerLogOnFailure;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page in languages other than English, mirrored for right-to-left scripts. */
@ExtendWith(ServerLogOnFailure.class)
class LanguageOnPageIT {
  private static final List<String> VIEWS =
      List.of("overview", "clients", "clients/rs256", "participants", "grants", "refusals");

  private static final Pattern KEY = Pattern.compile("\\b(fapi|nav|findings)\\.[a-z]+\\.");

  private static WeakRealm realm;

  @BeforeAll
  static void importRealm() {
    realm = WeakRealm.create();
  }

  @AfterAll
  static void deleteRealm() {
    realm.close();
  }

  private static Visitor visit(String locale, int width, ColorScheme colours) {
    Visitor visitor =
        Visitor.of(
            realm.server(),
            "master",
            new Browser.NewContextOptions()
                .setLocale(locale)
                .setViewportSize(width, 900)
                .setColorScheme(colours));
    visitor.openAsAdmin(realm.name() + "/overview");
    assertThat(visitor.page().locator("h1")).isVisible();
    return visitor;
  }

  private static void show(Visitor visitor, String view) {
    visitor.open(realm.name() + "/" + view);
    assertThat(visitor.page().locator(".fapi-body")).isVisible();
    assertThat(visitor.page().locator(".pf-v5-c-skeleton, .pf-v5-c-spinner")).hasCount(0);
  }

  /** Look at the pictures in it-tests/target/screenshots. */
  @ParameterizedTest
  @CsvSource({"1280,LIGHT", "1280,DARK", "390,LIGHT", "390,DARK"})
  void isTurnedAroundInArabic(int width, ColorScheme colours) throws IOException {
    String name = "-ar-" + width + "-" + colours.name().toLowerCase(Locale.ROOT);
    try (Visitor visitor = visit("ar-EG", width, colours)) {
      assertThat(visitor.page().locator("html")).hasAttribute("dir", "rtl");
      assertThat(visitor.page().locator("html")).hasAttribute("lang", "ar");
      for (String view : VIEWS) {
        show(visitor, view);
        visitor.picture(view.replace('/', '-') + name);
        assertThat(fits(visitor)).as(view).isTrue();
        assertThat(visitor.page().getByText(KEY)).hasCount(0);
        assertThat(AppearanceIT.barriers(visitor)).as(view).isEmpty();
      }
      show(visitor, "overview");
      visitor.card("FAPI 2.0 Security Profile").getByRole(AriaRole.BUTTON).click();
      assertThat(visitor.dialog().locator("footer button").first()).isEnabled();
      visitor.picture("dry-run" + name);
      assertThat(AppearanceIT.barriers(visitor)).as("dry run").isEmpty();
      assertThat(visitor.complaints()).isEmpty();
    }
  }

  private static boolean fits(Visitor visitor) {
    return (Boolean)
        visitor
            .page()
            .evaluate(
                "document.documentElement.scrollWidth <= window.innerWidth"
                    + " && document.getElementById('fapi-main').scrollWidth <= window.innerWidth");
  }

  @ParameterizedTest
  @CsvSource({
    "de-AT, de, FAPI-Übersicht",
    "es-MX, es, Resumen de FAPI",
    "pt-PT, pt-BR, Visão geral do FAPI",
    "ja-JP, ja, FAPIの概要",
    "sv-SE, en, FAPI overview"
  })
  void speaksTheLanguageOfTheBrowserWhateverTheRealmOffers(
      String locale, String language, String heading) {
    try (Visitor visitor = visit(locale, 1280, ColorScheme.LIGHT)) {
      visitor.sees(heading);
      assertThat(visitor.page().locator("html")).hasAttribute("lang", language);
      show(visitor, "clients/rs256");
      visitor.picture("client-" + language);
      assertThat(visitor.page().locator("main [lang=en]")).hasCount(0);
      assertThat(visitor.page().getByText(KEY)).hasCount(0);
      assertThat(visitor.complaints()).isEmpty();
    }
  }

  @Test
  void saysFindingsInItsLanguageAndCodesFromLeftToRight() {
    try (Visitor visitor = visit("ar", 1280, ColorScheme.LIGHT)) {
      show(visitor, "clients/rs256");
      Locator finding = visitor.row("fapi2-restrict-client-assertion-algorithm").first();

      assertThat(finding).containsText("يجب أن يكون token_endpoint_auth_signing_alg");
      assertThat(finding.locator("bdi[dir=ltr]").first())
          .hasText("token_endpoint_auth_signing_alg");
      assertThat(finding.locator("code").first().evaluate("e => getComputedStyle(e).direction"))
          .isEqualTo("ltr");
      // Digits are those of the codes beside them.
      assertThat(visitor.page().getByText(Pattern.compile("[٠-٩]"))).hasCount(0);
    }
  }

  @Test
  void isChosenOnThePageAndRemembered() {
    try (Visitor visitor = visit("en-US", 1280, ColorScheme.LIGHT)) {
      visitor.sees("FAPI overview");
      visitor.page().getByLabel("Language").selectOption("ja");
      visitor.sees("FAPIの概要");
      visitor.open(realm.name() + "/refusals");
      visitor.sees("拒否");
      visitor.page().reload();
      visitor.sees("拒否");
      visitor.page().getByLabel("言語").selectOption("en");
      visitor.sees("Refusals");
      assertThat(visitor.complaints()).isEmpty();
    }
  }

  @Test
  void isThatOfTheUserBeforeThatOfTheBrowser() {
    String id = realm.addAdministrator("lena", "view-realm", "view-clients");
    ObjectNode languages = Json.object().put("internationalizationEnabled", true);
    languages.putArray("supportedLocales").add("en").add("es");
    realm.admin().updateRealm(realm.name(), languages);
    String user = "/" + realm.name() + "/users/" + id;
    ObjectNode lenasOwn = (ObjectNode) realm.admin().get(user);
    lenasOwn.putObject("attributes").putArray("locale").add("es");
    realm.admin().send("PUT", user, lenasOwn);
    try (Visitor lena =
        Visitor.of(
            realm.server(), realm.name(), new Browser.NewContextOptions().setLocale("de-DE"))) {
      lena.open(realm.name() + "/overview");
      lena.logIn("lena", WeakRealm.PASSWORD);
      lena.sees("Resumen de FAPI");
    }
  }
}
