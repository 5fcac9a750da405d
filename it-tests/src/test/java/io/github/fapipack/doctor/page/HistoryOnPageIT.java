package io.github.fapipack.doctor.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.testing.ServerLogOnFailure;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An apply is undone later, by somebody without the undo document. */
@ExtendWith(ServerLogOnFailure.class)
class HistoryOnPageIT {
  private static final Pattern APPLY = Pattern.compile("^Apply \\d+ changes?$");
  private static final Pattern UNDO = Pattern.compile("^Undo: ");

  private WeakRealm realm;

  @BeforeEach
  void importRealm() {
    realm = WeakRealm.create();
  }

  @AfterEach
  void deleteRealm() {
    realm.close();
  }

  private JsonNode policies() {
    ObjectNode state = Json.object();
    state.set("policies", realm.admin().clientPolicies(realm.name()));
    state.set("profiles", realm.admin().clientProfiles(realm.name()));
    state.set("ssl", realm.admin().realm(realm.name()).path("sslRequired"));
    return state;
  }

  private static Locator inDialog(Visitor visitor, String name) {
    return visitor
        .dialog()
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name).setExact(true));
  }

  @Test
  void takesAnApplyBackOnAnotherDay() {
    JsonNode before = policies();
    try (Visitor today = Visitor.admin(realm.server(), realm.name() + "/overview")) {
      today
          .card("FAPI 2.0 Security Profile")
          .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Dry run"))
          .click();
      today
          .dialog()
          .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(APPLY))
          .click();
      assertThat(today.page().getByText("or later under History")).isVisible();
      today.link("Show in the history").click();
      today.sees("History");
      assertThat(today.row("Applied: FAPI 2.0 Security Profile")).hasCount(1);
      assertThat(today.complaints()).isEmpty();
    }
    assertThat(policies()).isNotEqualTo(before);

    try (Visitor tomorrow = Visitor.admin(realm.server(), realm.name() + "/history")) {
      tomorrow.sees("History");
      Locator row = tomorrow.row("Applied: FAPI 2.0 Security Profile");
      assertThat(row).containsText(realm.admin().username());
      assertThat(row).containsText(Pattern.compile("Realm: \\d+ changes"));
      row.getByText("Show the changes").click();
      row.getByText(Pattern.compile("^Realm: \\d+ changes$")).click();
      assertThat(row.locator("tr").filter(new Locator.FilterOptions().setHasText("sslRequired")))
          .containsText("external");
      tomorrow.picture("history-open");

      tomorrow.button(UNDO).click();
      assertThat(tomorrow.dialog()).containsText("Applied: FAPI 2.0 Security Profile");
      assertThat(tomorrow.dialog()).containsText("is not overwritten");
      tomorrow.picture("history-undo");
      inDialog(tomorrow, "Undo").click();

      assertThat(tomorrow.page().getByText(Pattern.compile("\\d+ changes were undone")))
          .isVisible();
      Locator undone = tomorrow.row("Applied: FAPI 2.0 Security Profile").last();
      assertThat(undone).containsText("by " + realm.admin().username());
      assertThat(undone.getByRole(AriaRole.BUTTON)).hasCount(0);
      assertThat(tomorrow.row("Undone: Applied: FAPI 2.0 Security Profile")).hasCount(1);
      assertThat(tomorrow.complaints()).isEmpty();
    }
    assertThat(policies()).isEqualTo(before);
  }

  @Test
  void saysWhereSomebodyHasChangedWhatWasToBeTakenBack() {
    realm.admin().send("POST", "/" + realm.name() + "/fapi/apply?dryRun=false", null);
    realm
        .admin()
        .updateRealm(realm.name(), realm.admin().realm(realm.name()).put("accessCodeLifespan", 30));
    JsonNode before = policies();
    try (Visitor admin = Visitor.admin(realm.server(), realm.name() + "/history")) {
      admin.button(UNDO).click();
      inDialog(admin, "Undo").click();

      assertThat(admin.dialog()).containsText("nothing has been undone");
      assertThat(admin.dialog()).containsText("accessCodeLifespan");
      inDialog(admin, "Close").last().click();
      admin.expectsComplaint("409");
      assertThat(admin.button(UNDO)).isVisible();
    }
    assertThat(policies()).isEqualTo(before);
  }

  @Test
  void takesAChangeOfModeBack() {
    realm.admin().send("PUT", "/" + realm.name() + "/fapi/rollout?mode=report", null);
    try (Visitor admin = Visitor.admin(realm.server(), realm.name() + "/history")) {
      assertThat(admin.row("Realm switched to: report only")).hasCount(1);
      admin.button(UNDO).click();
      assertThat(admin.dialog()).containsText("gets the mode that it had before");
      inDialog(admin, "Undo").click();

      assertThat(admin.page().getByText("1 change was undone")).isVisible();
      assertThat(admin.complaints()).isEmpty();
    }
    assertThat(realm.mode()).isEqualTo("enforce");
  }

  @Test
  void showsThatNothingHasBeenChanged() {
    try (Visitor admin = Visitor.admin(realm.server(), realm.name() + "/history")) {
      assertThat(admin.page().getByText("Nothing has been changed yet")).isVisible();
    }
  }

  @Test
  void offersNothingToWhomMayOnlyLook() {
    realm.admin().send("PUT", "/" + realm.name() + "/fapi/rollout?mode=report", null);
    realm.addAdministrator("viewer", "view-realm", "view-clients");
    try (Visitor viewer = Visitor.of(realm.server(), realm.name())) {
      viewer.open(realm.name() + "/history");
      viewer.logIn("viewer", WeakRealm.PASSWORD);

      assertThat(viewer.row("Realm switched to: report only")).hasCount(1);
      assertThat(viewer.button(UNDO)).hasCount(0);
    }
  }
}
