package io.github.fapipack.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.admin.AdminResponse;
import io.github.fapipack.it.samples.LegacyBank;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestRealm;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Administrators' changes are recorded, and can be undone from the history. */
class HistoryIT {
  @FapiRealm(FapiRealm.LEGACY_BANK)
  private TestRealm realm;

  private Doctor doctor;

  @BeforeEach
  void callDoctor() {
    doctor = Doctor.of(realm);
  }

  private List<JsonNode> entries() {
    return Doctor.list(doctor.send("GET", "history", null).json().path("entries"));
  }

  private JsonNode latest() {
    return entries().get(0);
  }

  private AdminResponse undo(JsonNode entry) {
    return doctor.send("POST", "history/" + entry.path("id").asText() + "/undo", null);
  }

  private void switchTo(String query) {
    assertThat(doctor.send("PUT", "rollout?" + query, null).status()).isEqualTo(200);
  }

  private JsonNode rollout() {
    return doctor.send("GET", "rollout?max=500", null).json();
  }

  private List<String> enforcedClients() {
    return Doctor.list(rollout().path("clients")).stream()
        .filter(client -> client.path("mode").asText().equals("enforce"))
        .map(client -> client.path("clientId").asText())
        .toList();
  }

  @Test
  void anApplyIsKeptWithWhoWhenAndWhatAndTakenBackLater() {
    JsonNode before = doctor.export();
    JsonNode answer = doctor.apply("");

    JsonNode entry = latest();

    assertThat(entry.path("id").asText()).isEqualTo(answer.path("historyId").asText());
    assertThat(entry.path("kind").asText()).isEqualTo("apply");
    assertThat(entry.path("profile").asText()).isEqualTo("fapi2-security-profile");
    assertThat(entry.at("/who/username").asText()).isEqualTo(realm.admin().username());
    assertThat(entry.at("/who/realm").asText()).isEqualTo("master");
    assertThat(entry.at("/who/client").asText()).isNotBlank();
    assertThat(entry.path("time").asLong())
        .isBetween(System.currentTimeMillis() - 300_000, System.currentTimeMillis() + 60_000);
    assertThat(entry.at("/counts/changes").asInt()).isEqualTo(answer.path("changes").size());
    assertThat(entry.path("undoable").asBoolean()).isTrue();
    assertThat(entry.has("undo")).as("the list is short").isFalse();
    JsonNode details = doctor.send("GET", "history/" + entry.path("id").asText(), null).json();
    assertThat(details.path("undo")).isEqualTo(answer.path("undo"));

    assertThat(undo(entry).status()).isEqualTo(200);

    assertThat(Exports.differences(doctor.export(), before)).isEmpty();
    assertThat(entries()).hasSize(2);
    assertThat(latest().path("kind").asText()).isEqualTo("undo");
    assertThat(latest().at("/of/id")).isEqualTo(entry.path("id"));
    JsonNode undone = entries().get(1);
    assertThat(undone.path("undoable").asBoolean()).isFalse();
    assertThat(undone.at("/undone/username").asText()).isEqualTo(realm.admin().username());
    assertThat(undone.at("/undone/historyId")).isEqualTo(latest().path("id"));
    assertThat(undo(undone).status()).isEqualTo(409);
    assertThat(entries()).hasSize(2);
  }

  @Test
  void anUndoCanBeTakenBackItself() {
    doctor.apply("");
    JsonNode applied = doctor.export();
    undo(latest());
    JsonNode undo = latest();

    assertThat(undo(undo).body()).contains("changes");

    assertThat(Exports.differences(doctor.export(), applied))
        .as("only the keys are others")
        .allMatch(line -> line.contains("org.keycloak.keys.KeyProvider"));
    assertThat(Doctor.list(doctor.plan("").path("changes"))).isEmpty();
    assertThat(latest().at("/of/kind").asText()).isEqualTo("undo");
    assertThat(undo(latest()).status()).isEqualTo(200);
    assertThat(Doctor.list(doctor.plan("").path("changes"))).isNotEmpty();
  }

  @Test
  void whatSomebodyHasChangedSinceIsAConflictAndNothingIsMarked() {
    doctor.apply("");
    JsonNode entry = latest();
    realm
        .admin()
        .updateRealm(realm.name(), realm.admin().realm(realm.name()).put("accessCodeLifespan", 30));
    JsonNode before = doctor.export();

    AdminResponse answer = undo(entry);

    assertThat(answer.status()).isEqualTo(409);
    assertThat(Doctor.texts(answer.json().path("conflicts"), "/pointer"))
        .containsExactly("/accessCodeLifespan");
    assertThat(Exports.differences(doctor.export(), before)).isEmpty();
    assertThat(entries()).containsExactly(entry);
  }

  @Test
  void aDocumentThatIsSentTakesItsEntryBackToo() {
    ObjectNode document = (ObjectNode) doctor.apply("").path("undo");

    doctor.undo(document);

    assertThat(latest().at("/of/id")).isEqualTo(document.path("historyId"));
    assertThat(entries().get(1).path("undoable").asBoolean()).isFalse();
  }

  @Test
  void aDocumentThatOnlyClaimsToBeThatOfAnEntryDoesNotMarkIt() {
    ObjectNode document = (ObjectNode) doctor.apply("").path("undo");
    document.withArray("changes").remove(0);

    doctor.undo(document);

    assertThat(latest().path("kind").asText()).isEqualTo("undo");
    assertThat(latest().has("of")).isFalse();
    assertThat(entries().get(1).path("undoable").asBoolean()).isTrue();
  }

  @Test
  void aDryRunAndWhatChangesNothingAreNotKept() {
    doctor.plan("");
    switchTo("mode=enforce");

    assertThat(entries()).isEmpty();
  }

  @Test
  void aChangeOfModeIsTakenBackToTheModeAndTheClientsThatWereBefore() {
    switchTo("mode=report");
    switchTo("mode=enforce&client=spa");
    switchTo("mode=enforce");
    JsonNode entry = latest();
    assertThat(entry.path("kind").asText()).isEqualTo("realm-mode");
    assertThat(entry.path("mode").asText()).isEqualTo("enforce");

    assertThat(undo(entry).status()).isEqualTo(200);

    assertThat(rollout().path("mode").asText()).isEqualTo("report");
    assertThat(enforcedClients()).containsExactly("spa");
  }

  @Test
  void takingOneClientBackLeavesThoseThatWereSwitchedSince() {
    switchTo("mode=report");
    switchTo("mode=enforce&client=spa");
    JsonNode spa = latest();
    assertThat(spa.path("kind").asText()).isEqualTo("client-mode");
    assertThat(Doctor.texts(spa.path("clients"), "")).containsExactly("spa");
    switchTo("mode=enforce&client=long-lived");

    assertThat(undo(spa).status()).isEqualTo(200);

    assertThat(enforcedClients()).containsExactly("long-lived");
    switchTo("mode=enforce");
    assertThat(undo(entries().get(2)).status()).as("all are enforced since").isEqualTo(409);
    assertThat(rollout().path("mode").asText()).isEqualTo("enforce");
  }

  @Test
  void whatIsNotThereIsNotFoundAndParametersAreNotGuessed() {
    assertThat(doctor.send("GET", "history/nothing", null).status()).isEqualTo(404);
    assertThat(doctor.send("POST", "history/nothing/undo", null).status()).isEqualTo(404);
    assertThat(doctor.send("GET", "history?client=spa", null).status()).isEqualTo(400);
  }

  @Test
  void anEntryOfAnotherRealmIsNotFound() {
    doctor.apply("");
    String id = latest().path("id").asText();
    try (TestRealm other = TestRealm.create(LegacyBank.realm())) {
      Doctor elsewhere = Doctor.of(other);

      assertThat(elsewhere.send("GET", "history/" + id, null).status()).isEqualTo(404);
      assertThat(elsewhere.send("POST", "history/" + id + "/undo", null).status()).isEqualTo(404);
    }
  }
}
