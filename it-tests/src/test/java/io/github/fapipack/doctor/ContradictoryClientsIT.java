package io.github.fapipack.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.client.ClientKeys;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.peer.JwksServer;
import io.github.fapipack.it.samples.LegacyBank;
import io.github.fapipack.it.testing.ClientOrigin;
import io.github.fapipack.it.testing.ServerLogOnFailure;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import io.github.fapipack.it.testing.TestServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Clients with settings that contradict the rules, as an import accepts them. */
@ExtendWith(ServerLogOnFailure.class)
class ContradictoryClientsIT {
  private static final Map<String, Map<String, String>> CLIENTS =
      Map.of(
          "plain", Map.of("pkce.code.challenge.method", "plain"),
          "unsigned", Map.of("request.object.signature.alg", "none"),
          "twice-bound",
              Map.of(
                  "dpop.bound.access.tokens", "true",
                  "tls.client.certificate.bound.access.tokens", "true"),
          "lightweight", Map.of("client.use.lightweight.access.token.enabled", "true"),
          "wrong-key", Map.of("token.endpoint.auth.signing.alg", "PS256"),
          "wrong-object", Map.of("request.object.signature.alg", "PS256"),
          "no-enc-key", Map.of("id.token.encrypted.response.alg", "RSA-OAEP"),
          "no-introspection-key", Map.of("introspection_encrypted_response_alg", "RSA-OAEP"),
          "enc-alone", Map.of("user.info.encrypted.response.enc", "A128GCM"));

  private static TestRealm realm;
  private static Doctor doctor;

  @BeforeAll
  static void importRealm() {
    realm = TestRealm.create(with(TestRealm.export("fapi2-security-profile")));
    doctor = Doctor.of(realm);
  }

  @AfterAll
  static void deleteRealm() {
    realm.close();
  }

  private static JsonNode with(JsonNode export) {
    ObjectNode all = export.deepCopy();
    CLIENTS.forEach((id, attributes) -> all.withArray("/clients").add(client(id, attributes)));
    return all;
  }

  private static ObjectNode client(String clientId, Map<String, String> attributes) {
    ObjectNode client =
        Json.object()
            .put("clientId", clientId)
            .put("protocol", "openid-connect")
            .put("publicClient", false)
            .put("clientAuthenticatorType", "client-jwt")
            .put("consentRequired", true)
            .put("fullScopeAllowed", false);
    client.putArray("redirectUris").add("https://client.example/cb");
    ObjectNode values =
        client
            .putObject("attributes")
            .put("use.jwks.string", "true")
            .put("jwks.string", ClientKeys.of(ClientKeys.es256()).publicJwks());
    attributes.forEach(values::put);
    return client;
  }

  private static List<String> log(String realmName) {
    return TestServer.get().log().lines().filter(line -> line.contains(realmName)).toList();
  }

  @Test
  void theLogSaysWhatHasBeenImported() {
    CLIENTS.keySet().stream()
        .filter(id -> !id.equals("unsigned")) // which is corrected when the client is used
        .forEach(
            id ->
                assertThat(log(realm.name()))
                    .anyMatch(line -> line.contains("against its rule") && line.contains(id)));
    assertThat(log(realm.name())).anyMatch(line -> line.contains("fapi/report tells all"));
  }

  @Test
  void theLogSaysWhatAPartialImportHasBrought() {
    try (TestRealm other = TestRealm.create("fapi2-security-profile")) {
      assertThat(log(other.name())).noneMatch(line -> line.contains("mported into"));
      ObjectNode parts = Json.object().put("ifResourceExists", "OVERWRITE");
      parts.putArray("clients").add(client("plain", CLIENTS.get("plain")));

      JsonNode result = other.admin().partialImport(other.name(), parts);

      assertThat(result.path("added").asInt()).isEqualTo(1);
      assertThat(log(other.name()))
          .anyMatch(line -> line.contains("client plain /attributes/pkce.code.challenge.method"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "plain, fapi2-require-pkce, /attributes/pkce.code.challenge.method, true",
    "unsigned, fapi-client-switches, /attributes/request.object.signature.alg, true",
    "twice-bound, fapi2-require-sender-constrained-token,"
        + " /attributes/tls.client.certificate.bound.access.tokens, true",
    "lightweight, fapi2-reject-lightweight-tokens,"
        + " /attributes/client.use.lightweight.access.token.enabled, true",
    "wrong-key, fapi2-require-fitting-keys, /attributes/token.endpoint.auth.signing.alg, true",
    "wrong-object, fapi2-require-fitting-keys, /attributes/request.object.signature.alg, true",
    "no-enc-key, fapi2-require-fitting-keys, /attributes/id.token.encrypted.response.alg, false",
    "no-introspection-key, fapi2-require-fitting-keys,"
        + " /attributes/introspection_encrypted_response_alg, false",
    "enc-alone, fapi2-require-fitting-keys, /attributes/user.info.encrypted.response.enc, false",
  })
  @Rejects(by = "RequireFittingKeys", value = "RFC7591 3.2.2-1")
  void theDoctorFindsIt(String clientId, String rule, String pointer, boolean repairable) {
    assertThat(doctor.findings(clientId))
        .filteredOn(Doctor.by(rule))
        .singleElement()
        .matches(finding -> finding.at("/where/pointer").asText().equals(pointer))
        .matches(finding -> finding.path("repairable").asBoolean() == repairable)
        .matches(finding -> !finding.path("clause").asText().isEmpty());
  }

  /** The rules do not see keys at an address; only fetching them shows the fault. */
  @Test
  @Rejects(by = "RequireFittingKeys", value = "RFC7591 3.2.2-1")
  void theDoctorFindsThatNoFetchedKeyFits() {
    try (JwksServer jwks =
        JwksServer.https(realm.server().pki()).serving(ClientKeys.of(ClientKeys.es256()))) {
      ObjectNode client =
          client("elsewhere", Map.of("id.token.encrypted.response.alg", "RSA-OAEP"));
      client
          .withObject("/attributes")
          .put("use.jwks.string", "false")
          .put("use.jwks.url", "true")
          .put("jwks.url", jwks.uri().toString());
      realm.withoutPolicies(() -> realm.admin().createClient(realm.name(), client));

      assertThat(doctor.findings("elsewhere"))
          .noneMatch(finding -> finding.path("problem").asText().contains("RSA-OAEP"));
      assertThat(Doctor.list(doctor.report("client=elsewhere&fetch=true").path("findings")))
          .anyMatch(finding -> finding.path("problem").asText().contains("RSA-OAEP"));
    }
  }

  @Test
  void applyingMendsWhatItCanAndListsTheRest() {
    try (TestRealm other = TestRealm.create(with(LegacyBank.realm()))) {
      Doctor its = Doctor.of(other);
      JsonNode begun = its.apply("mode=report");
      assertThat(Doctor.texts(begun.path("left"), "/where/name"))
          .containsAll(CLIENTS.keySet().stream().toList());
      assertThat(begun.path("changes"))
          .noneMatch(change -> change.at("/where/kind").asText().equals("client"));

      JsonNode applied = its.apply("");

      assertThat(Doctor.texts(applied.path("left"), "/where/name"))
          .contains("no-enc-key", "no-introspection-key", "enc-alone")
          .doesNotContain("plain", "unsigned", "twice-bound", "lightweight", "wrong-key");
      assertThat(its.findings("plain")).isEmpty();
      JsonNode bound = other.admin().client(other.name(), "twice-bound").path("attributes");
      assertThat(bound.path("dpop.bound.access.tokens").asText()).isEqualTo("true");
      assertThat(bound.path("tls.client.certificate.bound.access.tokens").asText())
          .isEqualTo("false");
    }
  }

  /** Keycloak would accept only the method that the rules refuse. */
  @ParameterizedTest
  @EnumSource(
      value = ClientOrigin.class,
      names = {"BEFORE_POLICY", "IMPORTED"})
  @Accepts(by = "RequirePkce", value = "FAPI2-SP 5.3.2.2-5")
  void aClientForPlainCanUseS256(ClientOrigin origin) {
    FapiClient client =
        TestClient.in(realm)
            .made(origin)
            .attribute("pkce.code.challenge.method", "plain")
            .attribute("request.object.signature.alg", "none")
            .register();

    client.tokens(TestRealm.USERNAME, realm.password());

    JsonNode stored = realm.admin().client(realm.name(), client.clientId()).path("attributes");
    assertThat(stored.path("pkce.code.challenge.method").asText()).isEqualTo("S256");
    assertThat(stored.has("request.object.signature.alg")).isFalse();
  }
}
