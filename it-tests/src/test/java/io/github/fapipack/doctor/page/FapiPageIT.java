package io.github.fapipack.doctor.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.LoadState;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.testing.ServerLogOnFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What the page shows to an administrator. */
@ExtendWith(ServerLogOnFailure.class)
class FapiPageIT {
  private static WeakRealm realm;

  private Visitor admin;

  @BeforeAll
  static void importRealm() {
    realm = WeakRealm.create();
  }

  @AfterAll
  static void deleteRealm() {
    realm.close();
  }

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
  void tellsHowReadyTheRealmIsForEachProfile() {
    JsonNode summary = realm.report("profile=fapi2-security-profile").path("summary");
    int errors = summary.path("findings").path("error").asInt();
    int clients = summary.path("clients").path("withFindings").asInt();

    Locator card = admin.card("FAPI 2.0 Security Profile");

    assertThat(card).containsText(errors + " errors");
    assertThat(card).containsText(clients + " clients with findings");
    assertThat(card).containsText("0 of " + clients + " clients ready");
    assertThat(card.getByRole(AriaRole.PROGRESSBAR)).hasCount(0);
    assertThat(card).not().containsText("%");
    assertThat(admin.card("FAPI 2.0 Message Signing")).isVisible();
  }

  @Test
  void saysThatNothingIsAppliedAndRecommendsFapi2() {
    Locator state = admin.page().locator(".fapi-mode");
    assertThat(state).containsText("Not applied");
    assertThat(state).not().containsText("Enforced");
    assertThat(state).containsText("no rule applies to any client yet");

    assertThat(admin.page().locator("article")).hasCount(4);
    for (Locator card : admin.page().locator("article").all()) {
      assertThat(card).containsText("Not applied");
    }
    assertThat(admin.card("FAPI 2.0 Security Profile")).containsText("Recommended");
    assertThat(admin.page().locator(".fapi-chosen")).hasCount(1);
    assertThat(admin.page().locator(".fapi-chosen")).containsText("FAPI 2.0 Security Profile");
  }

  @Test
  void offersTheProfilesOfEcosystemsApart() {
    admin.page().getByText("Profiles of ecosystems").click();
    Locator profile =
        admin.page().locator("details").filter(new Locator.FilterOptions().setHasText("Brasil"));
    assertThat(profile.getByRole(AriaRole.BUTTON).first()).isVisible();

    profile.getByRole(AriaRole.LINK).first().click();

    assertThat(admin.page().locator(".fapi-chosen")).hasCount(0);
  }

  @Test
  void opensTheClientsOfOneStateFromTheOverview() {
    int findings =
        realm.report("profile=fapi2-security-profile").at("/summary/clients/withFindings").asInt();
    admin
        .card("FAPI 2.0 Security Profile")
        .getByText(Pattern.compile("^\\d+ clients with findings$"))
        .click();
    admin.sees("Clients");

    assertThat(admin.page().getByText("1 - 10 of " + findings)).isVisible();
    assertThat(admin.row("account-console")).hasCount(0);
    assertThat(state()).hasValue("findings");
    state().selectOption("exempt");
    assertThat(admin.row("account-console")).containsText("Exempt");
    assertThat(admin.row("broken-lifetime")).hasCount(0);
    state().selectOption("");
    admin.page().getByLabel("Sort by").selectOption("state");
    assertThat(admin.row("account-console")).hasCount(0);

    admin.open(realm.name() + "/overview");
    admin.card("FAPI 2.0 Security Profile").getByText("disabled or without a flow").click();
    assertThat(state()).hasValue("inactive,disabled");
    assertThat(admin.row("broker")).hasCount(1);
  }

  private Locator state() {
    return admin.page().getByLabel("State", new Page.GetByLabelOptions().setExact(true));
  }

  @Test
  void exportsTheClientsThatFit(@TempDir Path folder) throws IOException {
    admin.open(realm.name() + "/clients?state=findings");
    Download download = admin.page().waitForDownload(() -> admin.button("Export as CSV").click());
    assertThat(download.suggestedFilename()).isEqualTo("fapi-clients-" + realm.name() + ".csv");
    Path file = folder.resolve("clients.csv");
    download.saveAs(file);
    assertThat(Files.readAllLines(file))
        .anyMatch(line -> line.startsWith("spa,"))
        .noneMatch(line -> line.startsWith("account-console,"));
  }

  @Test
  void showsWhatIsWrongWithTheRealmItselfAndTheRemedyBesideIt() {
    Locator finding = admin.row("sslRequired");

    assertThat(finding).containsText("Error");
    assertThat(finding).containsText("FAPI2-SP 5.2.1-1");
    finding.getByText("Show", new Locator.GetByTextOptions().setExact(true)).click();
    assertThat(finding.locator(".fapi-from-to")).containsText("external");
    assertThat(finding.locator(".fapi-from-to")).containsText("all");
    assertThat(admin.page().getByText("its rules apply to no client yet")).isVisible();
  }

  @Test
  void saysThatNoEventsAreKeptAndHowToSwitchThemOn() {
    setEvents(false);
    admin.page().reload();

    assertThat(admin.page().getByText("This realm does not store events")).isVisible();
    assertThat(admin.link("Open the event settings"))
        .hasAttribute("href", "../#/" + realm.name() + "/realm-settings/events");

    setEvents(true);
    admin.link("Refusals").click();
    admin.sees("Refusals");
    assertThat(admin.page().getByText("No requests are recorded that were refused")).isVisible();
    assertThat(admin.page().getByText("This realm does not store events")).hasCount(0);
  }

  private static void setEvents(boolean on) {
    realm.admin().updateRealm(realm.name(), Json.object().put("eventsEnabled", on));
  }

  @Test
  void listsTheClientsWithTheirStatePageByPage() {
    admin.link("Clients").click();
    admin.sees("Clients");

    assertThat(admin.row("account-console")).containsText("Exempt");
    assertThat(admin.row("broken-lifetime")).containsText(Pattern.compile("\\d errors?"));
    assertThat(admin.page().locator("tbody tr")).hasCount(10);
    assertThat(admin.page().getByText(Pattern.compile("^1 - 10 of \\d+$"))).isVisible();

    admin.button("Next page").click();
    assertThat(admin.row("account-console")).hasCount(0);
    assertThat(admin.row("spa")).hasCount(1);
    admin.button("Previous page").click();
    assertThat(admin.row("account-console")).hasCount(1);
  }

  @Test
  void findsAClientByItsIdAlsoWithTheKeyboard() {
    admin.open(realm.name() + "/clients");

    Locator field = admin.page().getByRole(AriaRole.SEARCHBOX);
    field.fill("wildc");
    field.press("Enter");

    assertThat(admin.page().locator("tbody tr")).hasCount(1);
    assertThat(admin.link("wildcard")).isVisible();

    admin.page().getByRole(AriaRole.SEARCHBOX).fill("nobody has this name");
    admin.page().getByRole(AriaRole.SEARCHBOX).press("Enter");
    admin.sees("No client found");
  }

  @Test
  void showsAClientsFindingsWithTheFixBesideEach() {
    admin.open(realm.name() + "/clients?search=spa");
    admin.link("spa").click();
    admin.sees("spa");

    Locator hopeless = admin.row("fapi2-require-confidential-client");
    assertThat(hopeless).containsText("Error");
    assertThat(hopeless).containsText("change the client as said");
    Locator mended = admin.row("fapi2-require-consent");
    mended.getByText("Show", new Locator.GetByTextOptions().setExact(true)).click();
    assertThat(mended).containsText("consentRequired");
    assertThat(mended.locator(".fapi-from-to").last()).containsText("true");
    assertThat(admin.link("Open in the admin console"))
        .hasAttribute(
            "href", Pattern.compile("^\\.\\./#/" + realm.name() + "/clients/[0-9a-f-]+/"));
  }

  @Test
  void saysThatThereIsNoSuchClient() {
    admin.open(realm.name() + "/clients/nobody");

    assertThat(admin.page().getByText("the realm has no such client")).isVisible();
    admin.expectsComplaint("404");
  }

  @Test
  void changesTheRealmThatIsLookedAt() {
    admin
        .page()
        .getByLabel("Realm", new Page.GetByLabelOptions().setExact(true))
        .selectOption("master");

    assertThat(admin.page()).hasURL(Pattern.compile("#/master/overview$"));
    assertThat(admin.card("FAPI 2.0 Security Profile"))
        .containsText("This realm administers the server");
    assertThat(admin.button("Dry run")).hasCount(0);
  }

  @Test
  void goesBackAndForthAsABrowserDoes() {
    admin.link("Clients").click();
    admin.sees("Clients");
    admin.page().goBack();
    admin.sees("FAPI overview");
    admin.page().reload();
    admin.sees("FAPI overview");
    admin.page().waitForLoadState(LoadState.NETWORKIDLE);

    assertThat(admin.page()).hasURL(Pattern.compile("/fapi/#/" + realm.name() + "/overview$"));
  }
}
