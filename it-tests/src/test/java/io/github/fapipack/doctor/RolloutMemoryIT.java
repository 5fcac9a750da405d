package io.github.fapipack.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a realm stores about its rollout, whoever writes into it. */
@Tag("alone")
class RolloutMemoryIT {
  @FapiRealm("fapi2-security-profile")
  private TestRealm realm;

  @BeforeEach
  void startReporting() {
    change("report");
  }

  @Test
  void forgetsNoneOfTheClientsThatSeveralAdministratorsMoveOverAtOnce() {
    List<String> clients =
        Stream.generate(() -> TestClient.in(realm).register().clientId()).limit(8).toList();

    List<CompletableFuture<Integer>> answers =
        clients.stream()
            .map(
                client ->
                    CompletableFuture.supplyAsync(
                        () ->
                            realm
                                .admin()
                                .send("PUT", path("/rollout?mode=enforce&client=" + client), null)
                                .status()))
            .toList();

    for (int i = 0; i < clients.size(); i++) {
      int status = answers.get(i).join();
      JsonNode client = state(clients.get(i));
      assertThat(status).isIn(200, 409);
      assertThat(client.path("mode").asText()).isEqualTo(status == 200 ? "enforce" : "report");
    }
    assertThat(answers).anyMatch(answer -> answer.join() == 200);
  }

  @Test
  void callsNoClientCleanOfWhatNobodyRemembers() {
    FapiClient sender = TestClient.in(realm).register();
    String client = sender.clientId();
    assertThat(state(client).has("cleanSince")).isFalse();
    sender.par().expect();
    assertThat(state(client).has("cleanSince")).isTrue();
    realm.admin().updateRealm(realm.name(), Json.object().put("eventsEnabled", false));
    assertThat(state(client).has("cleanSince")).isFalse();

    ObjectNode begun = Json.object().put("fapi.rollout.since", "1000000000");
    begun.put("fapi.rollout", "{\"mode\":\"report\"}");
    ObjectNode settings = Json.object().put("eventsEnabled", true).put("eventsExpiration", 3600);
    realm.admin().updateRealm(realm.name(), settings.set("attributes", begun));
    assertThat(state(client).path("cleanSince").asLong())
        .isBetween(System.currentTimeMillis() - 3_700_000, System.currentTimeMillis());
  }

  @Test
  void findsAClientAmongOthersWhoseNamesHoldItsOwn() {
    List<String> names = List.of("a-web", "web", "web-2", "100%_\\\"<b>/?#");
    names.forEach(
        name -> realm.admin().createClient(realm.name(), Json.object().put("clientId", name)));

    for (String name : names) {
      String query = "?client=" + URLEncoder.encode(name, StandardCharsets.UTF_8);
      assertThat(realm.admin().get(path("/rollout" + query)).path("clients"))
          .singleElement()
          .matches(client -> client.path("clientId").asText().equals(name));
      assertThat(realm.admin().send("GET", path("/report" + query), null).status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "-1e9", "99999999999999999999", " "})
  void livesWithABeginningThatCannotBeRead(String garbage) {
    ObjectNode attributes = Json.object().put("fapi.rollout.since", garbage);
    attributes.put("fapi.rollout", "{\"mode\":\"report\"}");
    realm.admin().updateRealm(realm.name(), Json.object().set("attributes", attributes));

    assertThat(status().path("mode").asText()).isEqualTo("report");
    assertThat(Doctor.of(realm).findings()).isNotEmpty();
    change("enforce");
    change("report");
    assertThat(status().path("since").asLong()).isPositive();
  }

  private void change(String mode) {
    int status = realm.admin().send("PUT", path("/rollout?mode=" + mode), null).status();
    assertThat(status).isEqualTo(200);
  }

  private JsonNode status() {
    return realm.admin().get(path("/rollout?max=1"));
  }

  private JsonNode state(String clientId) {
    return realm.admin().get(path("/rollout?client=" + clientId)).at("/clients/0");
  }

  private String path(String rest) {
    return "/" + realm.name() + "/fapi" + rest;
  }
}
