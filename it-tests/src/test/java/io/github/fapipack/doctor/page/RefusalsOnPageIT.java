package io.github.fapipack.doctor.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.github.fapipack.it.client.ClientKeys;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.testing.ClientOrigin;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the support desk finds a refusal. */
class RefusalsOnPageIT {
  private static final String ID = "x-fapi-interaction-id";

  private static final String WRONG_KEY = UUID.randomUUID().toString();
  private static final String PKCE = UUID.randomUUID().toString();
  private static final String GRANT = UUID.randomUUID().toString();

  @FapiRealm("fapi2-security-profile")
  private static TestRealm realm;

  private static FapiClient client;
  private static FapiClient corrected;

  @BeforeAll
  static void refuseSomething() {
    client = TestClient.in(realm).register();
    client.but().privateKeyJwt(ClientKeys.create()).build().par().header(ID, WRONG_KEY).send();
    client.but().clientId("nobody").build().par().send();
    client.par().with("code_challenge_method", "plain").header(ID, PKCE).send();
    client.grant("authorization_code").with("code", "x").header(ID, GRANT).send();
    corrected = TestClient.in(realm).made(ClientOrigin.BEFORE_POLICY).register();
    corrected.par().expect();
  }

  private static Visitor visit(int width, ColorScheme colours) {
    Visitor visitor = Visitor.of(realm.server(), width, 900, colours);
    visitor.openAsAdmin(realm.name() + "/refusals");
    visitor.sees("Refusals");
    assertThat(visitor.page().locator(".pf-v5-c-skeleton")).hasCount(0);
    return visitor;
  }

  private static void look(Visitor visitor, String label, String text) {
    Locator field = visitor.page().getByLabel(label, new Page.GetByLabelOptions().setExact(true));
    field.fill(text);
    field.press("Enter");
  }

  @Test
  void findsARefusalByTheInteractionIdThatTheClientHas() {
    try (Visitor admin = visit(1280, ColorScheme.LIGHT)) {
      look(admin, "Interaction ID", GRANT);
      assertThat(admin.page().locator("tbody tr")).hasCount(1);
      assertThat(admin.row("invalid_grant")).containsText(client.clientId());
      assertThat(admin.page()).hasURL(Pattern.compile("interaction=" + GRANT));
      admin.row("invalid_grant").getByText("Interaction IDs").click();
      assertThat(admin.page().getByText(GRANT)).isVisible();

      look(admin, "Interaction ID", WRONG_KEY);
      Locator row = admin.row("client-authentication");
      assertThat(row).hasCount(1);
      assertThat(row).containsText("invalid_client");
      assertThat(row).containsText("Named, not proven");
      assertThat(row).containsText(client.clientId());

      admin.page().getByLabel("Rule").selectOption("client-authentication");
      assertThat(admin.page()).hasURL(Pattern.compile("interaction=" + WRONG_KEY));
      assertThat(admin.row("client-authentication")).hasCount(1);
      look(admin, "Interaction ID", UUID.randomUUID().toString());
      admin.sees("No refusals");
      assertThat(admin.page().getByText("Nothing recorded matches")).isVisible();
      assertThat(admin.complaints()).isEmpty();
    }
  }

  @Test
  void tellsUnknownClientsApartAndShowsCorrectionsByThemselves() {
    try (Visitor admin = visit(1280, ColorScheme.LIGHT)) {
      assertThat(admin.row("Unknown client")).containsText("nobody");
      assertThat(admin.row("fapi2-require-consent")).hasCount(0);

      admin.page().getByLabel("What", exactly()).selectOption("correction");
      assertThat(admin.row(corrected.clientId()).first()).containsText("Corrected");
      assertThat(admin.row("Refused")).hasCount(0);
      assertThat(admin.complaints()).isEmpty();
    }
  }

  private static Page.GetByLabelOptions exactly() {
    return new Page.GetByLabelOptions().setExact(true);
  }

  @Test
  void looksAtAPartOfTheTime() {
    try (Visitor admin = visit(1280, ColorScheme.LIGHT)) {
      admin.page().getByLabel("Time", exactly()).selectOption("hour");
      assertThat(admin.row("fapi2-require-pkce")).hasCount(1);
      admin.page().getByLabel("Time", exactly()).selectOption("custom");
      assertThat(admin.row("fapi2-require-pkce")).hasCount(1);

      Locator to = admin.page().getByLabel("To", exactly());
      to.fill("2020-01-01T00:00");
      to.blur();
      admin.sees("No refusals");
      assertThat(admin.page()).hasURL(Pattern.compile("span=custom&from=\\d+&to=\\d+"));
      assertThat(admin.complaints()).isEmpty();
    }
  }

  @Test
  void neverSaysThatNothingWasRefusedWhereNothingIsRecorded() {
    try (TestRealm silent = TestRealm.create("fapi2-security-profile")) {
      silent.admin().updateRealm(silent.name(), Json.object().put("eventsEnabled", false));
      try (Visitor admin = Visitor.admin(silent.server(), silent.name() + "/refusals")) {
        admin.sees("Refusals");
        assertThat(admin.page().getByText("This realm does not store events")).isVisible();
        assertThat(admin.page().locator(".fa-check-circle")).hasCount(0);
        assertThat(admin.page().getByText("No refusals")).hasCount(0);
        assertThat(admin.complaints()).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1280,LIGHT", "1280,DARK", "390,LIGHT", "390,DARK"})
  void breaksNoCodesAndHasNoBarriers(int width, ColorScheme colours) throws IOException {
    try (Visitor admin = visit(width, colours)) {
      assertThat(admin.row("fapi2-require-pkce")).hasCount(1);
      admin.page().locator("summary").evaluateAll("all => all.forEach(one => one.click())");
      admin.picture("refusals-" + width + "-" + colours);
      assertThat(
              (Boolean)
                  admin
                      .page()
                      .evaluate(
                          "[...document.querySelectorAll('.fapi-code, .fapi-clause')].every(one =>"
                              + " one.getClientRects().length <= 1 && one.getBoundingClientRect()"
                              + ".right <= document.documentElement.clientWidth)"))
          .as("codes are in one piece, and within the page")
          .isTrue();
      assertThat(
              (Boolean)
                  admin
                      .page()
                      .evaluate(
                          "document.getElementById('fapi-main').scrollWidth <= window.innerWidth"))
          .isTrue();
      assertThat(barriers(admin)).isEmpty();
      assertThat(admin.complaints()).isEmpty();
    }
  }

  private static List<?> barriers(Visitor visitor) throws IOException {
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
}
