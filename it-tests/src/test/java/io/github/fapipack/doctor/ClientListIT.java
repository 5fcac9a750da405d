package io.github.fapipack.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.admin.AdminResponse;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.samples.LegacyBank;
import io.github.fapipack.it.testing.ServerLogOnFailure;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The clients of a large realm: found, filtered, sorted, counted and exported. */
@ExtendWith(ServerLogOnFailure.class)
class ClientListIT {
  private static final int MANY = Integer.getInteger("clients", 520);
  private static final int BATCH = 500;

  /** A busy machine needs longer than two idle cores, which need a second. */
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private static TestRealm realm;
  private static Doctor doctor;
  private static FapiClient good;

  @BeforeAll
  static void importRealm() {
    ObjectNode bank = LegacyBank.realm();
    realm = TestRealm.create(bank);
    doctor = Doctor.of(realm);
    for (int first = 0; first < MANY; first += BATCH) {
      ArrayNode clients = Json.object().putArray("clients");
      for (int i = first; i < Math.min(first + BATCH, MANY); i++) {
        clients.add(
            LegacyBank.client(bank, "spa")
                .deepCopy()
                .put("clientId", "many-" + i)
                .put("name", "Number " + i));
      }
      realm.admin().partialImport(realm.name(), Json.object().set("clients", clients));
    }
    doctor.apply("mode=report");
    good = TestClient.in(realm).register();
  }

  @AfterAll
  static void deleteRealm() {
    realm.close();
  }

  private static JsonNode list(String query) {
    Instant start = Instant.now();
    JsonNode list = realm.admin().get("/" + realm.name() + "/fapi/clients?" + query);
    Duration took = Duration.between(start, Instant.now());
    System.out.println("clients?" + query + ": " + took.toMillis() + " ms");
    return list;
  }

  private static List<String> names(JsonNode list) {
    return Doctor.texts(list.path("clients"), "/clientId");
  }

  @Test
  void pagesThroughAllOfThemAndSaysHowMany() {
    JsonNode all = list("max=20");
    int total = all.path("total").asInt();
    assertThat(total).isGreaterThan(MANY + 16);
    assertThat(names(all)).hasSize(20).isSorted();
    JsonNode last = list("max=20&first=" + (total - 5));
    assertThat(names(last)).hasSize(5);
    assertThat(names(list("max=20&first=999999"))).isEmpty();
    assertThat(names(list("max=5&order=desc")).get(0)).isEqualTo(names(last).get(4));
  }

  @Test
  void findsThemByAPartOfTheirNameOrTheirState() {
    assertThat(list("search=MANY-1").path("total").asInt()).isBetween(11, MANY);
    // The last one's number is the beginning of no other.
    assertThat(list("search=number%20" + (MANY - 1)).path("total").asInt()).isEqualTo(1);

    Instant start = Instant.now();
    JsonNode ready = list("state=ready");
    assertThat(Duration.between(start, Instant.now())).isLessThan(LIMIT);
    assertThat(names(ready)).contains(good.clientId()).doesNotContain("spa", "many-1");
    int all = list("max=1").path("total").asInt();
    int others = list("state=disabled,inactive,exempt,other&max=1").path("total").asInt();
    int findings = list("state=findings,failing&max=1").path("total").asInt();
    assertThat(findings).isGreaterThan(MANY);
    assertThat(findings + others + ready.path("total").asInt()).isEqualTo(all);
    assertThat(list("state=findings&search=many&max=1").at("/clients/0/findings/error").asInt())
        .isPositive();
    assertThat(names(list("sort=state&order=desc&max=1"))).doesNotContain("many-1");
    assertThat(list("mode=enforce").path("total").asInt()).isZero();
    assertThat(list("mode=report&max=1").path("total").asInt()).isEqualTo(all);
  }

  @Test
  void agreesWithTheOverviewAndWithTheReport() {
    Instant start = Instant.now();
    JsonNode profiles = realm.admin().get("/" + realm.name() + "/fapi/profiles");
    System.out.println("profiles: " + Duration.between(start, Instant.now()).toMillis() + " ms");
    start = Instant.now();
    realm.admin().get("/" + realm.name() + "/fapi/profiles");
    System.out.println("again: " + Duration.between(start, Instant.now()).toMillis() + " ms");
    for (JsonNode profile : profiles.path("profiles")) {
      if (!profile.path("fits").asBoolean()) {
        assertThat(profile.has("summary")).isFalse();
        continue;
      }
      String query = "profile=" + profile.path("name").asText();
      JsonNode report = doctor.report(query).path("summary");
      assertThat(profile.path("summary")).isEqualTo(report);
      assertThat(list(query + "&max=1&state=findings").path("total").asInt())
          .isEqualTo(report.at("/clients/withFindings").asInt());
      assertThat(list(query + "&max=1&state=failing").path("total").asInt())
          .isEqualTo(profile.path("failing").asInt());
    }
  }

  @Test
  void showsAChangeAtOnce() {
    FapiClient client = TestClient.in(realm).register();
    String ready = "state=ready&max=500";
    assertThat(names(list(ready))).contains(client.clientId());
    ObjectNode changed = realm.admin().client(realm.name(), client.clientId());
    for (int i = 0; i < 3; i++) {
      realm.admin().updateClient(realm.name(), changed.put("enabled", false));
      assertThat(names(list(ready))).doesNotContain(client.clientId());
      assertThat(names(list("state=disabled&max=500"))).contains(client.clientId());
      realm.admin().updateClient(realm.name(), changed.put("enabled", true));
      assertThat(names(list(ready))).contains(client.clientId());
    }
    // A mapper is added without the client being saved.
    String id = changed.path("id").asText();
    ObjectNode mapper =
        Json.object()
            .put("name", "sub")
            .put("protocol", "openid-connect")
            .put("protocolMapper", "oidc-hardcoded-claim-mapper");
    mapper
        .putObject("config")
        .put("claim.name", "sub")
        .put("claim.value", "x")
        .put("access.token.claim", "true");
    AdminResponse added =
        realm
            .admin()
            .send(
                "POST", "/" + realm.name() + "/clients/" + id + "/protocol-mappers/models", mapper);
    assertThat(added.status()).as(added.body()).isEqualTo(201);
    assertThat(names(list(ready))).doesNotContain(client.clientId());
    realm.admin().deleteClient(realm.name(), client.clientId());
    assertThat(names(list("search=" + client.clientId()))).isEmpty();
  }

  @Test
  void sortsByTrafficAndRefusals() {
    FapiClient bad = TestClient.in(realm).register();
    good.par().expect();
    bad.par().without("code_challenge").without("code_challenge_method").expect();

    assertThat(names(list("sort=lastSeen&order=desc&max=2")))
        .containsExactly(bad.clientId(), good.clientId());
    JsonNode first = list("sort=refused&order=desc&max=1").at("/clients/0");
    assertThat(first.path("clientId").asText()).isEqualTo(bad.clientId());
    assertThat(first.path("wouldBeRefused").asInt()).isEqualTo(1);
    assertThat(first.path("state").asText()).isEqualTo("failing");
    assertThat(names(list("state=failing"))).containsExactly(bad.clientId());
    assertThat(names(list("state=ready"))).doesNotContain(bad.clientId());
  }

  @Test
  void exportsAllThatFitAndNoFormula() {
    String formula = "=HYPERLINK(\"https://evil.example\")";
    realm
        .admin()
        .createClient(
            realm.name(),
            Json.object().put("clientId", "formula").put("name", formula).put("enabled", false));
    AdminResponse answer =
        realm.admin().get("/" + realm.name() + "/fapi/clients?format=csv&search=m", "text/csv");
    assertThat(answer.status()).isEqualTo(200);
    List<String> lines = answer.body().lines().toList();
    assertThat(lines.get(0)).startsWith("client_id,name,state,errors");
    assertThat(lines).hasSizeGreaterThan(MANY);
    assertThat(lines)
        .anySatisfy(
            line ->
                assertThat(line)
                    .startsWith("formula,\"'=HYPERLINK(\"\"https://evil.example\"\")\",disabled,"));
    assertThat(lines).noneMatch(line -> line.contains(",=") || line.startsWith("="));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sort=age",
        "order=up",
        "state=fine",
        "state=ready,fine",
        "mode=off",
        "format=xls",
        "profile=none",
        "search=",
        "limit=1",
        "first=x"
      })
  void refusesWhatMakesNoSense(String query) {
    assertThat(doctor.send("GET", "clients?" + query, null).status()).isIn(400, 404);
  }
}
