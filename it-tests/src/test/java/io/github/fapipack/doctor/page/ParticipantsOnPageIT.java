package io.github.fapipack.doctor.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.Tokens;
import io.github.fapipack.it.directory.Organisation;
import io.github.fapipack.it.testing.ServerLogOnFailure;
import io.github.fapipack.it.testing.TestRealm;
import io.github.fapipack.it.time.Await;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Administrators find participants on the page, and suspend, withdraw and remove them. */
@ExtendWith(ServerLogOnFailure.class)
class ParticipantsOnPageIT {
  private static ParticipantRealm realm;
  private static Visitor admin;

  @BeforeAll
  static void start() {
    realm = ParticipantRealm.create();
    Organisation many = realm.directory().organisation("Zebra Bank");
    for (int i = 10; i < 35; i++) {
      realm.client("zebra-" + i, many, "Zebra " + i, i);
    }
    admin = Visitor.admin(realm.server(), realm.name() + "/participants");
  }

  @AfterAll
  static void stop() {
    admin.close();
    realm.close();
  }

  @AfterEach
  void nothingWentWrongUnseen() {
    assertThat(admin.complaints()).isEmpty();
  }

  private static String unique(String name) {
    return name + " " + UUID.randomUUID().toString().substring(0, 8);
  }

  private static void open(String query) {
    admin.open(realm.name() + "/overview");
    admin.sees("FAPI overview");
    admin.open(realm.name() + "/participants" + query);
    admin.sees("Participants");
    assertThat(admin.page().locator(".pf-v5-c-skeleton")).hasCount(0);
  }

  private static void search(String text) {
    Locator field = admin.page().getByRole(AriaRole.SEARCHBOX);
    field.fill(text);
    field.press("Enter");
  }

  private static Locator select(String name) {
    return admin.page().getByLabel(name, new Page.GetByLabelOptions().setExact(true));
  }

  private static Locator inDialog(String button) {
    return admin
        .dialog()
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(button).setExact(true));
  }

  /** Opens the confirmation of an action from the details of a software. */
  private static void ask(String software, String action) {
    open("?search=" + software);
    admin.button("Details: " + software).click();
    inDialog(action).click();
  }

  private static void confirm(String action, String reason) {
    admin.dialog().getByLabel("Reason").fill(reason);
    inDialog(action).click();
    assertThat(admin.dialog()).hasCount(0);
  }

  @Test
  void listsParticipantsPageByPageAndFindsThem() {
    open("");
    assertThat(admin.page().locator("tbody tr")).hasCount(20);
    admin.button("Next page").click();
    assertThat(admin.row("Zebra 34")).hasCount(1);
    assertThat(admin.row("Zebra 10")).hasCount(0);

    search("zebra-11");
    assertThat(admin.page().locator("tbody tr")).hasCount(1);
    Locator row = admin.row("Zebra 11");
    assertThat(row).containsText("Zebra Bank");
    assertThat(row).containsText("Active");
    assertThat(row.locator(".pf-m-orange")).hasText("Ends soon");
    assertThat(row).containsText("Days left: 11");
    search("Zebra 32");
    assertThat(admin.row("Zebra 32").locator(".pf-m-orange, .pf-m-red")).hasCount(0);

    search("nobody has this name");
    admin.sees("No participant found");
    search("zebra-11");
    admin.link("zebra-11").click();
    admin.sees("zebra-11");
  }

  @Test
  void showsOnlyThoseOfAState() {
    String name = unique("Quiet");
    realm.client(name, realm.directory().organisation(unique("Calm")), name, 100);
    realm.decide(name, "suspended", "audit <b>failed</b>");
    open("");

    select("State").selectOption("suspended");
    Locator row = admin.row(name);
    assertThat(row).containsText("Suspended");
    assertThat(row).containsText("audit <b>failed</b>");
    assertThat(row).containsText("Administrator " + realm.server().admin().username());
    assertThat(row).containsText("since ");
    assertThat(admin.row("Zebra 10")).hasCount(0);
    select("State").selectOption("active");
    assertThat(admin.row("Zebra 10")).hasCount(1);
    assertThat(admin.row(name)).hasCount(0);
  }

  @Test
  void suspendsASoftwareForAReasonAndLiftsIt() {
    String name = unique("Budget");
    FapiClient client = realm.client(realm.directory().organisation(unique("Acme")).software(name));
    Tokens tokens = client.tokens(TestRealm.USERNAME, realm.realm().password());

    ask(name, "Suspend: This software");
    assertThat(admin.dialog()).containsText("This concerns the client " + client.clientId());
    assertThat(admin.dialog()).containsText("For users nothing is lost");
    inDialog("Suspend").click();
    assertThat(admin.dialog()).containsText("Please say why.");
    assertThat(admin.dialog().getByLabel("Reason")).isFocused();
    assertThat(realm.state(name)).isEqualTo("active");
    confirm("Suspend", "under investigation");

    assertThat(admin.page().getByText("Suspended: " + name)).isVisible();
    assertThat(admin.page().locator(".fapi-news")).isFocused();
    assertThat(admin.row(name)).containsText("under investigation");
    assertThat(realm.participant(name).path("why").asText()).isEqualTo("under investigation");
    client.clientCredentials().expectError(400, "unauthorized_client");

    ask(name, "Lift: This software");
    assertThat(admin.dialog()).containsText("what users granted works again.");
    inDialog("Lift").click();

    assertThat(admin.page().getByText("the state is active")).isVisible();
    assertThat(realm.state(name)).isEqualTo("active");
    client.refresh(tokens).expect();
  }

  @Test
  void withdrawsASoftwareAfterSayingThatUsersLoseWhatTheyGranted() {
    String name = unique("Loans");
    FapiClient client = realm.client(realm.directory().organisation(unique("Acme")).software(name));
    Tokens tokens = client.tokens(TestRealm.USERNAME, realm.realm().password());

    ask(name, "Withdraw: This software");
    assertThat(admin.dialog().locator(".pf-m-danger.pf-v5-c-alert"))
        .containsText("What users granted ends and is not restored");
    inDialog("Cancel").click();
    assertThat(realm.state(name)).isEqualTo("active");
    ask(name, "Withdraw: This software");
    confirm("Withdraw", "fraud");

    assertThat(admin.row(name)).containsText("Withdrawn");
    client.clientCredentials().expectError(400, "unauthorized_client");
    ask(name, "Lift: This software");
    assertThat(admin.dialog()).containsText("stays ended: each user must be asked again");
    confirm("Lift", "cleared");
    assertThat(admin.page().getByText("the state is active")).isVisible();
    client.clientCredentials().expect();
    client.refresh(tokens).expectError("invalid_grant");
  }

  @Test
  void suspendsAWholeOrganisationAndNamesItsClients() {
    Organisation organisation = realm.directory().organisation(unique("Two Apps"));
    String one = unique("One");
    String two = unique("Two");
    realm.client(one, organisation, one, 100);
    realm.client(two, organisation, two, 100);

    String whole = "The whole organisation " + organisation.name();
    ask(one, "Suspend: " + whole);
    assertThat(admin.dialog()).containsText("2 clients are concerned.");
    admin.dialog().getByText("Which clients").click();
    assertThat(admin.dialog().locator("li")).hasCount(2);
    assertThat(admin.dialog()).containsText("software that the organisation registers later");
    confirm("Suspend", "insolvent");

    assertThat(admin.page().getByText("The whole organisation is suspended")).isVisible();
    assertThat(realm.state(one)).isEqualTo("suspended");
    assertThat(realm.state(two)).isEqualTo("suspended");
    assertThat(admin.row(one)).containsText("for the whole organisation");
    admin.button("Details: " + one).click();
    admin.dialog().getByText("All software of this organisation").click();
    assertThat(admin.page().getByText("Only software of " + organisation.name())).isVisible();
    assertThat(admin.page().locator("tbody tr")).hasCount(2);

    ask(two, "Lift: " + whole);
    confirm("Lift", "sound again");
    assertThat(admin.page().getByText("The decision on the organisation is lifted")).isVisible();
    assertThat(realm.state(one)).isEqualTo("active");
    assertThat(realm.state(two)).isEqualTo("active");
  }

  @Test
  void saysThatTheDirectorySuspendsWhatAnAdministratorHasLifted() {
    Organisation organisation = realm.directory().organisation(unique("Listed"));
    String name = unique("Doubly");
    realm.client(name, organisation, name, 100);
    organisation.software().get(0).state("INACTIVE");
    realm.read();

    ask(name, "Withdraw: This software");
    confirm("Withdraw", "fraud");
    ask(name, "Lift: This software");
    inDialog("Lift").click();

    assertThat(admin.page().getByText("but the state is still: Suspended")).isVisible();
    assertThat(admin.row(name)).containsText("Directory's list");
    ask(name, "Suspend: This software");
    assertThat(admin.dialog()).containsText("The present state is already: Suspended");
    inDialog("Cancel").click();
  }

  @Test
  void removesTheClientOfASoftwareWhichCanRegisterAgainWhenThatIsLifted() {
    String name = unique("Gone");
    FapiClient client = realm.client(realm.directory().organisation(unique("Acme")).software(name));

    ask(name, "Remove: This software");
    assertThat(admin.dialog()).containsText("The client is deleted");
    confirm("Remove", "asked for it");

    assertThat(admin.page().getByText("Removed: " + name)).isVisible();
    admin.sees("No participant found");
    Await.atMost(Duration.ofSeconds(30))
        .until("deletion of the client", () -> realm.participant(name).path("clientUuid").isNull());
    client.clientCredentials().expectError(401, "invalid_client");
    select("State").selectOption("removed");
    assertThat(select("Show")).hasValue("any");
    assertThat(admin.row(name)).containsText("No client");
    admin.button("Details: " + name).click();
    inDialog("Lift: This software").click();
    assertThat(admin.dialog()).containsText("No client is concerned at present.");
    assertThat(admin.dialog()).containsText("The software can register again.");
    inDialog("Lift").click();
    assertThat(admin.page().getByText("the state is active")).isVisible();
    JsonNode after = realm.participant(name);
    assertThat(after.path("state").asText()).isEqualTo("active");
    assertThat(after.path("clientUuid").isNull()).isTrue();
  }

  @Test
  void keepsTheReasonWhenKeycloakRefuses() {
    String name = unique("Stubborn");
    realm.client(name, realm.directory().organisation(unique("Acme")), name, 100);
    ask(name, "Suspend: This software");
    admin
        .page()
        .route(
            "**/fapi/participants/*/state",
            route ->
                route.fulfill(
                    new Route.FulfillOptions()
                        .setStatus(409)
                        .setContentType("application/json")
                        .setBody("{\"errorMessage\":\"somebody else is changing this\"}")));
    admin.dialog().getByLabel("Reason").fill("my reason");
    inDialog("Suspend").click();

    assertThat(admin.dialog()).containsText("somebody else is changing this");
    assertThat(admin.dialog()).containsText("Nothing was changed.");
    assertThat(admin.dialog().getByLabel("Reason")).hasValue("my reason");
    admin.page().unrouteAll();
    inDialog("Cancel").click();
    admin.expectsComplaint("409");
  }
}
