package io.github.fapipack.participants;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.github.fapipack.it.admin.AdminClient;
import io.github.fapipack.it.admin.AdminResponse;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.Tokens;
import io.github.fapipack.it.directory.Software;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.testing.Administrator;
import io.github.fapipack.it.testing.ServerLogOnFailure;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What administrators see of participants, and what they decide. */
@ExtendWith(ServerLogOnFailure.class)
class AdministratorsDecisionIT {
  private static JoinedRealm joined;

  @BeforeAll
  static void start() {
    joined = JoinedRealm.start("fapi2-security-profile");
  }

  @AfterAll
  static void stop() {
    joined.close();
  }

  private static Tokens tokens(FapiClient client) {
    return client.tokens(TestRealm.USERNAME, joined.realm().password());
  }

  @Test
  void aSoftwareIsSuspendedAndTheSuspensionIsLifted() {
    FapiClient client = joined.client(joined.software());
    Tokens user = tokens(client);
    JsonNode participant = joined.participant(client);

    AdminResponse decided = joined.decide(participant, "suspended", "sends nonsense");

    assertThat(decided.status()).isEqualTo(200);
    assertThat(decided.json().path("state").asText()).isEqualTo("suspended");
    assertThat(decided.json().path("source").asText()).isEqualTo("administrator");
    assertThat(decided.json().path("why").asText()).isEqualTo("sends nonsense");
    assertThat(decided.json().path("by").asText()).isEqualTo(joined.realm().admin().username());
    assertThat(client.refresh(user).expectError(400, "unauthorized_client").errorDescription())
        .contains("an administrator has set the client's software to suspended at 20")
        .contains("ask the operator of this server")
        .doesNotContain("nonsense");
    client.userinfo(user).expectError(401, "invalid_token");

    assertThat(joined.decide(participant, "active", null).status()).isEqualTo(200);

    client.userinfo(client.refresh(user).expect()).expect();
  }

  @Test
  void anOrganisationIsWithdrawnWithAllItsSoftware() {
    Software first = joined.software();
    Software second = first.organisation().software("Second");
    FapiClient one = joined.client(first);
    FapiClient two = joined.client(second);
    Tokens lost = tokens(two);

    AdminResponse decided =
        joined.decideOrganisation(joined.participant(one), "withdrawn", "bankrupt");

    assertThat(decided.status()).isEqualTo(204);
    one.clientCredentials().expectError(400, "unauthorized_client");
    two.clientCredentials().expectError(400, "unauthorized_client");

    joined.decideOrganisation(joined.participant(one), "active", null);

    one.clientCredentials().expect();
    two.refresh(lost).expectError("invalid_grant");
  }

  @Test
  void theListDoesNotLiftWhatAnAdministratorHasDecided() {
    Software software = joined.software();
    FapiClient client = joined.client(software);
    joined.decide(joined.participant(client), "suspended", "ours");
    software.state("INACTIVE");
    joined.refresh();
    software.state("ACTIVE");
    joined.refresh();

    client.clientCredentials().expectError(400, "unauthorized_client");

    software.state("INACTIVE");
    joined.refresh();
    joined.decide(joined.participant(client), "active", null);
    client.clientCredentials().expectError(400, "unauthorized_client");
    assertThat(joined.participant(client).path("source").asText()).isEqualTo("list");
  }

  @Test
  void aRemovedSoftwareIsNotTakenBackBeforeThatIsLifted() {
    Software software = joined.software();
    FapiClient client = joined.client(software);
    JsonNode participant = joined.participant(client);

    AdminResponse removed =
        joined.send("DELETE", "/" + participant.path("id").asText() + "?reason=fraud", null);

    assertThat(removed.status()).isEqualTo(204);
    client.clientCredentials().expectError(401, "invalid_client");
    FapiClient again = joined.client(software);
    again.clientCredentials().expectError(400, "unauthorized_client");
    joined.decide(participant, "active", null);
    again.clientCredentials().expect();
  }

  @Test
  void aSoftwareHasOneClient() {
    Software software = joined.software();
    FapiClient client = joined.client(software);

    FapiClient other = TestClient.in(joined.realm()).register();
    assertThat(joined.add(other, software).status()).isEqualTo(409);
    assertThat(joined.add(client, joined.software()).status()).isEqualTo(409);

    joined.realm().admin().deleteClient(joined.realm().name(), client.clientId());
    assertThat(joined.add(other, software).status()).isEqualTo(200);
  }

  @Test
  void participantsAreFoundByNameIdAndState() {
    Software software = joined.directory().organisation("Zebra 100% Bank").software("Striped_app");
    FapiClient client = joined.client(software);
    joined.refresh();

    for (String text : List.of("zebra%20100%25", "striped_app", software.id(), client.clientId())) {
      JsonNode found = joined.list("?search=" + text);
      assertThat(found.path("total").asInt()).as(text).isEqualTo(1);
      assertThat(found.at("/participants/0/softwareName").asText()).isEqualTo("Striped_app");
      assertThat(found.at("/participants/0/organisationName").asText())
          .isEqualTo("Zebra 100% Bank");
    }
    assertThat(joined.list("?search=striped%25").path("total").asInt()).isZero();
    assertThat(joined.list("?search=zebra&state=suspended").path("total").asInt()).isZero();
    assertThat(joined.list("?search=zebra&state=active").path("total").asInt()).isEqualTo(1);
    assertThat(joined.list("?max=1").path("participants")).hasSize(1);
    JsonNode entry = joined.participant(client);
    assertThat(entry.at("/keys/0/alg").asText()).isNotEmpty();
    assertThat(entry.path("listed").asBoolean()).isTrue();
  }

  @Test
  void softwareWithoutAClientIsFoundOnDemand() {
    Software software = joined.directory().organisation("Waiting").software("Unregistered");
    joined.refresh();

    assertThat(joined.list("?search=" + software.id()).path("total").asInt()).isZero();
    assertThat(
            joined
                .list("?registered=false&search=" + software.id())
                .at("/participants/0/softwareName")
                .asText())
        .isEqualTo("Unregistered");
  }

  @Test
  void theStateOfTheDirectoryIsShown() {
    joined.software();
    JsonNode directory = joined.refresh();

    assertThat(directory.path("uri").asText())
        .isEqualTo(joined.directory().participantsUri().toString());
    assertThat(directory.path("problem").isNull()).isTrue();
    assertThat(directory.path("stale").asBoolean()).isFalse();
    assertThat(directory.path("organisations").asInt()).isPositive();
    JsonNode shown = joined.list("?max=1");
    assertThat(shown.path("directory")).isEqualTo(directory);
    assertThat(shown.at("/ecosystem/id").asText()).isEqualTo(JoinedRealm.ECOSYSTEM);
  }

  @Test
  void everyDecisionIsAnAdminEvent() {
    ObjectNode settings =
        joined
            .realm()
            .admin()
            .realm(joined.realm().name())
            .put("adminEventsEnabled", true)
            .put("adminEventsDetailsEnabled", true);
    joined.realm().admin().updateRealm(joined.realm().name(), settings);
    FapiClient client = joined.client(joined.software());
    joined.decide(joined.participant(client), "suspended", "for the log");

    JsonNode events =
        joined
            .realm()
            .admin()
            .get("/" + joined.realm().name() + "/admin-events?operationTypes=UPDATE&max=20");

    assertThat(events.findValuesAsText("representation"))
        .anyMatch(
            text ->
                text.contains("for the log")
                    && Json.parse(text).path("state").asText().equals("suspended"));
    assertThat(
            joined
                .realm()
                .admin()
                .events(joined.realm().name(), "CLIENT_UPDATE")
                .findValuesAsText("fapi_participant_state"))
        .contains("suspended");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "7",
        "x",
        "{\"state\":\"removed\",\"reason\":\"r\"}",
        "{\"state\":\"gone\",\"reason\":\"r\"}",
        "{\"state\":[\"suspended\"],\"reason\":\"r\"}",
        "{\"state\":\"suspended\"}",
        "{\"state\":\"suspended\",\"reason\":\" \"}",
        "{\"state\":\"suspended\",\"state\":\"active\",\"reason\":\"r\"}"
      })
  void aDecisionThatCannotBeReadIsRefused(String body) {
    FapiClient client = joined.client(joined.software());
    JsonNode participant = joined.participant(client);

    AdminResponse answer =
        joined.send(
            "POST",
            "/" + participant.path("id").asText() + "/state",
            JsonNodeFactory.instance.rawValueNode(new RawValue(body)));

    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    client.clientCredentials().expect();
  }

  @Test
  void whatIsNotThereIsNotFound() {
    for (String id : List.of("x", UUID.randomUUID().toString(), "%00", "a%2Fb")) {
      ObjectNode body = Json.object().put("state", "suspended").put("reason", "r");
      assertThat(joined.send("POST", "/" + id + "/state", body).status()).as(id).isEqualTo(404);
      assertThat(joined.send("POST", "/organisations/" + id + "/state", body).status())
          .as(id)
          .isEqualTo(404);
      assertThat(joined.send("DELETE", "/" + id + "?reason=r", null).status())
          .as(id)
          .isEqualTo(404);
    }
    try (TestRealm plain = TestRealm.create("fapi2-security-profile")) {
      String path = "/" + plain.name() + "/fapi/participants";
      JsonNode list = plain.admin().get(path);
      assertThat(list.path("ecosystem").isNull()).isTrue();
      assertThat(list.path("directory").isNull()).isTrue();
      assertThat(plain.admin().send("POST", path + "/refresh", null).status()).isEqualTo(404);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'', 403, 403",
    "view-realm view-clients, 200, 403",
    "view-realm manage-clients, 200, 403",
    "manage-realm view-clients, 200, 403",
    "manage-realm manage-clients, 200, 200"
  })
  void theRolesOfAnAdministratorCount(String roles, int look, int change) {
    FapiClient client = joined.client(joined.software());
    String id = joined.participant(client).path("id").asText();
    AdminClient admin =
        Administrator.of(joined.realm(), roles.isEmpty() ? List.of() : List.of(roles.split(" ")));
    String path = "/" + joined.realm().name() + "/fapi/participants";
    ObjectNode body = Json.object().put("state", "suspended").put("reason", "r");

    assertThat(admin.send("GET", path, null).status()).isEqualTo(look);
    assertThat(admin.send("POST", path + "/" + id + "/state", body).status()).isEqualTo(change);
    assertThat(admin.send("POST", path + "/refresh", null).status()).isEqualTo(change);
    assertThat(admin.send("DELETE", path + "/" + id + "?reason=r", null).status())
        .isEqualTo(change == 200 ? 204 : 403);
  }
}
