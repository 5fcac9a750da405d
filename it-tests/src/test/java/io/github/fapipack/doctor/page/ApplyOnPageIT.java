package io.github.fapipack.doctor.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.testing.ServerLogOnFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Dry run, apply and undo on the page: nothing happens without being announced. */
@ExtendWith(ServerLogOnFailure.class)
class ApplyOnPageIT {
  private static final Pattern APPLY = Pattern.compile("^Apply \\d+ changes?$");

  private WeakRealm realm;
  private Visitor admin;
  private JsonNode before;

  @BeforeEach
  void logIn() {
    realm = WeakRealm.create();
    before = state();
    admin = Visitor.admin(realm.server(), realm.name() + "/overview");
  }

  @AfterEach
  void nothingWentWrongUnseen() {
    admin.close();
    realm.close();
    assertThat(admin.complaints()).isEmpty();
  }

  /** What the profile would see. */
  private JsonNode state() {
    ObjectNode state = Json.object();
    state.set("policies", realm.admin().clientPolicies(realm.name()));
    state.set("profiles", realm.admin().clientProfiles(realm.name()));
    state.set("findings", realm.report("profile=fapi2-security-profile").path("findings"));
    return state;
  }

  private void dryRun() {
    admin
        .card("FAPI 2.0 Security Profile")
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Dry run"))
        .click();
    assertThat(admin.dialog().getByText("Nothing has been changed yet")).isVisible();
  }

  private void apply() {
    admin
        .dialog()
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(APPLY))
        .click();
    assertThat(admin.dialog()).hasCount(0);
    assertThat(admin.page().getByText(Pattern.compile("applied: \\d+ changes? (was|were) made")))
        .isVisible();
  }

  private static Locator.GetByTextOptions exactly() {
    return new Locator.GetByTextOptions().setExact(true);
  }

  private Locator inDialog(Pattern name) {
    return admin.dialog().getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name));
  }

  private Locator inDialog(String name) {
    return admin
        .dialog()
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name).setExact(true));
  }

  @Test
  void saysInWordsWhatItWillDoAndListsEveryChange() {
    dryRun();

    assertThat(admin.dialog())
        .containsText(
            Pattern.compile("Applying the profile changes \\d+ settings of the realm, .*clients"));
    assertThat(admin.dialog()).containsText("from that moment, requests that break a rule are");
    admin.dialog().getByText(Pattern.compile("^Realm: \\d+ changes$")).click();
    Locator change =
        admin.dialog().locator("tr").filter(new Locator.FilterOptions().setHasText("sslRequired"));
    assertThat(change.locator("td").nth(1)).hasText("external");
    assertThat(change.locator("td").nth(2)).hasText("all");
    admin
        .dialog()
        .getByText(Pattern.compile("findings that cannot be repaired automatically$"))
        .click();
    assertThat(admin.dialog()).containsText("fapi2-require-confidential-client");

    inDialog("Cancel").click();

    assertThat(admin.dialog()).hasCount(0);
    assertThat(state()).isEqualTo(before);
  }

  @Test
  void appliesWhatTheDryRunHasShownAndTakesItBack(@TempDir Path folder) {
    dryRun();
    admin
        .dialog()
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(APPLY))
        .click();

    assertThat(admin.page().getByText(Pattern.compile("applied: \\d+ changes were made")))
        .isVisible();
    assertThat(admin.page().getByText("its rules apply to no client yet")).hasCount(0);
    assertThat(admin.page().locator(".fapi-mode")).containsText("Enforced");
    assertThat(admin.page().locator(".fapi-mode")).not().containsText("Not applied");
    assertThat(admin.card("FAPI 2.0 Security Profile")).containsText("Enforced");
    assertThat(admin.card("FAPI 2.0 Message Signing")).containsText("Not applied");
    assertThat(realm.admin().clientPolicies(realm.name())).isNotEqualTo(before.path("policies"));

    Download download =
        admin.page().waitForDownload(() -> admin.button("Download the undo document").click());
    Path document = folder.resolve(download.suggestedFilename());
    download.saveAs(document);
    assertThat(document).hasFileName("fapi-undo-" + realm.name() + ".json");
    assertThat(Json.read(document).path("changes")).isNotEmpty();

    admin.button("Undo").click();
    assertThat(admin.dialog()).containsText("is not overwritten");
    inDialog("Undo").click();

    assertThat(admin.page().getByText(Pattern.compile("\\d+ changes were undone"))).isVisible();
    assertThat(state()).isEqualTo(before);
  }

  @Test
  void takesItBackLaterWithTheDocument(@TempDir Path folder) {
    dryRun();
    admin
        .dialog()
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(APPLY))
        .click();
    Download download =
        admin.page().waitForDownload(() -> admin.button("Download the undo document").click());
    Path document = folder.resolve("undo.json");
    download.saveAs(document);
    admin.page().reload();

    admin.button("Undo from a file").click();
    admin.dialog().locator("input[type=file]").setInputFiles(document);
    inDialog("Undo").click();

    assertThat(admin.page().getByText(Pattern.compile("\\d+ changes were undone"))).isVisible();
    assertThat(state()).isEqualTo(before);
  }

  @Test
  void disablesClientsThatCannotBeRepairedOnlyIfToldTo() {
    dryRun();
    Locator choice = admin.dialog().getByRole(AriaRole.CHECKBOX);
    assertThat(choice).not().isChecked();
    choice.check();

    assertThat(admin.dialog()).containsText(Pattern.compile("disables \\d+ clients"));
    assertThat(admin.dialog().getByRole(AriaRole.CHECKBOX)).isChecked();
    assertThat(inDialog(APPLY)).hasCount(0);
    Locator apply = inDialog(Pattern.compile("^Apply and switch off \\d+ clients$"));
    String number = apply.innerText().replaceAll("\\D", "");
    assertThat(apply).hasClass(Pattern.compile("pf-m-danger"));
    apply.click();
    assertThat(admin.dialog()).containsText(number + " clients are switched off");
    assertThat(inDialog("Back")).isFocused();
    admin.picture("apply-switch-off");
    inDialog("Back").click();
    assertThat(apply).isVisible();
    assertThat(state()).isEqualTo(before);
    apply.click();
    admin.dialog().getByText("Which clients").click();
    assertThat(admin.dialog().locator("li").getByText("spa", exactly())).hasCount(1);
    inDialog("Switch off " + number + " clients").click();

    assertThat(admin.page().getByText(Pattern.compile("applied: \\d+ changes were made")))
        .isVisible();
    assertThat(realm.admin().client(realm.name(), "spa").path("enabled").asBoolean()).isFalse();
    admin.open(realm.name() + "/clients?search=spa");
    assertThat(admin.row("spa")).containsText("Disabled");
  }

  @Test
  void leavesARealmThatReportsReportingUnlessToldToEnforce() {
    realm.admin().send("PUT", "/" + realm.name() + "/fapi/rollout?mode=report", null);
    dryRun();
    assertThat(admin.dialog()).containsText("Requests still pass afterwards");
    assertThat(admin.dialog().getByText(Pattern.compile("^Clients: "))).hasCount(0);
    assertThat(admin.dialog()).containsText("adds 3 keys");
    assertThat(admin.page().locator(".fapi-mode")).containsText("Not applied");
    apply();
    assertThat(admin.page().locator(".fapi-mode")).containsText("Report only");
    assertThat(admin.card("FAPI 2.0 Security Profile")).containsText("Report only");

    assertThat(realm.mode()).isEqualTo("report");
    assertThat(realm.admin().clientPolicies(realm.name())).isNotEqualTo(before.path("policies"));
    assertThat(realm.admin().realm(realm.name()).path("sslRequired").asText())
        .isEqualTo("external");

    dryRun();
    admin.dialog().getByLabel("Also change the realm and its clients, and enforce").check();
    assertThat(admin.dialog()).containsText("This ends the reporting");
    apply();

    assertThat(realm.mode()).isEqualTo("enforce");
    assertThat(realm.admin().realm(realm.name()).path("sslRequired").asText()).isEqualTo("all");
  }

  @Test
  void changesNothingIfTheRealmIsNoLongerAsTheDryRunSawIt() {
    dryRun();
    realm.admin().updateRealm(realm.name(), Json.object().put("accessTokenLifespan", 1234));
    admin
        .dialog()
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(APPLY))
        .click();

    assertThat(admin.dialog()).containsText("the realm has changed since the plan was made");
    assertThat(state().path("policies")).isEqualTo(before.path("policies"));
    inDialog("New dry run").click();
    assertThat(admin.dialog().getByText("Nothing has been changed yet")).isVisible();
    admin.expectsComplaint("409");
  }

  @Test
  void refusesAFileThatIsNoUndoDocument(@TempDir Path folder) throws IOException {
    Path nonsense = folder.resolve("nonsense.json");
    Files.writeString(nonsense, "{\"changes\":[]}");
    admin.button("Undo from a file").click();
    admin.dialog().locator("input[type=file]").setInputFiles(nonsense);
    inDialog("Undo").click();

    assertThat(admin.dialog()).containsText("this is not an undo document of this realm");
    admin.expectsComplaint("400");
  }
}
