package io.github.fapipack.doctor.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.FapiRequest;
import io.github.fapipack.it.client.Pushed;
import io.github.fapipack.it.client.Tokens;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The whole path of a weak realm in the browser: nothing applied, report only, requests of good and
 * bad clients, one clean client enforced, then the bad one.
 */
class WholePathIT {
  private static final String PROFILE = "FAPI 2.0 Security Profile";

  @FapiRealm(FapiRealm.LEGACY_BANK)
  private TestRealm realm;

  private Visitor admin;

  @BeforeEach
  void logIn() {
    admin = Visitor.admin(realm.server(), realm.name() + "/overview");
    admin.sees("FAPI overview");
  }

  @AfterEach
  void nothingWentWrongUnseen() {
    admin.close();
    assertThat(admin.complaints()).isEmpty();
  }

  @Test
  void leadsFromAWeakRealmToEnforcedClientsWithoutBreakingAGoodOne() {
    assertThat(state()).containsText("Not applied");
    admin.picture("path-1-not-applied");
    press(admin.button("Report only"), "Report only");
    dryRunAndApply();
    assertThat(state()).containsText("Report only");
    assertThat(admin.card(PROFILE)).containsText("Report only");
    admin.picture("path-2-report-only");

    FapiClient good = TestClient.in(realm).register();
    FapiClient bad = TestClient.in(realm).register();
    FapiClient silent = TestClient.in(realm).register();
    int sent = flow(good);
    withoutPkce(bad).expect();
    withoutPkce(bad).expect();
    bad.par().expect();

    admin.open(realm.name() + "/clients?search=client-&sort=lastSeen");
    assertThat(row(good)).containsText("Ready");
    assertThat(row(good)).containsText("Clean since");
    assertThat(row(good)).containsText(sent + " requests");
    assertThat(row(bad)).containsText("Would have failed 2 times");
    assertThat(row(bad)).containsText("3 requests");
    assertThat(row(bad)).containsText("Requests fail");
    assertThat(row(bad)).not().containsText("Ready");
    assertThat(row(silent)).containsText("No requests yet");
    assertThat(row(silent)).not().containsText("Clean since");
    admin.picture("path-3-clients");

    press(switcher(good), "Enforce");
    assertThat(row(good)).containsText("Enforced");
    assertThat(row(bad)).containsText("Report only");
    flow(good);
    withoutPkce(good).expectError("invalid_request");
    withoutPkce(bad).expect();
    admin.page().reload();
    assertThat(row(good)).containsText("Refused 1 time");
    assertThat(row(bad)).containsText("Would have failed 3 times");

    switcher(bad).click();
    assertThat(admin.dialog()).containsText("It would have failed 3 times");
    confirm("Enforce");
    assertThat(row(bad)).containsText("Enforced");
    HttpExchange refused = withoutPkce(bad).expectError("invalid_request");
    String interaction = refused.header("x-fapi-interaction-id");
    assertThat(
            realm
                .admin()
                .get("/" + realm.name() + "/fapi/refusals?interaction=" + interaction)
                .path("refusals"))
        .singleElement()
        .matches(refusal -> refusal.path("client").asText().equals(bad.clientId()));
    admin.open(realm.name() + "/refusals?interaction=" + interaction);
    assertThat(admin.row("fapi2-require-pkce").first()).containsText(bad.clientId());
    admin.open(realm.name() + "/overview");
    assertThat(state()).containsText("2 clients are enforced already");
    admin.link("2 clients are enforced already.").click();
    assertThat(admin.page().locator("tbody tr")).hasCount(2);

    admin.close();
    takeBackOnAnotherDay(bad);
    withoutPkce(bad).expect();
    withoutPkce(good).expectError("invalid_request");
    flow(good);
  }

  /** With a new browser, which knows nothing of what was done before. */
  private void takeBackOnAnotherDay(FapiClient client) {
    try (Visitor other = Visitor.admin(realm.server(), realm.name() + "/history")) {
      other.sees("History");
      other.button(Pattern.compile(client.clientId())).click();
      other
          .dialog()
          .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Undo").setExact(true))
          .click();
      assertThat(other.dialog()).hasCount(0);
      assertThat(other.page().getByText("1 change was undone")).isVisible();
      assertThat(other.complaints()).isEmpty();
    }
  }

  /** A whole flow; returns the number of its requests, including the login. */
  private int flow(FapiClient client) {
    Tokens tokens = client.tokens(TestRealm.USERNAME, realm.password());
    client.userinfo(tokens).expect();
    Tokens refreshed = client.refresh(tokens).expect();
    client.introspect(refreshed.accessToken()).expect();
    client.revoke(refreshed.refreshToken()).expect();
    return 6; // pushed, logged in, code, refreshed, introspected, revoked
  }

  private static FapiRequest<Pushed> withoutPkce(FapiClient client) {
    return client.par().without("code_challenge").without("code_challenge_method");
  }

  private Locator state() {
    return admin.page().locator(".fapi-mode");
  }

  private Locator row(FapiClient client) {
    return admin.row(client.clientId());
  }

  private Locator switcher(FapiClient client) {
    return admin.button(Pattern.compile("^Enforce the rules for the client " + client.clientId()));
  }

  private void press(Locator button, String confirmation) {
    button.click();
    confirm(confirmation);
  }

  private void confirm(String name) {
    admin
        .dialog()
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name).setExact(true))
        .click();
    assertThat(admin.dialog()).hasCount(0);
  }

  private void dryRunAndApply() {
    admin
        .card(PROFILE)
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Dry run"))
        .click();
    assertThat(admin.dialog()).containsText("adds 3 keys");
    admin
        .dialog()
        .getByRole(
            AriaRole.BUTTON,
            new Locator.GetByRoleOptions().setName(Pattern.compile("^Apply \\d+ changes$")))
        .click();
    assertThat(admin.dialog()).hasCount(0);
  }
}
