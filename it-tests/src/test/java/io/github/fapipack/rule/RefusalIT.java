package io.github.fapipack.rule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Where a refusal is seen: by the client, in the realm's events, and in the metrics. */
class RefusalIT {
  private static final String RULE = "fapi2-require-pkce";

  @FapiRealm("fapi2-security-profile")
  private static TestRealm realm;

  @Test
  void tellsTheClientWhatToSendAndWhichRuleAndClauseItBreaks() {
    HttpExchange answer =
        TestClient.in(realm)
            .register()
            .par()
            .with("code_challenge_method", "plain")
            .expectError(400, "invalid_request");

    assertThat(answer.errorDescription())
        .contains("S256")
        .contains(RULE)
        .contains("FAPI2-SP 5.3.2.2-5")
        .matches("[\\x20-\\x21\\x23-\\x5b\\x5d-\\x7e]+");
  }

  @Test
  void leavesAnEventForTheSupportDesk() {
    FapiClient client = TestClient.in(realm).register();

    client.par().with("code_challenge_method", "plain").expectError("invalid_request");

    assertThat(realm.admin().events(realm.name(), "PUSHED_AUTHORIZATION_REQUEST_ERROR"))
        .filteredOn(event -> client.clientId().equals(event.path("clientId").asText()))
        .extracting(JsonNode::toString)
        .anySatisfy(event -> assertThat(event).contains(RULE).contains("5.3.2.2-5"));
  }

  @Test
  void countsRefusalsAndWouldBeRefusals() throws Exception {
    FapiClient client = TestClient.in(realm).register();
    client.par().with("code_challenge_method", "plain").expectError("invalid_request");
    realm.configure(RULE, Map.of("mode", "report"));
    try {
      client.par().without("code_challenge").without("code_challenge_method").expect();
    } finally {
      realm.configure(RULE, Map.of("mode", "enforce"));
    }

    assertThat(metrics().lines())
        .filteredOn(line -> line.startsWith("fapi_rule_refusals_total{"))
        .filteredOn(line -> line.contains(client.clientId()) && line.contains(RULE))
        .anyMatch(line -> line.contains("mode=\"enforce\"") && line.endsWith(" 1.0"))
        .anyMatch(line -> line.contains("mode=\"report\"") && line.endsWith(" 1.0"));
  }

  @Test
  void countsNobodyUnderANameOfHisChoice() throws Exception {
    FapiClient client = TestClient.in(realm).register();
    String nobody = "nobody-" + UUID.randomUUID();

    client.par().with("client_id", nobody).expectError(401, "invalid_client");
    client.but().clientId(nobody).build().par().expectError(401, "invalid_client");

    assertThat(metrics()).doesNotContain(nobody);
  }

  private static String metrics() throws Exception {
    URI address = URI.create("http://127.0.0.1:" + realm.server().managementPort() + "/metrics");
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
        .body();
  }
}
