package io.github.fapipack.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fapipack.it.server.DistributionServer;
import io.github.fapipack.it.server.Harness;
import io.github.fapipack.it.server.KeycloakServer;
import io.github.fapipack.it.server.Progress;
import io.github.fapipack.it.server.ServerSettings;
import io.github.fapipack.it.testing.SupportedKeycloak;
import io.github.fapipack.it.testing.TestRealm;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A server that asks clients for no certificate, as a plain {@code kc.sh start} leaves it. */
class ListenerFindingIT {
  private static KeycloakServer server;

  @BeforeAll
  static void start() {
    SupportedKeycloak.assume();
    Harness harness = Harness.fromSystemProperties();
    server =
        DistributionServer.start(
            harness,
            ServerSettings.onFreePorts(harness.workFolder("server-without-client-auth"))
                .withBuildOptions("--https-client-auth=none"),
            Progress.to(System.out));
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  private static List<JsonNode> findings(TestRealm realm, String profile) {
    return Doctor.list(Doctor.of(realm).report("profile=" + profile).path("findings")).stream()
        .filter(Doctor.by("fapi-server"))
        .toList();
  }

  private static void expect(List<JsonNode> findings, String severity, String problem) {
    assertThat(findings)
        .singleElement()
        .matches(finding -> finding.path("severity").asText().equals(severity))
        .matches(finding -> finding.at("/where/name").asText().equals("https-client-auth"))
        .matches(finding -> finding.path("problem").asText().contains(problem))
        .matches(finding -> finding.path("remedy").asText().contains("--optimized"));
  }

  @Test
  void warnsWhereTheRealmOffersMutualTls() {
    String profile = "fapi2-security-profile";
    try (TestRealm realm = TestRealm.create(server, TestRealm.export(profile))) {
      expect(findings(realm, profile), "warning", "which the realm offers");

      realm.configure("fapi2-require-sender-constrained-token", Map.of("bindings", "dpop"));
      expect(findings(realm, profile), "warning", "which the realm offers");

      realm.configure(
          "fapi2-require-asymmetric-client-authentication", Map.of("methods", "client-jwt"));
      expect(findings(realm, profile), "note", "cannot be used");
    }
  }

  @Test
  void findsAnErrorWhereTheRealmDemandsIt() {
    String profile = "fapi1-advanced";
    try (TestRealm realm = TestRealm.create(server, TestRealm.export(profile))) {
      expect(findings(realm, profile), "error", "which the realm demands");
    }
  }
}
