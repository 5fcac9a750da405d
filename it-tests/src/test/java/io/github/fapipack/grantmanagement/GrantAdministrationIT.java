package io.github.fapipack.grantmanagement;

import static io.github.fapipack.grantmanagement.Store.scopes;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.admin.AdminClient;
import io.github.fapipack.it.admin.AdminResponse;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.samples.SampleUser;
import io.github.fapipack.it.testing.Administrator;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Administrators see grants per client and per user and end them; their roles decide. */
class GrantAdministrationIT {
  private static TestRealm realm;
  private static StoredGrants grants;
  private static FapiClient client;
  private static String alice;

  @BeforeAll
  static void importRealm() {
    PostgresServer server = PostgresServer.get();
    realm = server.realm("fapi2-security-profile");
    grants = server.grants(realm);
    client = TestClient.in(realm).register();
    alice = grants.userId(TestRealm.USERNAME);
  }

  @AfterAll
  static void deleteRealm() {
    realm.close();
  }

  @Test
  void grantsAreListedByUserByClientAndByBoth() {
    FapiClient other = TestClient.in(realm).register();
    String bob = realm.admin().createUser(realm.name(), SampleUser.json("bob", "secret-secret"));
    Grant alices = grants.create(other, scopes("accounts"));
    Grant bobs = grants.create(other, bob, Store.details("{'type':'t','n':1.10}"));

    assertThat(ids(list("client=" + other.clientId())))
        .containsExactlyInAnyOrder(alices.id(), bobs.id());
    assertThat(ids(list("user=" + bob))).containsExactly(bobs.id());
    assertThat(ids(list("user=" + bob + "&client=" + client.clientId()))).isEmpty();
    assertThat(list("client=" + other.clientId() + "&max=1").path("grants")).hasSize(1);
    assertThat(list("client=" + other.clientId() + "&first=2").path("grants")).isEmpty();

    JsonNode shown = list("user=" + bob).path("grants").get(0);
    assertThat(shown.path("username").asText()).isEqualTo("bob");
    assertThat(shown.path("clientId").asText()).isEqualTo(other.clientId());
    assertThat(shown.path("authorizationDetails").toString()).contains("\"type\":\"t\"");
    assertThat(shown.path("expiresAt").isNull()).isTrue();
  }

  @Test
  void anAdministratorEndsAGrantOnce() {
    Grant grant = grants.create(client, scopes("a"));

    assertThat(send(realm.admin(), "DELETE", "/" + grant.id()).status()).isEqualTo(204);
    assertThat(send(realm.admin(), "DELETE", "/" + grant.id()).status()).isEqualTo(404);
    assertThat(grants.has(grant)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "'', 403, 403, 403, false",
    "view-users, 200, 403, 403, true",
    "view-clients, 403, 200, 403, false",
    "view-users view-clients, 200, 200, 403, true",
    "manage-users, 200, 403, 204, true",
    "manage-clients, 403, 200, 204, false",
    "manage-realm, 403, 403, 403, false",
  })
  void rolesDecideWhoSeesAndEndsGrants(
      String roles, int byUser, int byClient, int revoke, boolean names) {
    AdminClient admin =
        Administrator.of(realm, roles.isEmpty() ? List.of() : List.of(roles.split(" ")));
    Grant grant = grants.create(client, scopes("a"));

    assertThat(send(admin, "GET", "?user=" + alice).status()).isEqualTo(byUser);
    AdminResponse ofClient = send(admin, "GET", "?client=" + client.clientId());
    assertThat(ofClient.status()).isEqualTo(byClient);
    if (byClient == 200) {
      assertThat(ofClient.json().path("grants").get(0).has("username")).isEqualTo(names);
      assertThat(ofClient.json().path("grants").get(0).path("mayRevoke").asBoolean())
          .isEqualTo(revoke == 204);
    }
    assertThat(send(admin, "DELETE", "/" + grant.id()).status()).isEqualTo(revoke);
    assertThat(grants.has(grant)).isEqualTo(revoke != 204);
  }

  @ParameterizedTest
  @CsvSource({
    "view-users, user, true",
    "view-clients, client, false",
    "manage-clients, client, false",
    "view-users view-clients, client, true",
    "view-users view-clients, user, true",
  })
  void whatAGrantSaysOfTheUsersAccountsIsForThoseWhoMaySeeTheUser(
      String roles, String by, boolean seen) {
    AdminClient admin = Administrator.of(realm, List.of(roles.split(" ")));
    FapiClient bank = TestClient.in(realm).register();
    grants.create(bank, alice, Store.details("{'type':'t','accounts':['DE123']}"));

    AdminResponse answer =
        send(admin, "GET", "?" + by + "=" + (by.equals("user") ? alice : bank.clientId()));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body().contains("DE123")).isEqualTo(seen);
    assertThat(answer.body().contains("\"authorizationDetailsHidden\":true")).isEqualTo(!seen);
  }

  @Test
  void fineGrainedPermissionsAreAskedToo() {
    try (TestRealm fine = PostgresServer.get().realm("fapi2-security-profile")) {
      ObjectNode settings = fine.admin().realm(fine.name()).put("adminPermissionsEnabled", true);
      fine.admin().updateRealm(fine.name(), settings);
      AdminClient nobody = Administrator.of(fine, List.of("query-users", "query-clients"));
      StoredGrants own = PostgresServer.get().grants(fine);
      String user = own.userId(TestRealm.USERNAME);

      assertThat(nobody.send("GET", "/" + fine.name() + "/fapi/grants?user=" + user, null).status())
          .isEqualTo(403);
      assertThat(
              fine.admin()
                  .send("GET", "/" + fine.name() + "/fapi/grants?user=" + user, null)
                  .status())
          .isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?", "?first=1"})
  void aListNamesAUserOrAClient(String query) {
    assertThat(send(realm.admin(), "GET", query).status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"?user=nobody", "?client=nobody"})
  void whoIsNotThereIsNotFound(String query) {
    AdminResponse answer = send(realm.admin(), "GET", query);
    assertThat(answer.status()).as(answer.body()).isEqualTo(404);
    assertThat(send(Administrator.of(realm, List.of()), "GET", query).status()).isEqualTo(403);
  }

  private static JsonNode list(String query) {
    return send(realm.admin(), "GET", "?" + query).json();
  }

  private static List<String> ids(JsonNode list) {
    return list.path("grants").findValuesAsText("id");
  }

  private static AdminResponse send(AdminClient admin, String method, String rest) {
    return admin.send(method, "/" + realm.name() + "/fapi/grants" + rest, null);
  }
}
