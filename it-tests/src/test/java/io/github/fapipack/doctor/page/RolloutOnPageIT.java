package io.github.fapipack.doctor.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Report and enforce, changed on the page, and the list of refusals. */
class RolloutOnPageIT {
  private static final String PKCE = "fapi2-require-pkce";

  @FapiRealm("fapi2-security-profile")
  private TestRealm realm;

  private FapiClient client;
  private Visitor admin;

  @BeforeEach
  void logIn() {
    client = TestClient.in(realm).register();
    admin = Visitor.admin(realm.server(), realm.name() + "/overview");
    admin.sees("FAPI overview");
  }

  @AfterEach
  void nothingWentWrongUnseen() {
    admin.close();
    assertThat(admin.complaints()).isEmpty();
  }

  private void sendWithoutPkce(boolean passes) {
    var request = client.par().without("code_challenge").without("code_challenge_method");
    if (passes) {
      request.expect();
    } else {
      request.expectError("invalid_request");
    }
  }

  private void confirm(String name) {
    admin
        .dialog()
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name).setExact(true))
        .click();
    assertThat(admin.dialog()).hasCount(0);
  }

  private void reportOnly() {
    admin.button("Report only").click();
    assertThat(admin.dialog()).containsText("requests that break a rule pass");
    confirm("Report only");
    assertThat(admin.page().getByText("The realm " + realm.name() + " only reports.")).isVisible();
  }

  @Test
  void switchesTheRealmOnlyAfterSayingWhatThatDoes() {
    admin.button("Report only").click();
    confirm("Cancel");
    sendWithoutPkce(false);

    reportOnly();
    sendWithoutPkce(true);

    admin.button("Enforce").click();
    assertThat(admin.dialog()).containsText("for every client of the realm");
    confirm("Enforce");
    assertThat(admin.page().getByText("The rules are enforced for all clients")).isVisible();
    sendWithoutPkce(false);
  }

  @Test
  void movesOneClientOverAndShowsWhatItWouldHaveFailed() {
    reportOnly();
    admin.open(realm.name() + "/clients?search=" + client.clientId());
    assertThat(admin.row(client.clientId())).containsText("No requests yet");
    client.par().expect();
    admin.page().reload();
    assertThat(admin.row(client.clientId())).containsText("Clean since");
    sendWithoutPkce(true);
    admin.page().reload();
    assertThat(admin.row(client.clientId())).containsText("Would have failed 1 time");
    assertThat(admin.row(client.clientId())).containsText(PKCE);

    admin.picture("clients-reporting");
    admin.button(Pattern.compile("^Enforce the rules for the client " + client.clientId())).click();
    assertThat(admin.dialog()).containsText("It would have failed 1 time since");
    confirm("Enforce");

    assertThat(admin.page().getByText("The rules are enforced for the client")).isVisible();
    assertThat(admin.row(client.clientId())).containsText("Enforced");
    sendWithoutPkce(false);

    admin.button(Pattern.compile("^Only report for the client " + client.clientId())).click();
    confirm("Report only");
    assertThat(admin.row(client.clientId())).containsText("Report only");
    sendWithoutPkce(true);
  }

  @Test
  void explainsRefusalsAndFindsThem() {
    sendWithoutPkce(false);
    admin.link("Refusals").click();
    admin.sees("Refusals");

    Locator refusal = admin.row(PKCE);
    assertThat(refusal).containsText(client.clientId());
    assertThat(refusal).containsText("FAPI2-SP 5.3.2.2-5");
    assertThat(refusal).containsText("ext/par/request");
    assertThat(refusal).containsText("invalid_request");
    assertThat(refusal).containsText("Refused");
    admin.picture("refusals-explained");
    refusal.getByText("What the rule requires").click();
    assertThat(refusal.locator("details p")).not().isEmpty();

    admin.page().getByLabel("Outcome").selectOption("report");
    admin.sees("No refusals");
    admin.page().getByLabel("Outcome").selectOption("");
    assertThat(admin.row(PKCE)).hasCount(1);
    admin.page().getByLabel("Rule").selectOption(PKCE);
    assertThat(admin.row(PKCE)).hasCount(1);
    admin.page().getByLabel("Client ID").fill("nobody");
    admin.page().getByLabel("Client ID").press("Enter");
    admin.sees("No refusals");
  }

  @Test
  void showsAClientsRefusalsBesideItsFindings() {
    sendWithoutPkce(false);
    admin.open(realm.name() + "/clients/" + client.clientId());
    admin.sees(client.clientId());

    assertThat(admin.page().getByText("Nothing was found in this client.")).isVisible();
    assertThat(admin.row(PKCE)).containsText("invalid_request");
    assertThat(admin.page().getByText("Refused 1 time")).isVisible();
  }

  @Test
  void callsARealmReadyThatIs() {
    Locator card = admin.card("FAPI 2.0 Security Profile");

    assertThat(card.getByText("1 of 1 clients ready")).isVisible();
    assertThat(admin.page().getByText("its rules apply to no client yet")).hasCount(0);
  }
}
