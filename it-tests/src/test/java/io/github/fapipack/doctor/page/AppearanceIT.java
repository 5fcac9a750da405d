package io.github.fapipack.doctor.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.testing.ServerLogOnFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the page looks, to the eye, to the keyboard and to a screen reader. */
@ExtendWith(ServerLogOnFailure.class)
class AppearanceIT {
  private static final List<String> VIEWS =
      List.of(
          "overview",
          "clients",
          "clients?state=findings&sort=state",
          "clients/spa",
          "participants",
          "grants",
          "refusals",
          "history",
          "keys");

  private static WeakRealm realm;

  /** A profile was applied in report mode. */
  private static WeakRealm reporting;

  @BeforeAll
  static void importRealms() {
    reporting = WeakRealm.create();
    reporting
        .admin()
        .send("POST", "/" + reporting.name() + "/fapi/apply?mode=report&dryRun=false", null);
    realm = WeakRealm.create();
    for (String mode : List.of("report", "enforce")) {
      realm.admin().send("PUT", "/" + realm.name() + "/fapi/rollout?mode=" + mode, null);
    }
  }

  @AfterAll
  static void deleteRealms() {
    realm.close();
    reporting.close();
  }

  private static Visitor visit(int width, int height, ColorScheme colours) {
    Visitor visitor = Visitor.of(realm.server(), width, height, colours);
    visitor.openAsAdmin(realm.name() + "/overview");
    visitor.sees("FAPI overview");
    return visitor;
  }

  private static void show(Visitor visitor, String view) {
    visitor.open(realm.name() + "/" + view);
    assertThat(visitor.page().locator(".pf-v5-c-skeleton, .pf-v5-c-spinner")).hasCount(0);
  }

  private static void openDryRun(Visitor visitor) {
    show(visitor, "overview");
    visitor
        .card("FAPI 2.0 Security Profile")
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Dry run"))
        .click();
    assertThat(visitor.dialog().getByText("Nothing has been changed yet")).isVisible();
  }

  /** Look at the pictures in it-tests/target/screenshots. */
  @ParameterizedTest
  @CsvSource({"light,1280,900,LIGHT", "dark,1280,900,DARK", "small,390,844,LIGHT"})
  void keepsPicturesOfEveryView(String name, int width, int height, ColorScheme colours) {
    try (Visitor visitor = visit(width, height, colours)) {
      for (String view : VIEWS) {
        show(visitor, view);
        visitor.picture(view.replaceAll("[/?&=]", "-") + "-" + name);
        assertThat(
                (Boolean)
                    visitor
                        .page()
                        .evaluate(
                            "document.documentElement.scrollWidth <= window.innerWidth"
                                + " && document.getElementById('fapi-main').scrollWidth"
                                + " <= window.innerWidth"))
            .as("%s fits into the width of %s", view, name)
            .isTrue();
      }
      openDryRun(visitor);
      visitor.picture("dry-run-" + name);
      assertThat(visitor.complaints()).isEmpty();
    }
  }

  @Test
  void takesTheColoursThatTheSystemAsksFor() {
    try (Visitor visitor = visit(1280, 900, ColorScheme.LIGHT)) {
      Object light = background(visitor);
      visitor.page().emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));

      assertThat(visitor.page().locator("html.pf-v5-theme-dark")).hasCount(1);
      assertThat(background(visitor)).isNotEqualTo(light);
    }
  }

  private static Object background(Visitor visitor) {
    return visitor
        .page()
        .locator(".fapi-body")
        .evaluate("element => getComputedStyle(element).backgroundColor");
  }

  @ParameterizedTest
  @CsvSource({"1280,LIGHT", "1280,DARK", "390,LIGHT"})
  void hasNoBarriersThatAxeFinds(int width, ColorScheme colours) throws IOException {
    try (Visitor visitor = visit(width, 900, colours)) {
      for (String view : VIEWS) {
        show(visitor, view);
        assertThat(barriers(visitor)).as(view).isEmpty();
      }
      openDryRun(visitor);
      assertThat(barriers(visitor)).as("dry run").isEmpty();
      show(visitor, "history");
      visitor.page().getByText("Show the changes").first().click();
      visitor.button(Pattern.compile("^Undo: ")).first().click();
      assertThat(visitor.dialog().getByText("is not overwritten")).isVisible();
      assertThat(barriers(visitor)).as("undo from the history").isEmpty();
    }
  }

  /** Confirmation before many clients are enforced or disabled. */
  @ParameterizedTest
  @CsvSource({"light,1280,LIGHT", "dark,1280,DARK", "small,390,LIGHT", "small-dark,390,DARK"})
  void asksBeforeMuchIsChangedWithoutBarriers(String name, int width, ColorScheme colours)
      throws IOException {
    try (Visitor visitor = Visitor.of(reporting.server(), width, 900, colours)) {
      visitor.openAsAdmin(reporting.name() + "/overview");
      assertThat(visitor.page().locator(".pf-v5-c-progress").first()).isVisible();
      visitor.picture("overview-reporting-" + name);
      assertThat(
              (Boolean)
                  visitor
                      .page()
                      .evaluate(
                          "document.getElementById('fapi-main').scrollWidth <= window.innerWidth"))
          .isTrue();
      assertThat(barriers(visitor)).as("reporting").isEmpty();

      visitor.button("Enforce clean clients").click();
      assertThat(visitor.dialog()).containsText("0 clients are clean.");
      assertThat(visitor.dialog()).containsText("they have errors");
      visitor.dialog().getByText("they have errors").click();
      assertThat(visitor.dialog()).containsText("wildcard");
      visitor.picture("bulk-" + name);
      assertThat(barriers(visitor)).as("bulk").isEmpty();
      visitor.page().keyboard().press("Escape");
      assertThat(visitor.dialog()).hasCount(0);

      visitor
          .card("FAPI 2.0 Security Profile")
          .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Dry run"))
          .click();
      visitor.dialog().getByLabel("Also change the realm and its clients, and enforce").check();
      visitor.dialog().getByLabel(Pattern.compile("Also disable the \\d+ clients")).click();
      Locator apply =
          visitor
              .dialog()
              .getByRole(
                  AriaRole.BUTTON,
                  new Locator.GetByRoleOptions()
                      .setName(Pattern.compile("^Apply and switch off \\d+")));
      assertThat(apply).isVisible();
      visitor.picture("switch-off-" + name);
      assertThat(barriers(visitor)).as("switch off").isEmpty();
      apply.click();
      assertThat(visitor.dialog()).containsText("clients are switched off");
      visitor.picture("switch-off-sure-" + name);
      assertThat(barriers(visitor)).as("sure").isEmpty();
      assertThat(visitor.complaints()).isEmpty();
    }
  }

  /** What axe has against the page as it is now. */
  static List<?> barriers(Visitor visitor) throws IOException {
    try (InputStream script = AppearanceIT.class.getResourceAsStream("/axe.min.js")) {
      visitor.page().evaluate(new String(script.readAllBytes(), StandardCharsets.UTF_8));
    }
    return (List<?>)
        visitor
            .page()
            .evaluate(
                "async () => (await axe.run()).violations.map("
                    + "v => v.id + ': ' + v.nodes.map(n => n.html + ' ' + n.failureSummary))");
  }

  @Test
  void canBeUsedWithTheKeyboardAlone() {
    try (Visitor visitor = visit(1280, 900, ColorScheme.LIGHT)) {
      Page page = visitor.page();
      show(visitor, "overview");
      page.locator("body").press("Tab");
      assertThat(visitor.button("Skip to content")).isFocused();
      page.keyboard().press("Enter");
      assertThat(page.locator("main")).isFocused();

      Locator dryRun = visitor.button("Dry run").first();
      for (int i = 0; i < 20 && !isFocused(dryRun); i++) {
        page.keyboard().press("Tab");
      }
      assertThat(dryRun).isFocused();
      page.keyboard().press("Enter");
      assertThat(visitor.dialog().getByText("Nothing has been changed yet")).isVisible();

      for (int i = 0; i < 30; i++) {
        page.keyboard().press("Tab");
        assertThat(
                (Boolean)
                    page.evaluate(
                        "document.querySelector('main').contains(document.activeElement)"))
            .as("the focus stays in the dialog")
            .isFalse();
      }
      page.keyboard().press("Escape");
      assertThat(visitor.dialog()).hasCount(0);
      assertThat(dryRun).isFocused();
      assertThat(realm.mode()).isEqualTo("enforce");
    }
  }

  private static boolean isFocused(Locator element) {
    return (Boolean) element.evaluate("element => element === document.activeElement");
  }

  @Test
  void hidesTheNavigationOnASmallScreenUntilSomebodyOpensIt() {
    try (Visitor visitor = visit(390, 844, ColorScheme.LIGHT)) {
      assertThat(visitor.link("Clients")).not().isInViewport();
      visitor.button("Navigation").click();
      visitor.link("Clients").click();

      visitor.sees("Clients");
      assertThat(visitor.link("Refusals")).not().isInViewport();
      visitor.button("Next page").click();
      assertThat(visitor.link("spa")).isVisible();
    }
  }

  @Test
  void neverTakesTextForMarkup() {
    String attack = "<img src=x onerror=alert(1)><script>alert(2)</script>";
    try (WeakRealm hostile = WeakRealm.create()) {
      client(hostile, "x\"'><b id=injected>", attack);
      client(hostile, "evil", "bank\u202Egnihsihp\u2069");
      client(hostile, "#/a?b&c=d/e%2F", "route");
      try (Visitor visitor = Visitor.admin(hostile.server(), hostile.name() + "/clients?max=50")) {
        visitor.sees("Clients");

        assertThat(visitor.row(attack)).hasCount(1);
        assertThat(visitor.row("bank‹U+202E›gnihsihp‹U+2069›")).hasCount(1);
        assertThat(visitor.page().locator("#injected, main img, main script")).hasCount(0);
        visitor.link("#/a?b&c=d/e%2F").click();
        visitor.sees("#/a?b&c=d/e%2F");
        assertThat(visitor.page().getByText("has no such client")).hasCount(0);
        visitor.open(hostile.name() + "/clients/" + "x%22'%3E%3Cb%20id%3Dinjected%3E");
        visitor.sees("x\"'><b id=injected>");
        visitor.open("%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E/overview");
        assertThat(visitor.page().getByText("Keycloak has refused this")).isVisible();
        assertThat(visitor.page().locator("#injected, main img")).hasCount(0);
        visitor.expectsComplaint("404");
        assertThat(visitor.complaints()).isEmpty();
      }
    }
  }

  private static void client(WeakRealm realm, String clientId, String name) {
    ObjectNode client =
        Json.object()
            .put("clientId", clientId)
            .put("name", name)
            .put("protocol", "openid-connect")
            .put("publicClient", true);
    realm.admin().createClient(realm.name(), client);
  }
}
