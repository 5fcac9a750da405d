package io.github.fapipack.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fapipack.grantmanagement.PostgresServer;
import io.github.fapipack.it.client.ClientKeys;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.testing.BankRealm;
import io.github.fapipack.it.testing.ServerLogOnFailure;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import io.github.fapipack.it.time.Await;
import io.github.fapipack.monitoring.PromQl.Selector;
import io.github.fapipack.monitoring.Scrape.Series;
import io.github.fapipack.participants.JoinedRealm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The dashboard and the alert rules use only metrics that a server has. */
@ExtendWith(ServerLogOnFailure.class)
class MonitoringFilesIT {
  private static final Path DOCKER = Path.of(System.getProperty("harness.root")).resolve("docker");
  private static final String PKCE = "fapi2-require-pkce";

  /** Prometheus adds them itself. */
  private static final Set<String> OF_PROMETHEUS = Set.of("instance", "job");

  private static final Pattern SHOWN = Pattern.compile("\\{\\{\\s*(?:\\$labels\\.)?(\\w+)\\s*}}");
  private static final Pattern VARIABLE = Pattern.compile("label_values\\((.*),\\s*(\\w+)\\)");

  private static TestRealm realm;
  private static JoinedRealm joined;
  private static BankRealm bank;
  private static Scrape scrape;

  @BeforeAll
  static void makeTraffic() {
    realm = PostgresServer.get().realm("fapi2-security-profile");
    joined =
        JoinedRealm.start(PostgresServer.get().server(), "fapi2-security-profile", status -> {});
    bank =
        BankRealm.create(
            PostgresServer.get().server(), "fapi2-security-profile", BankRealm.BY_SCOPE, Map.of());
    FapiClient client = TestClient.in(realm).register();
    client.par().with("code_challenge_method", "plain").expectError("invalid_request");
    client.par().assertion(assertion -> assertion.key(ClientKeys.es256())).send();
    realm.configure(PKCE, Map.of("mode", "report"));
    client.par().without("code_challenge").without("code_challenge_method").expect();
    scrape =
        Await.atMost(Duration.ofSeconds(60))
            .every(Duration.ofMillis(200))
            .until(
                "complete metrics", () -> Scrape.of(realm.server()), MonitoringFilesIT::isComplete);
  }

  @AfterAll
  static void deleteRealm() {
    realm.close();
    joined.close();
    bank.close();
  }

  /** Certificates are looked up by a timer, and a request may be counted after its answer. */
  private static boolean isComplete(Scrape scrape) {
    return certificate(scrape, "realm").isPresent()
        && scrape.value("fapi_directory_stale", Map.of("realm", joined.realm().name())).isPresent()
        && scrape.value("fapi_consents_untold", Map.of("realm", bank.realm().name())).isPresent()
        && scrape
            .value("fapi_refused_requests_total", Map.of("realm", realm.name(), "mode", "report"))
            .isPresent();
  }

  private static Optional<Double> certificate(Scrape scrape, String kind) {
    return scrape.value(
        "fapi_certificate_expiry_timestamp_seconds",
        Map.of("realm", kind.equals("server") ? "*" : realm.name(), "kind", kind));
  }

  private static JsonNode dashboard() {
    return Json.read(DOCKER.resolve("dashboards/fapi-pack.json"));
  }

  private static List<Map<String, Object>> alerts() throws IOException {
    Map<String, List<Map<String, List<Map<String, Object>>>>> file =
        new Yaml(new SafeConstructor(new LoaderOptions()))
            .load(Files.readString(DOCKER.resolve("alerts/fapi-pack.yaml")));
    return file.get("groups").get(0).get("rules");
  }

  private static List<JsonNode> panels() {
    List<JsonNode> panels = new ArrayList<>();
    dashboard().path("panels").forEach(panels::add);
    return panels;
  }

  /** That a server has the metrics of an expression, with the labels and values that it wants. */
  private static void assertKnown(String expression, Set<String> shown) {
    PromQl query = PromQl.parse(expression);
    assertThat(query.selectors()).as(expression).isNotEmpty();
    Set<String> all = new HashSet<>(OF_PROMETHEUS);
    for (Selector selector : query.selectors()) {
      List<Series> series = scrape.of(selector.metric());
      assertThat(series).as("%s in %s", selector.metric(), expression).isNotEmpty();
      Set<String> labels = new HashSet<>();
      series.forEach(one -> labels.addAll(one.labels().keySet()));
      assertThat(labels).as(expression).containsAll(selector.labels());
      assertThat(series)
          .as("%s with %s", selector.metric(), selector.equal())
          .anyMatch(one -> one.labels().entrySet().containsAll(selector.equal().entrySet()));
      all.addAll(labels);
    }
    assertThat(all).as("labels of %s", expression).containsAll(query.labels()).containsAll(shown);
  }

  private static Set<String> shown(String text) {
    Set<String> labels = new LinkedHashSet<>();
    SHOWN.matcher(text).results().forEach(found -> labels.add(found.group(1)));
    return labels;
  }

  @Test
  void everyPanelOfTheDashboardAsksForWhatIsThere() {
    int targets = 0;
    for (JsonNode panel : panels()) {
      for (JsonNode target : panel.path("targets")) {
        assertKnown(target.path("expr").asText(), shown(target.path("legendFormat").asText()));
        targets++;
      }
    }
    assertThat(targets).isGreaterThan(12);
  }

  @Test
  void theVariablesOfTheDashboardAskForWhatIsThere() {
    JsonNode variable = dashboard().at("/templating/list/1");
    var query = VARIABLE.matcher(variable.path("definition").asText());

    assertThat(query.matches()).isTrue();
    assertKnown(query.group(1), Set.of(query.group(2)));
    assertThat(variable.at("/query/query")).isEqualTo(variable.path("definition"));
  }

  @Test
  void panelsHaveIdsAndPlacesOfTheirOwn() {
    Set<Integer> ids = new HashSet<>();
    Set<String> places = new HashSet<>();
    for (JsonNode panel : panels()) {
      assertThat(ids.add(panel.path("id").asInt())).isTrue();
      assertThat(places.add(panel.at("/gridPos/x") + " " + panel.at("/gridPos/y"))).isTrue();
      assertThat(panel.at("/gridPos/x").asInt() + panel.at("/gridPos/w").asInt())
          .isLessThanOrEqualTo(24);
    }
  }

  @Test
  void everyAlertAsksForWhatIsThereAndSaysWhatToDo() throws IOException {
    Set<String> names = new HashSet<>();
    for (Map<String, Object> alert : alerts()) {
      assertThat(names.add((String) alert.get("alert"))).isTrue();
      Map<?, ?> annotations = (Map<?, ?>) alert.get("annotations");
      assertKnown((String) alert.get("expr"), shown((String) annotations.get("summary")));
      assertThat((String) annotations.get("description")).isNotBlank();
      assertThat(((Map<?, ?>) alert.get("labels")).get("severity"))
          .isIn("info", "warning", "critical");
    }
    assertThat(names).hasSizeGreaterThan(8);
  }

  @Test
  void theFirstEndOfARealmsCertificatesIsThatOfTheList() {
    JsonNode listed =
        realm.admin().get("/" + realm.name() + "/fapi/keys?owner=realm&max=500").path("keys");
    long first = Long.MAX_VALUE;
    for (JsonNode key : listed) {
      if (key.path("status").asText().equals("active") && key.has("notAfter")) {
        first = Math.min(first, key.path("notAfter").asLong());
      }
    }

    assertThat(certificate(scrape, "realm"))
        .contains((double) TimeUnit.MILLISECONDS.toSeconds(first));
    assertThat(certificate(scrape, "server").orElseThrow())
        .isGreaterThan((double) Instant.now().plus(Duration.ofDays(1)).getEpochSecond());
    assertThat(
            scrape.value(
                "fapi_certificates_ending", Map.of("realm", realm.name(), "kind", "client")))
        .contains(0.0);
  }

  @Test
  void realmsWithoutOurRulesHaveNoTimeSeries() {
    assertThat(scrape.of("fapi_certificates_ending"))
        .isNotEmpty()
        .noneMatch(series -> series.labels().get("realm").equals("master"));
  }
}
