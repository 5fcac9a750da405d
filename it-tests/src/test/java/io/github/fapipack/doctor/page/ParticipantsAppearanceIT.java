package io.github.fapipack.doctor.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.github.fapipack.it.directory.Failure;
import io.github.fapipack.it.directory.Organisation;
import io.github.fapipack.it.testing.ServerLogOnFailure;
import java.io.IOException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the participants look in all languages, on any screen, and to the keyboard. */
@ExtendWith(ServerLogOnFailure.class)
class ParticipantsAppearanceIT {
  private static final String ATTACK = "<img src=x onerror=alert(1)><script>alert(2)</script>";

  /** A text that nobody has translated. */
  private static final Pattern KEY =
      Pattern.compile("\\b(participants?|ecosystem|directory)\\.[a-z]+\\b");

  private static ParticipantRealm realm;

  @BeforeAll
  static void start() {
    realm = ParticipantRealm.create();
    Organisation acme = realm.directory().organisation("Acme Open Finance Pty Ltd");
    realm.client("acme-budget", acme, "Budget Planner", 20);
    realm.client("acme-loans", acme, "Loan Comparison with a rather long name for a table", -3);
    realm.client("acme-pay", acme, "Pay", 300);
    realm.client("hostile", realm.directory().organisation(ATTACK), ATTACK + " software", 300);
    realm.unlistedClient("reversed", "bank\u202Egnihsihp", "x\"'><b id=injected>", 9);
    Organisation ended = realm.directory().organisation("Ended Pty Ltd");
    realm.client("ended", ended, "Ended", 300);
    ended.listedAs("REVOKED");
    realm.read();
    realm.decide("Budget Planner", "suspended", "The audit of November found " + ATTACK);
    realm.directory().participants().fail(Failure.DOWN);
    realm.send("POST", "/refresh", null);
  }

  @AfterAll
  static void stop() {
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
    visitor.openAsAdmin(realm.name() + "/participants");
    assertThat(visitor.row("Budget Planner")).hasCount(1);
    return visitor;
  }

  private static void isFine(Visitor visitor, String name) throws IOException {
    visitor.picture("participants-" + name);
    assertThat(visitor.page().getByText(KEY)).hasCount(0);
    assertThat(
            (Boolean)
                visitor
                    .page()
                    .evaluate(
                        "[document.documentElement, ...document.querySelectorAll('#fapi-main,"
                            + " .pf-v5-c-card, dialog, dialog .pf-v5-c-modal-box__body')].every(e"
                            + " => e.scrollWidth <= e.clientWidth + 1)"))
        .as("%s fits into the width", name)
        .isTrue();
    assertThat(AppearanceIT.barriers(visitor)).as(name).isEmpty();
  }

  /** Look at the pictures in it-tests/target/screenshots. */
  @ParameterizedTest
  @CsvSource({
    "en-US,1280,LIGHT",
    "en-US,1280,DARK",
    "en-US,390,LIGHT",
    "en-US,390,DARK",
    "de-DE,1280,LIGHT",
    "de-DE,390,LIGHT",
    "es-ES,1280,LIGHT",
    "es-ES,390,LIGHT",
    "pt-BR,1280,LIGHT",
    "pt-BR,390,LIGHT",
    "ja-JP,1280,LIGHT",
    "ja-JP,390,LIGHT",
    "ar-EG,1280,LIGHT",
    "ar-EG,1280,DARK",
    "ar-EG,390,LIGHT"
  })
  void fitsWithoutBarriersInEveryLanguage(String locale, int width, ColorScheme colours)
      throws IOException {
    String name = locale + "-" + width + "-" + colours.name().toLowerCase(Locale.ROOT);
    try (Visitor visitor = visit(locale, width, colours)) {
      isFine(visitor, name);
      for (int action = 0; action < 7; action++) {
        visitor.row("Budget Planner").getByRole(AriaRole.BUTTON).click();
        Locator choices = visitor.dialog().locator(".fapi-choices button");
        assertThat(choices.first()).isVisible();
        if (action == 0) {
          isFine(visitor, "details-" + name);
        }
        if (action == choices.count()) {
          visitor.page().keyboard().press("Escape");
          break;
        }
        choices.nth(action).click();
        Locator confirm = visitor.dialog().locator("footer button").first();
        assertThat(confirm).isVisible();
        assertThat(visitor.dialog().locator(".pf-v5-c-skeleton")).hasCount(0);
        isFine(visitor, "ask-" + action + "-" + name);
        visitor.page().keyboard().press("Escape");
        assertThat(visitor.dialog()).hasCount(0);
      }
      assertThat(visitor.complaints()).isEmpty();
    }
  }

  @Test
  void neverTakesTextForMarkup() {
    try (Visitor visitor = visit("en-US", 1280, ColorScheme.LIGHT)) {
      for (String software : new String[] {ATTACK + " software", "x\"'><b id=injected>"}) {
        assertThat(visitor.row(software)).hasCount(1);
        visitor.row(software).getByRole(AriaRole.BUTTON).click();
        assertThat(visitor.dialog()).containsText(software);
        visitor.dialog().locator(".fapi-choices button").last().click();
        assertThat(visitor.dialog().locator("textarea")).isVisible();
        visitor.page().keyboard().press("Escape");
      }
      assertThat(visitor.row("Budget Planner")).containsText("found " + ATTACK);
      assertThat(visitor.row("\u202E")).hasCount(0);
      assertThat(visitor.page().locator("#injected, main img, main script, dialog img"))
          .hasCount(0);
      assertThat(visitor.complaints()).isEmpty();
    }
  }

  @Test
  void canBeUsedWithTheKeyboardAlone() {
    try (Visitor visitor = visit("en-US", 1280, ColorScheme.LIGHT)) {
      Page page = visitor.page();
      Locator details = visitor.button("Details: Pay");
      tabTo(page, details);
      page.keyboard().press("Enter");
      Locator suspend = visitor.dialog().getByText("Suspend").first();
      tabTo(page, suspend);
      page.keyboard().press("Enter");
      Locator reason = visitor.dialog().getByLabel("Reason");
      tabTo(page, reason);
      page.keyboard().type("typed");
      page.keyboard().press("Tab");
      assertThat(visitor.dialog().locator("footer button").first()).isFocused();
      page.keyboard().press("Escape");
      assertThat(visitor.dialog()).hasCount(0);
      assertThat(details).isFocused();
      assertThat(realm.state("Pay")).isEqualTo("active");

      page.keyboard().press("Enter");
      tabTo(page, suspend);
      page.keyboard().press("Enter");
      tabTo(page, reason);
      page.keyboard().type("typed");
      page.keyboard().press("Tab");
      page.keyboard().press("Enter");
      assertThat(page.locator(".fapi-news")).isFocused();
      assertThat(page.locator(".fapi-news [role=status]")).containsText("Suspended: Pay");
      assertThat(realm.participant("Pay").path("why").asText()).isEqualTo("typed");
      realm.decide("Pay", "active", null);
      assertThat(visitor.complaints()).isEmpty();
    }
  }

  private static void tabTo(Page page, Locator element) {
    assertThat(element).isVisible();
    for (int i = 0; i < 80; i++) {
      if ((Boolean) element.evaluate("element => element === document.activeElement")) {
        return;
      }
      page.keyboard().press("Tab");
    }
    assertThat(element).isFocused();
  }
}
