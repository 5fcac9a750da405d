package io.github.fapipack.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fapipack.it.admin.AdminResponse;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.server.Harness;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The audit of a realm: what it finds, where, and that nothing in a realm makes it fail. */
class ReportIT {
  @FapiRealm(FapiRealm.LEGACY_BANK)
  private static TestRealm legacy;

  private static Doctor doctor;

  @BeforeAll
  static void callDoctor() {
    doctor = Doctor.of(legacy);
  }

  @ParameterizedTest
  @CsvSource({
    "spa, fapi2-require-confidential-client, error, /publicClient, false",
    "shop, fapi2-require-asymmetric-client-authentication, error, /clientAuthenticatorType, false",
    "wildcard, fapi2-require-secure-redirect-uri, error, /redirectUris/0, false",
    "plain-http, fapi2-require-secure-redirect-uri, error, /redirectUris/0, false",
    "implicit, fapi-client-switches, warning, /implicitFlowEnabled, true",
    "password, fapi2-reject-password-grant, error, /directAccessGrantsEnabled, true",
    "rs256, fapi2-restrict-token-algorithms, warning,"
        + " /attributes/access.token.signed.response.alg, true",
    "rs256, fapi2-restrict-client-assertion-algorithm, error,"
        + " /attributes/token.endpoint.auth.signing.alg, true",
    "rs256, fapi2-require-issuer-in-authorization-response, warning,"
        + " /attributes/exclude.issuer.from.auth.response, true",
    "weak-keys, fapi2-reject-weak-keys, error, /attributes/jwks.string, false",
    "unreadable-keys, fapi2-reject-weak-keys, error, /attributes/jwks.string, false",
    "no-keys, fapi-client-keys, error, /attributes/jwks.string, false",
    "unknown-method, fapi2-require-asymmetric-client-authentication, error,"
        + " /clientAuthenticatorType, false",
    "broken-lifetime, fapi-client-lifetimes, error, /attributes/access.token.lifespan, true",
    "long-lived, fapi-client-lifetimes, warning, /attributes/access.token.lifespan, true",
    "device, fapi2-restrict-grant-types, error,"
        + " /attributes/oauth2.device.authorization.grant.enabled, true",
    "partner, fapi2-require-consent, warning, /attributes/consent.screen.text, true",
    "partner, fapi2-reject-full-scope, warning, /fullScopeAllowed, true",
    "admin-cli, fapi-built-in-clients, warning, /directAccessGrantsEnabled, true",
    "account, fapi-built-in-clients, warning, /standardFlowEnabled, true",
  })
  void findsWhatIsWrongWithAClient(
      String clientId, String rule, String severity, String pointer, boolean repairable) {
    List<JsonNode> findings = doctor.findings(clientId).stream().filter(Doctor.by(rule)).toList();

    assertThat(findings).hasSize(1);
    JsonNode finding = findings.get(0);
    assertThat(finding.path("severity").asText()).isEqualTo(severity);
    assertThat(finding.at("/where/kind").asText()).isEqualTo("client");
    assertThat(finding.at("/where/name").asText()).isEqualTo(clientId);
    assertThat(finding.at("/where/pointer").asText()).isEqualTo(pointer);
    assertThat(finding.path("repairable").asBoolean()).isEqualTo(repairable);
    assertThat(finding.path("changes").isEmpty()).isNotEqualTo(repairable);
    assertThat(finding.path("problem").asText()).isNotBlank();
    assertThat(finding.path("remedy").asText()).isNotBlank();
  }

  @ParameterizedTest
  @CsvSource({
    "fapi-realm-settings, realm, /sslRequired",
    "fapi-realm-settings, realm, /defaultSignatureAlgorithm",
    "fapi-realm-settings, realm, /accessTokenLifespan",
    "fapi-realm-settings, realm, /accessCodeLifespan",
    "fapi-realm-settings, realm, /attributes/parRequestUriLifespan",
    "fapi-realm-settings, realm, /revokeRefreshToken",
    "fapi-realm-settings, realm, /bruteForceProtected",
    "fapi-realm-settings, realm, /eventsEnabled",
    "fapi-realm-settings, realm, /adminEventsEnabled",
    "fapi-client-scopes, realm, /defaultDefaultClientScopes",
    "fapi-policies, policy, ''",
  })
  void findsWhatIsWrongWithTheRealm(String rule, String kind, String pointer) {
    assertThat(doctor.findings())
        .filteredOn(Doctor.by(rule))
        .filteredOn(finding -> finding.at("/where/kind").asText().equals(kind))
        .filteredOn(finding -> finding.at("/where/pointer").asText().equals(pointer))
        .hasSize(1)
        .allMatch(finding -> finding.path("repairable").asBoolean());
  }

  @Test
  void findsTheKeysThatTheRealmLacksAndTheOneThatItShouldNotUse() {
    List<String> problems =
        doctor.findings().stream()
            .filter(Doctor.by("fapi-realm-keys"))
            .map(finding -> finding.path("problem").asText())
            .toList();

    assertThat(problems)
        .anyMatch(problem -> problem.contains("no active key for ES256"))
        .anyMatch(problem -> problem.contains("no active key for PS256"))
        .anyMatch(problem -> problem.contains("no active key for EdDSA"))
        .anyMatch(problem -> problem.contains("signs with RS256"));
  }

  @Test
  void findsNothingWrongWithTheServerOfTheTests() {
    assertThat(doctor.findings()).noneMatch(Doctor.by("fapi-server"));
  }

  @Test
  void findsADeadJwksUriWhenAskedTo() {
    assertThat(doctor.findings("dead-keys")).noneMatch(Doctor.by("fapi-client-keys"));

    assertThat(Doctor.list(doctor.report("client=dead-keys&fetch=true").path("findings")))
        .filteredOn(Doctor.by("fapi-client-keys"))
        .hasSize(1)
        .allMatch(finding -> finding.path("problem").asText().contains("cannot be read"));
    assertThat(Doctor.list(doctor.report("fetch=true").path("findings")))
        .anyMatch(finding -> finding.path("problem").asText().contains("cannot be read"));
  }

  @Test
  void countsWhatItHasFound() {
    JsonNode summary = doctor.report("").path("summary");

    assertThat(summary.at("/clients/exempt").asInt()).isEqualTo(2);
    assertThat(summary.at("/clients/withFindings").asInt()).isEqualTo(18);
    assertThat(summary.at("/findings/error").asInt()).isPositive();
    assertThat(summary.at("/findings/repairable").asInt()).isPositive();
  }

  @Test
  void showsNoSecretsAndNoKeys() {
    String report = doctor.send("GET", "report?fetch=true", null).body();

    JsonNode shop = legacy.admin().client(legacy.name(), "shop");
    assertThat(shop.path("secret").asText()).isNotBlank();
    assertThat(report)
        .doesNotContain(shop.path("secret").asText())
        .doesNotContain("\"kty\"", "\\\"kty", "PRIVATE KEY", "BEGIN what was meant");
  }

  @ParameterizedTest
  @MethodSource("exports")
  void findsNothingInARealmOfTheRepository(Path export) {
    String name = export.getFileName().toString().replace(".json", "");
    try (TestRealm realm = TestRealm.create(name)) {
      TestClient.in(realm).register();
      // Keycloak creates an RS256 key when somebody reads the realm's keys.
      realm.admin().get("/" + realm.name() + "/keys");

      JsonNode report = Doctor.of(realm).report("profile=" + name);

      assertThat(Doctor.list(report.path("findings"))).isEmpty();
      assertThat(report.at("/summary/clients/clean").asInt()).isEqualTo(1);
    }
  }

  /** Those of ecosystems lack what only the bank knows: EcosystemRealmIT has them. */
  static List<Path> exports() {
    return all().stream()
        .filter(file -> !Json.read(file).path("attributes").has("fapi.ecosystem"))
        .toList();
  }

  private static List<Path> all() {
    return Harness.fromSystemProperties().realmExports();
  }

  @Test
  void citesTheSpecificationOfTheProfile() {
    assertThat(clauses("fapi1-advanced"))
        .contains("FAPI1-ADV 8.6-1", "FAPI1-ADV 5.2.2-16", "FAPI1-BASE 5.2.2-5")
        .noneMatch(clause -> clause.startsWith("FAPI2-"));
    assertThat(clauses("fapi2-security-profile"))
        .contains("FAPI2-SP 5.4.1-1.2", "FAPI2-SP 5.4.1-2")
        .noneMatch(clause -> clause.startsWith("FAPI1-"));
  }

  private static List<String> clauses(String profile) {
    return Doctor.list(doctor.report("profile=" + profile).path("findings")).stream()
        .map(finding -> finding.path("clause").asText())
        .distinct()
        .toList();
  }

  @Test
  void aSecondProfileThatIsMissingIsOneFinding() {
    try (TestRealm realm = TestRealm.create("fapi2-security-profile")) {
      List<JsonNode> findings =
          Doctor.list(Doctor.of(realm).report("profile=fapi2-message-signing").path("findings"));

      assertThat(findings)
          .filteredOn(Doctor.by("fapi-policies"))
          .singleElement()
          .matches(finding -> finding.path("repairable").asBoolean())
          .extracting(finding -> finding.path("problem").asText())
          .asString()
          .contains("not applied", "fapi2-require-signed-request-object")
          .doesNotContain("fapi2-require-pkce");
    }
  }

  @Test
  void tellsWhichRulesOnlyReport() {
    try (TestRealm realm = TestRealm.create("fapi2-security-profile")) {
      realm.configure("fapi2-require-pkce", Map.of("mode", "report"));

      assertThat(Doctor.of(realm).findings())
          .singleElement()
          .matches(Doctor.by("fapi-policies"))
          .matches(finding -> finding.path("problem").asText().contains("only reports"))
          .matches(finding -> finding.path("clause").asText().equals("FAPI2-SP 5.3.2.2-5"));
    }
  }

  @Test
  void tellsWhichSettingIsWeaker() {
    try (TestRealm realm = TestRealm.create("fapi2-security-profile")) {
      realm.configure("fapi2-limit-request-uri-lifetime", Map.of("seconds", "500"));

      assertThat(Doctor.of(realm).findings())
          .singleElement()
          .matches(finding -> finding.path("problem").asText().contains("weaker"));
    }
  }

  @Test
  void findsAConsoleThatSomebodyHasAltered() {
    try (TestRealm realm = TestRealm.create("fapi2-security-profile")) {
      var console = realm.admin().client(realm.name(), "account-console");
      console.withArray("redirectUris").add("https://attacker.example/cb");
      realm.admin().updateClient(realm.name(), console);

      assertThat(Doctor.of(realm).findings("account-console"))
          .anyMatch(Doctor.by("fapi-built-in-clients"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "report?profile=fapi3",
        "report?profile=../realm",
        "report?format=xml",
        "report?fetch=perhaps",
        "report?client=nobody",
        "report?profil=fapi2-message-signing",
        "report?client=spa&client=shop",
      })
  void saysWhatIsWrongWithARequest(String path) {
    AdminResponse answer = doctor.send("GET", path, null);

    assertThat(answer.status()).isBetween(400, 404);
    assertThat(answer.json().path("errorMessage").asText()).isNotBlank();
  }

  @Test
  void saysHowFarTheRealmIsFromEachProfile() {
    JsonNode profiles = doctor.send("GET", "profiles", null).json().path("profiles");

    assertThat(Doctor.texts(profiles, "/name"))
        .containsExactlyInAnyOrderElementsOf(
            all().stream()
                .map(file -> file.getFileName().toString().replace(".json", ""))
                .filter(name -> !name.equals("fapi-directory")) // for directories only
                .toList());
    for (JsonNode profile : profiles) {
      assertThat(profile.path("fits").asBoolean()).isEqualTo(profile.path("ecosystem").isNull());
      assertThat(profile.at("/summary/findings/error").asInt(-1) > 0)
          .isEqualTo(profile.path("fits").asBoolean());
      assertThat(profile.path("rules").asInt()).isPositive();
    }
    assertThat(Json.text(profiles)).doesNotContain("secret");
  }
}
