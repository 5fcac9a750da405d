package io.github.fapipack.doctor.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import io.github.fapipack.it.directory.ConsumerDataRight;
import io.github.fapipack.it.directory.Directory;
import io.github.fapipack.it.directory.Failure;
import io.github.fapipack.it.directory.Organisation;
import io.github.fapipack.it.testing.ServerLogOnFailure;
import io.github.fapipack.it.testing.TestServer;
import io.github.fapipack.it.time.Await;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The page says which ecosystem a realm uses, and whether its directory can be followed. */
@ExtendWith(ServerLogOnFailure.class)
class EcosystemOnPageIT {
  private static Directory directory;

  private ParticipantRealm realm;
  private Visitor admin;

  @BeforeAll
  static void startDirectory() {
    directory = Directory.start(new ConsumerDataRight(), TestServer.get());
  }

  @AfterAll
  static void stopDirectory() {
    directory.close();
  }

  @BeforeEach
  void start() {
    realm = ParticipantRealm.create(directory);
    admin = Visitor.admin(realm.server(), realm.name() + "/participants");
  }

  @AfterEach
  void stop() {
    assertThat(admin.complaints()).isEmpty();
    admin.close();
    realm.close();
    directory.clear();
  }

  private void reload() {
    admin.page().reload();
    admin.sees("Participants");
  }

  private Locator inDialog(String button) {
    return admin
        .dialog()
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(button).setExact(true));
  }

  private void sees(String text) {
    assertThat(admin.page().getByText(text).first()).isVisible();
  }

  @Test
  void readsTheDirectorysListWhenAsked() {
    Organisation organisation = directory.organisation("Acme");
    realm.client("budget", organisation, "Budget", 100);
    organisation.software().get(0).state("INACTIVE");
    sees("Consumer Data Right (Australia)");

    admin.button("Read the list now").click();

    sees("The list was read and applied. Organisations: 1. Software: 1.");
    assertThat(admin.page().locator(".fapi-news")).isFocused();
    assertThat(admin.row("Budget")).containsText("Suspended");
    assertThat(admin.row("Budget")).containsText("Directory's list");
    assertThat(admin.page().locator(".fapi-mode")).containsText("Interval: 1 day");
  }

  @Test
  void saysWhyTheListCannotBeReadAndWhatToDo() {
    directory.participants().fail(Failure.ERROR);

    admin.button("Read the list now").click();

    Locator card = admin.page().locator(".fapi-mode");
    assertThat(card).containsText("The directory's list could not be read or applied");
    assertThat(card).containsText("HTTP 503");
    assertThat(card).containsText("The states are those of ");
    assertThat(card).containsText("Check that this server reaches the address above");
    assertThat(admin.button("Apply the list even if it ends many")).hasCount(0);

    directory.participants().recover();
    admin.button("Read the list now").click();
    sees("The list was read and applied.");
    assertThat(card.locator(".pf-v5-c-alert")).hasCount(0);
  }

  @Test
  void alarmsWhenTheDirectoryIsSilentForTooLong() {
    realm.staleAfter(1);
    directory.participants().fail(Failure.DOWN);
    admin.button("Read the list now").click();
    sees("could not be read or applied");

    Await.atMost(Duration.ofSeconds(30))
        .until("alarm", () -> realm.directoryStatus().path("stale").asBoolean());
    reload();

    assertThat(admin.page().locator(".fapi-mode .pf-m-danger"))
        .containsText("The directory has been silent for too long");
    assertThat(admin.page().locator(".fapi-mode")).containsText("the directory cannot be reached");
  }

  @Test
  void appliesAListThatEndsManyOnlyAfterAQuestion() {
    List<Organisation> organisations =
        IntStream.range(0, 12).mapToObj(i -> directory.organisation("Many " + i)).toList();
    realm.read();
    for (int i = 0; i < organisations.size(); i++) {
      realm.client("client-" + i, organisations.get(i), "Software " + i, 100);
      organisations.get(i).listedAs("REVOKED");
    }
    admin.button("Read the list now").click();
    sees("would end 12 of 12");
    assertThat(realm.state("Software 3")).isEqualTo("active");

    admin.button("Apply the list even if it ends many").click();
    assertThat(admin.dialog()).containsText("Ask the directory first");
    assertThat(admin.dialog()).containsText("ends and is not restored");
    inDialog("Cancel").click();
    assertThat(realm.state("Software 3")).isEqualTo("active");
    admin.button("Apply the list even if it ends many").click();
    inDialog("Apply the list even if it ends many").click();

    sees("The list was read and applied.");
    assertThat(realm.state("Software 3")).isEqualTo("withdrawn");
  }

  @Test
  void saysHowToChooseAnEcosystem() {
    realm.set("fapi.ecosystem", "");
    reload();

    admin.sees("This realm uses no ecosystem");
    sees("open-finance-brazil");
    assertThat(admin.page().locator("pre"))
        .containsText("kcadm.sh update realms/" + realm.name() + " -s");
    assertThat(admin.page().locator("table")).hasCount(0);
  }

  @Test
  void saysThatStatesHaveNoEffectWithoutAnEcosystem() {
    realm.client("left", directory.organisation("Acme"), "Left", 100);
    realm.set("fapi.ecosystem", "");
    reload();

    sees("the states below have no effect");
    assertThat(admin.row("Left")).hasCount(1);
  }

  @Test
  void saysThatARealmThatOnlyReportsRefusesNobody() {
    realm.set("fapi.rollout", "{\"mode\":\"report\",\"enforced\":[]}");
    reload();

    sees("This realm only reports, so suspended participants are not refused");
  }

  @Test
  void saysWhatIsWrongWithAProfile() {
    realm.set("fapi.ecosystem", "nowhere");
    reload();

    sees("The profile of the ecosystem cannot be used");
    sees("There is no such profile");
    assertThat(admin.button("Read the list now")).hasCount(0);
  }

  @Test
  void offersNothingToWhoMayOnlyLook() {
    realm.client("seen", directory.organisation("Acme"), "Seen", 100);
    WeakRealm.addAdministrator(realm.server(), realm.name(), "vera", "view-realm", "view-clients");
    try (Visitor vera =
        Visitor.of(
            realm.server(), realm.name(), new Browser.NewContextOptions().setLocale("en-US"))) {
      vera.open(realm.name() + "/participants");
      vera.logIn("vera", WeakRealm.PASSWORD);
      vera.sees("Participants");

      assertThat(vera.row("Seen")).hasCount(1);
      assertThat(vera.button("Read the list now")).hasCount(0);
      vera.button("Details: Seen").click();
      assertThat(vera.dialog()).containsText("Keys of the client");
      assertThat(vera.dialog().getByRole(AriaRole.BUTTON)).hasCount(2); // both close it
      assertThat(vera.complaints()).isEmpty();
    }
  }
}
