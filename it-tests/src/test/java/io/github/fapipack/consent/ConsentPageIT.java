package io.github.fapipack.consent;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.samples.SampleUser;
import io.github.fapipack.it.testing.ServerLogOnFailure;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the consent page looks, to the eye, to the keyboard and to a screen reader. */
@ExtendWith(ServerLogOnFailure.class)
class ConsentPageIT {
  private static final String PAYMENT = ConsentVisit.list(ConsentVisit.payment());
  private static final String BOTH =
      ConsentVisit.list(ConsentVisit.accounts(), ConsentVisit.record());

  private static TestRealm realm;
  private static FapiClient client;

  @BeforeAll
  static void importRealm() {
    realm = ConsentVisit.realmWith("fapi.grant-lifetimes", "P30D P90D P1Y");
    client =
        TestClient.in(realm)
            .scope("openid email")
            .altering(registration -> registration.put("name", "Acorn Budget Planner"))
            .attribute("organization_name", "Acorn Financial Ltd")
            .attribute("clientUri", "https://acorn.example/")
            .attribute("policyUri", "https://acorn.example/privacy")
            .attribute("tosUri", "https://acorn.example/terms")
            .register();
  }

  @AfterAll
  static void deleteRealm() {
    realm.close();
  }

  /** Look at the pictures in it-tests/target/screenshots. */
  @ParameterizedTest
  @CsvSource({
    "en,1280,900,LIGHT", "en,1280,900,DARK", "en,390,844,LIGHT",
    "ar,1280,900,LIGHT", "ar,390,844,LIGHT", "de,1280,900,LIGHT",
    "ja,390,844,LIGHT", "pt-BR,390,844,DARK", "es,320,640,LIGHT"
  })
  void keepsPicturesAndHasNoBarriers(String language, int width, int height, ColorScheme colours) {
    String suffix = language + "-" + width + (colours == ColorScheme.DARK ? "-dark" : "");
    try (PageVisitor visitor = PageVisitor.of(realm, language, width, height, colours)) {
      visitor.ask(client, PAYMENT);
      assertThat(visitor.page().locator(".fapi-consent")).isVisible();
      visitor.picture("consent-payment-" + suffix);
      assertThat(visitor.barriers()).isEmpty();
      assertThat(visitor.page().locator("html")).hasAttribute("lang", language);
      assertThat(visitor.page().locator("html"))
          .hasAttribute("dir", language.equals("ar") ? "rtl" : "ltr");

      visitor.ask(client, BOTH, "grant_management_action", "create");
      visitor.page().locator("[name=accept]").click();
      assertThat(visitor.page().locator("[role=alert]")).isVisible();
      visitor.page().locator("details.fapi-more > summary").first().click();
      visitor.picture("consent-accounts-" + suffix);
      assertThat(visitor.barriers()).isEmpty();
      assertThat(visitor.complaints()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"en,1280,900,LIGHT", "ar,390,844,LIGHT", "en,1280,900,DARK"})
  void looksTheSameAtLoginAndOnErrors(String language, int width, int height, ColorScheme colours) {
    String suffix = language + "-" + width + (colours == ColorScheme.DARK ? "-dark" : "");
    try (PageVisitor visitor = PageVisitor.of(realm, language, width, height, colours)) {
      visitor.page().navigate(client.visit(client.par().expect()).address().toString());
      visitor.picture("login-" + suffix);
      assertThat(visitor.barriers()).as("login").isEmpty();

      visitor.page().navigate(client.visitWithoutPar().address().toString());
      assertThat(visitor.page().locator("#kc-error-message")).isVisible();
      visitor.picture("error-" + suffix);
      assertThat(visitor.barriers()).as("error").isEmpty();
    }
  }

  @Test
  void canBeUsedWithTheKeyboardAlone() {
    try (PageVisitor visitor = PageVisitor.of(realm, "en-US", 1280, 900, ColorScheme.LIGHT)) {
      visitor.ask(client, BOTH);
      Page page = visitor.page();
      page.locator("body").press("Tab");
      assertThat(page.locator(".fapi-skip")).isFocused();
      assertThat(page.locator(".fapi-skip")).isInViewport();
      page.keyboard().press("Enter");
      // The client's links come first, for users who read about the client before they decide.
      tabTo(page, page.locator("[name=choice-0]").first());
      assertThat((String) page.evaluate("getComputedStyle(document.activeElement).outlineStyle"))
          .isEqualTo("solid");
      page.keyboard().press("Space");
      for (String name : new String[] {"item-0", "item-1", "lifetime"}) {
        tabTo(page, page.locator("[name=" + name + "]").first());
        page.keyboard().press("Space");
      }
      Locator approve = page.locator("[name=accept]");
      tabTo(page, approve);
      assertThat(approve).isFocused();
      page.keyboard().press("Tab");
      assertThat(page.locator("[name=cancel]")).isFocused();
      page.keyboard().press("Shift+Tab");
      page.keyboard().press("Enter");
      page.waitForURL(Pattern.compile("https://client\\.localhost/callback\\?.*code=.*"));
    }
  }

  private static void tabTo(Page page, Locator target) {
    for (int i = 0; i < 20 && !isFocused(target); i++) {
      page.keyboard().press("Tab");
    }
    assertThat(target).isFocused();
  }

  private static boolean isFocused(Locator element) {
    return (Boolean) element.evaluate("element => element === document.activeElement");
  }

  @Test
  void hasTargetsThatAFingerHits() {
    try (PageVisitor visitor = PageVisitor.of(realm, "en-US", 390, 844, ColorScheme.LIGHT)) {
      visitor.ask(client, BOTH);

      for (Locator target :
          visitor.page().locator(".fapi-check, button, .fapi-links a, summary").all()) {
        if (target.isVisible()) {
          assertThat(target.boundingBox().height)
              .as(target.textContent())
              .isGreaterThanOrEqualTo(24);
          assertThat(target.boundingBox().width).isGreaterThanOrEqualTo(24);
        }
      }
    }
  }

  /** WCAG 1.4.4 and 1.4.10: 200 percent on a small screen. */
  @Test
  void flowsAnewWhenTheTextIsLarge() {
    try (PageVisitor visitor = PageVisitor.of(realm, "de", 320, 640, ColorScheme.LIGHT)) {
      visitor.ask(client, BOTH);
      visitor.page().evaluate("document.documentElement.style.fontSize = '200%'");
      visitor.picture("consent-large-text");
    }
  }

  @Test
  void keepsItsShapeWhateverAClientSends() {
    ObjectNode long1 = ConsentVisit.accounts();
    long1.putArray("datatypes").add("W".repeat(200)).add("ﷺ".repeat(200));
    ObjectNode payment = ConsentVisit.payment().put("creditorName", "W".repeat(140));
    payment.put("remittanceInformationUnstructured", "مرحبا <b>x</b> 😀".repeat(8));
    FapiClient shouting =
        TestClient.in(realm)
            .altering(registration -> registration.put("name", "W".repeat(250)))
            .attribute("organization_name", "\u202Eevil " + "M".repeat(240))
            .register();
    try (PageVisitor visitor = PageVisitor.of(realm, "en-US", 320, 640, ColorScheme.LIGHT)) {
      visitor.ask(shouting, ConsentVisit.list(long1, payment));
      visitor.page().evaluate("document.querySelectorAll('details').forEach(d => d.open = true)");
      visitor.picture("consent-hostile");
      assertThat(visitor.page().locator("[name=accept]")).isVisible();
      assertThat(visitor.barriers()).isEmpty();
    }
  }

  @Test
  void changesItsLanguageWithoutAScript() {
    try (PageVisitor visitor = PageVisitor.of(realm, "en-US", 1280, 900, ColorScheme.LIGHT)) {
      visitor.ask(client, PAYMENT);
      Page page = visitor.page();
      page.locator(".fapi-languages summary").click();
      visitor.picture("consent-languages");
      page.locator(".fapi-languages a[lang=de]").click();

      assertThat(page.locator("html")).hasAttribute("lang", "de");
      assertThat(page.locator("h1")).hasText("Prüfen und freigeben");
      assertThat(page.locator(".fapi-amount")).hasText(Pattern.compile("1\\.234,50\\s€"));
      page.locator("[name=choice-0]").first().check();
      assertThat(page.locator("[name=accept]")).hasText(Pattern.compile("1\\.234,50\\s€ bezahlen"));
      page.locator("[name=accept]").click();
      page.waitForURL(Pattern.compile("https://client\\.localhost/callback\\?.*code=.*"));
      assertThat(visitor.complaints()).isEmpty();
    }
  }

  @Test
  void isAtHomeInOtherThemesToo() {
    try (TestRealm plain = TestRealm.create("fapi2-security-profile")) {
      plain
          .admin()
          .updateRealm(
              plain.name(), plain.admin().realm(plain.name()).put("loginTheme", "keycloak.v2"));
      FapiClient other = TestClient.in(plain).register();
      try (PageVisitor visitor = PageVisitor.of(plain, "en-US", 1280, 900, ColorScheme.LIGHT)) {
        visitor.ask(other, PAYMENT);
        assertThat(visitor.page().locator("#keycloak-bg .fapi-amount")).isVisible();
        visitor.picture("consent-keycloak-theme");
        visitor.page().locator("[value=" + SampleUser.ACCOUNTS.get(0) + "]").check();
        visitor.page().locator("[name=accept]").click();
        visitor.page().waitForURL(Pattern.compile("https://client\\.localhost/callback\\?.*"));
      }
    }
  }
}
