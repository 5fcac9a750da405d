package io.github.fapipack.claims;

import static io.github.fapipack.claims.PlantedMappers.FORGED;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.Tokens;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** The rule for mappers: where it applies, what it reports, and its settings. */
class MapperRuleIT {
  private static final String RULE = "fapi2-restrict-protocol-mappers";

  @FapiRealm("fapi2-security-profile")
  private TestRealm realm;

  private Tokens login(FapiClient client) {
    return client.tokens(TestRealm.USERNAME, realm.password());
  }

  private void inProfile(java.util.function.Consumer<ArrayNode> edit) {
    ObjectNode profiles = realm.admin().clientProfiles(realm.name());
    edit.accept((ArrayNode) profiles.path("profiles").get(0).path("executors"));
    realm.admin().updateClientProfiles(realm.name(), profiles);
  }

  private static void remove(ArrayNode executors) {
    for (int i = executors.size() - 1; i >= 0; i--) {
      if (RULE.equals(executors.get(i).path("executor").asText())) {
        executors.remove(i);
      }
    }
  }

  private List<JsonNode> corrections(FapiClient client) {
    return StreamSupport.stream(
            realm.admin().events(realm.name(), "CLIENT_INFO_ERROR").spliterator(), false)
        .filter(event -> client.clientId().equals(event.path("clientId").asText()))
        .map(event -> event.path("details"))
        .filter(details -> RULE.equals(details.path("fapi_rule").asText()))
        .toList();
  }

  @Test
  @Rejects(by = "RestrictProtocolMappers", value = "FAPI2-SP 5.3.2.1-4")
  void holdsInRealmsWhoseStoredProfileDoesNotNameIt() {
    inProfile(MapperRuleIT::remove);
    FapiClient client = TestClient.in(realm).register();
    PlantedMappers.none().hardcoded("azp").hardcoded("cnf.jkt").plant(realm, client);

    Tokens tokens = login(client);

    assertThat(tokens.accessClaims()).containsEntry("azp", client.clientId());
    assertThat(tokens.confirmation("jkt")).doesNotContain(FORGED);
    assertThat(corrections(client))
        .extracting(details -> details.path("fapi_mode").asText())
        .containsOnly("enforce");
  }

  @Test
  void recordsEachCorrectionOnceWithTheMappersName() throws Exception {
    FapiClient client = TestClient.in(realm).register();
    PlantedMappers mappers = PlantedMappers.none().hardcoded("sub").attribute("azp", false);
    mappers.plant(realm, client);

    login(client);
    login(client);

    List<JsonNode> corrections = corrections(client);
    for (String name : mappers.names()) {
      assertThat(corrections)
          .filteredOn(details -> details.path("fapi_sentence").asText().contains(name))
          .filteredOn(
              details -> details.path("fapi_sentence").asText().endsWith("the access token"))
          .hasSize(1);
    }
    assertThat(corrections)
        .allSatisfy(
            details -> {
              assertThat(details.path("fapi_clause").asText()).isEqualTo("FAPI2-SP 5.3.2.1-4");
              assertThat(details.path("fapi_mode").asText()).isEqualTo("enforce");
            });
    assertThat(metrics().lines())
        .filteredOn(line -> line.startsWith("fapi_rule_refusals_total{"))
        .anyMatch(
            line ->
                line.contains(client.clientId())
                    && line.contains(RULE)
                    && line.contains("error=\"corrected\""));
  }

  @Test
  void onlyRecordsWhereThePolicyReports() {
    realm.admin().send("PUT", "/" + realm.name() + "/fapi/rollout?mode=report", null);
    FapiClient client = TestClient.in(realm).register();
    PlantedMappers mappers = PlantedMappers.none().hardcoded("sub", "somebody", "String");
    mappers.plant(realm, client);

    Tokens tokens = login(client);

    assertThat(tokens.accessClaims()).containsEntry("sub", "somebody");
    assertThat(corrections(client))
        .isNotEmpty()
        .allSatisfy(
            details -> {
              assertThat(details.path("fapi_mode").asText()).isEqualTo("report");
              assertThat(details.path("fapi_sentence").asText()).contains(mappers.names().get(0));
            });
  }

  @Test
  void onlyRecordsWhereTheRuleItselfReports() {
    realm.configure(RULE, Map.of("mode", "report"));
    FapiClient client = TestClient.in(realm).register();
    PlantedMappers.none().hardcoded("azp", "somebody", "String").plant(realm, client);

    assertThat(login(client).accessClaims()).containsEntry("azp", "somebody");
    assertThat(corrections(client)).isNotEmpty();
  }

  @Test
  @Accepts(by = "RestrictProtocolMappers", value = "RFC9068 2.2")
  void theAudienceMapperWorks() {
    FapiClient client = TestClient.in(realm).register();
    PlantedMappers.none()
        .audience("https://api.example")
        .audience("https://other.example")
        .plant(realm, client);

    Tokens tokens = login(client);

    assertThat(audience(tokens.accessJson().path("aud")))
        .containsExactlyInAnyOrder(
            client.clientId(), "https://api.example", "https://other.example");
    assertThat(audience(client.introspect(tokens.accessToken()).expect().path("aud")))
        .contains("https://api.example");
    assertThat(corrections(client)).isEmpty();
  }

  @Test
  @Accepts(by = "RestrictProtocolMappers", value = "RFC9068 2.2")
  @Rejects(by = "RestrictProtocolMappers", value = "RFC9068 2.2")
  void aSettingNarrowsWhatTheAudienceMapperMayName() {
    FapiClient client = TestClient.in(realm).register();
    inProfile(
        executors -> {
          remove(executors);
          executors
              .addObject()
              .put("executor", RULE)
              .putObject("configuration")
              .put("mode", "enforce")
              .putArray("audiences")
              .add(client.clientId())
              .add("https://api.example");
        });
    PlantedMappers.none()
        .audience("https://api.example")
        .audience("https://other.example")
        .plant(realm, client);

    Tokens tokens = login(client);

    assertThat(audience(tokens.accessJson().path("aud")))
        .containsExactlyInAnyOrder(client.clientId(), "https://api.example");
    assertThat(tokens.idClaims().get("aud").toString())
        .contains(client.clientId())
        .doesNotContain("other");
    assertThat(audience(client.introspect(tokens.accessToken()).expect().path("aud")))
        .doesNotContain("https://other.example");
    assertThat(corrections(client))
        .extracting(details -> details.path("fapi_sentence").asText())
        .anySatisfy(sentence -> assertThat(sentence).contains("must not write aud"));
  }

  private static List<String> audience(JsonNode aud) {
    return aud.isArray()
        ? StreamSupport.stream(aud.spliterator(), false).map(JsonNode::asText).toList()
        : List.of(aud.asText());
  }

  private String metrics() throws Exception {
    URI address = URI.create("http://127.0.0.1:" + realm.server().managementPort() + "/metrics");
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
        .body();
  }
}
