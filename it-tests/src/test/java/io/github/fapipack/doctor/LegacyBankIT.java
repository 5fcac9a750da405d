package io.github.fapipack.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fapipack.it.client.ClientAuth;
import io.github.fapipack.it.client.ClientKeys;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.SenderConstraint;
import io.github.fapipack.it.samples.LegacyBank;
import io.github.fapipack.it.server.Harness;
import io.github.fapipack.it.testing.ClientOrigin;
import io.github.fapipack.it.testing.ServerLogOnFailure;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import io.github.fapipack.it.testing.WholeFlow;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The whole path of a weak realm: audit, repair, FAPI flows, and undo. */
@ExtendWith(ServerLogOnFailure.class)
class LegacyBankIT {

  @ParameterizedTest
  @MethodSource("profiles")
  void aRepairedRealmHasNoFindingsAndUndoGivesTheOldOneBack(String profile) {
    try (TestRealm realm = TestRealm.create(LegacyBank.realm())) {
      Doctor doctor = Doctor.of(realm);
      String query = "profile=" + profile + "&disableUnrepairable=true";
      JsonNode before = doctor.export();

      JsonNode applied = doctor.apply(query);
      // Rules of an ecosystem find fault with clients once the realm belongs to it.
      JsonNode next = doctor.apply(query);

      assertThat(next.path("left")).allMatch(LegacyBankIT::isForTheBankToSettle);
      assertThat(doctor.report("profile=" + profile).path("findings"))
          .allMatch(LegacyBankIT::isForTheBankToSettle);
      assertThat(Exports.differences(doctor.export(), before)).isNotEmpty();
      assertThat(doctor.apply(query).path("changes")).isEmpty();

      doctor.undo(next.path("undo"));
      JsonNode undone = doctor.undo(applied.path("undo"));

      assertThat(undone.path("changes")).hasSameSizeAs(applied.path("changes"));
      assertThat(Exports.differences(doctor.export(), before)).isEmpty();
      assertThat(doctor.undo(applied.path("undo")).path("changes")).isEmpty();
    }
  }

  /** What a realm lacks in an ecosystem, and only the bank knows. */
  private static boolean isForTheBankToSettle(JsonNode finding) {
    return Set.of(
            "fapi-ecosystem",
            "fapi-bank-consent",
            "fapi-login-levels",
            "fapi-authorization-details-types")
        .contains(finding.path("rule").asText());
  }

  /** A bank does not become a scheme's directory. */
  static Stream<String> profiles() {
    return Harness.fromSystemProperties().realmExports().stream()
        .map(file -> file.getFileName().toString().replace(".json", ""))
        .filter(profile -> !profile.equals("fapi-directory"));
  }

  @Test
  void aRepairedRealmHoldsTheProfileForTheClientsThatItHad() {
    JsonNode export = LegacyBank.realm();
    try (TestRealm realm = TestRealm.create(export)) {
      FapiClient dpop = TestClient.in(realm).made(ClientOrigin.IMPORTED).register();
      FapiClient mtls =
          TestClient.in(realm)
              .made(ClientOrigin.IMPORTED)
              .auth(ClientAuth.TLS_CLIENT_AUTH)
              .constraint(SenderConstraint.MTLS)
              .register();
      Doctor doctor = Doctor.of(realm);

      doctor.apply("disableUnrepairable=true");

      assertThat(doctor.findings()).isEmpty();
      WholeFlow.complete(dpop, realm, true);
      WholeFlow.complete(mtls, realm, true);
      WholeFlow.complete(TestClient.in(realm).register(), realm, true);
      WholeFlow.attack(dpop, realm);
    }
  }

  @Test
  void thePartnerOfTheLegacyBankRunsAFlowOnceTheRealmIsRepaired() {
    ClientKeys keys = ClientKeys.create();
    var export = LegacyBank.realm();
    LegacyBank.client(export, LegacyBank.PARTNER)
        .withObject("/attributes")
        .put("jwks.string", keys.publicJwks());
    try (TestRealm realm = TestRealm.create(export)) {
      FapiClient partner =
          FapiClient.of(realm.issuer())
              .clientId(LegacyBank.PARTNER)
              .privateKeyJwt(keys)
              .redirectUri("https://partner.legacy-bank.example/callback")
              .tls(realm.server().pki(), null)
              .build();
      Doctor.of(realm).apply("");

      partner.tokens(TestRealm.USERNAME, realm.password());
      WholeFlow.attack(partner, realm);
    }
  }

  @Test
  void disablesOnlyWhatCannotBeRepairedAndOnlyIfAskedTo() {
    try (TestRealm realm = TestRealm.create(LegacyBank.realm())) {
      Doctor doctor = Doctor.of(realm);
      List<String> hopeless =
          List.of(
              "no-keys",
              "plain-http",
              "shop",
              "spa",
              "unknown-method",
              "unreadable-keys",
              "weak-keys",
              "wildcard");

      assertThat(Doctor.texts(doctor.plan("").path("left"), "/where/name"))
          .containsOnlyOnceElementsOf(List.of("no-keys", "plain-http", "shop", "wildcard"))
          .containsAll(hopeless);
      assertThat(Doctor.list(doctor.plan("").path("changes")))
          .filteredOn(change -> change.at("/where/pointer").asText().equals("/enabled"))
          .extracting(change -> change.at("/where/name").asText())
          .containsExactly("admin-cli");
      assertThat(Doctor.list(doctor.plan("disableUnrepairable=true").path("changes")))
          .filteredOn(change -> change.at("/where/pointer").asText().equals("/enabled"))
          .extracting(change -> change.at("/where/name").asText())
          .contains("admin-cli")
          .containsAll(hopeless)
          .hasSize(hopeless.size() + 1);
    }
  }
}
