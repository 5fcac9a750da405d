package io.github.fapipack.doctor.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.github.fapipack.grantmanagement.Grant;
import io.github.fapipack.grantmanagement.Grants.Consented;
import io.github.fapipack.grantmanagement.PostgresServer;
import io.github.fapipack.grantmanagement.StoredGrants;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Administrators view and revoke grants on the page. */
class GrantsOnPageIT {
  private static TestRealm realm;
  private static StoredGrants grants;
  private static Visitor admin;

  private FapiClient client;

  @BeforeAll
  static void logIn() {
    PostgresServer server = PostgresServer.get();
    realm = server.realm("fapi2-security-profile");
    grants = server.grants(realm);
    admin = Visitor.admin(realm.server(), realm.name() + "/overview");
  }

  @AfterAll
  static void deleteRealm() {
    admin.close();
    realm.close();
  }

  @BeforeEach
  void openTheView() {
    client = TestClient.in(realm).register();
    admin.open(realm.name() + "/grants");
    admin.sees("Grants");
  }

  @AfterEach
  void nothingWentWrongUnseen() {
    assertThat(admin.complaints()).isEmpty();
  }

  private Grant payment() {
    return grants.create(
        client,
        new Consented(
            Set.of("payments"),
            Set.of("email"),
            List.of(Json.object().put("type", "<b>payment</b>").put("amount", "123.50")),
            4_000_000_000L));
  }

  private void search(String field, String text) {
    Locator input =
        admin.page().getByRole(AriaRole.SEARCHBOX, new Page.GetByRoleOptions().setName(field));
    input.fill(text);
    input.press("Enter");
  }

  @Test
  void showsWhatAUserLetsAClientDoAndEndsItWhenAsked() {
    Grant grant = payment();
    assertThat(admin.page().getByText("Whose grants?")).isVisible();

    search("Client ID", client.clientId());
    Locator row = admin.row(client.clientId());
    assertThat(row).containsText(TestRealm.USERNAME);
    assertThat(row).containsText("payments");
    row.getByText("1 detailed authorization").click();
    assertThat(row.locator("pre")).containsText("<b>payment</b>");
    admin.picture("grants");

    admin.button("End").click();
    confirm("Cancel");
    assertThat(grants.has(grant)).isTrue();
    admin.button("End").click();
    assertThat(admin.dialog()).containsText("This cannot be undone");
    confirm("End");

    assertThat(admin.page().getByText("The grant has ended.")).isVisible();
    assertThat(admin.page().getByText("No grants")).isVisible();
    assertThat(grants.has(grant)).isFalse();
  }

  @Test
  void findsTheGrantsOfAUserByName() {
    payment();

    search("User name", TestRealm.USERNAME);
    assertThat(admin.row(client.clientId())).hasCount(1);

    search("User name", "nobody");
    assertThat(admin.page().getByText("No grants")).isVisible();
  }

  @Test
  void aClientLeadsToItsGrants() {
    payment();
    admin.open(realm.name() + "/clients/" + client.clientId());

    admin.link("Show its grants").click();

    assertThat(admin.row(client.clientId())).hasCount(1);
  }

  private void confirm(String name) {
    admin
        .dialog()
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name).setExact(true))
        .click();
    assertThat(admin.dialog()).hasCount(0);
  }
}
