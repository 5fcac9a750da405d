package io.github.fapipack.ecosystem;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.admin.AdminResponse;
import io.github.fapipack.it.samples.LegacyBank;
import io.github.fapipack.it.testing.ServerLogOnFailure;
import io.github.fapipack.it.testing.TestRealm;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the doctor says of realms of ecosystems, and of realms that are to become one. */
@ExtendWith(ServerLogOnFailure.class)
class EcosystemRealmIT {
  private static final String NO_SERVICE = "fapi-bank-consent /attributes/fapi.consent-service";

  static List<String> realms() {
    return EcosystemFlowIT.realms();
  }

  @ParameterizedTest
  @MethodSource("realms")
  void lacksOnlyWhatTheBankKnows(String name) {
    try (TestRealm realm = TestRealm.create(TestRealm.export(name))) {
      assertThat(findings(realm, name)).contains(NO_SERVICE);
      assertThat(chosen(realm)).isEqualTo(name);
    }
    ObjectNode export = (ObjectNode) TestRealm.export(name);
    export
        .withObject("/attributes")
        .put("fapi.consent-service", "https://consents.bank.example")
        .put("fapi.organisation-id", "bank");
    try (TestRealm realm = TestRealm.create(export)) {
      assertThat(findings(realm, name)).isEmpty();
    }
  }

  @Test
  void aServiceWithoutTlsIsFound() {
    ObjectNode export = (ObjectNode) TestRealm.export("open-finance-ksa");
    export.withObject("/attributes").put("fapi.consent-service", "http://consents.bank.example");
    try (TestRealm realm = TestRealm.create(export)) {
      assertThat(findings(realm, "open-finance-ksa")).containsExactly(NO_SERVICE);
    }
  }

  @Test
  void typesThatTheRealmLacksAreFound() {
    ObjectNode export = (ObjectNode) TestRealm.export("open-finance-uae");
    ObjectNode attributes = export.withObject("/attributes");
    attributes.put("fapi.consent-service", "https://consents.bank.example");
    attributes.remove("fapi.authorization-details-types");
    attributes.remove("fapi.authorization-details.urn:openfinanceuae:insurance-consent:v2.1");
    try (TestRealm realm = TestRealm.create(export)) {
      assertThat(findings(realm, "open-finance-uae"))
          .containsExactly("fapi-bank-consent /attributes/fapi.authorization-details-types");
    }
  }

  @ParameterizedTest
  @MethodSource("realms")
  void aRealmThatGetsTheProfileNamesTheEcosystem(String name) {
    try (TestRealm realm =
        TestRealm.create(LegacyBank.realm().without(List.of("clientProfiles", "clientPolicies")))) {
      assertThat(findings(realm, name)).contains("fapi-ecosystem /attributes/fapi.ecosystem");

      AdminResponse applied =
          realm
              .admin()
              .send(
                  "POST",
                  "/"
                      + realm.name()
                      + "/fapi/apply?dryRun=false&disableUnrepairable=true&profile="
                      + name,
                  null);

      assertThat(applied.status()).as(applied.body()).isEqualTo(200);
      assertThat(realm.admin().realm(realm.name()).at("/attributes/fapi.ecosystem").asText())
          .isEqualTo(TestRealm.export(name).at("/attributes/fapi.ecosystem").asText());
      assertThat(findings(realm, name))
          .contains(NO_SERVICE)
          .doesNotContain("fapi-ecosystem /attributes/fapi.ecosystem");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"fapi1-advanced", "fapi2-security-profile", "fapi2-message-signing"})
  void aRealmWithoutAnEcosystemHasNoProfileOfOne(String name) {
    try (TestRealm realm = TestRealm.create(TestRealm.export(name))) {
      assertThat(chosen(realm)).isEqualTo(name);
    }
  }

  private static String chosen(TestRealm realm) {
    return realm
        .admin()
        .get("/" + realm.name() + "/fapi/profiles?summary=false")
        .path("chosen")
        .asText();
  }

  private static List<String> findings(TestRealm realm, String profile) {
    JsonNode report = realm.admin().get("/" + realm.name() + "/fapi/report?profile=" + profile);
    return StreamSupport.stream(report.path("findings").spliterator(), false)
        .filter(finding -> !finding.at("/where/kind").asText().equals("client"))
        .map(finding -> finding.path("rule").asText() + " " + finding.at("/where/pointer").asText())
        .filter(finding -> !finding.isBlank())
        .toList();
  }
}
