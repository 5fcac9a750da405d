package io.github.fapipack.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.admin.AdminResponse;
import io.github.fapipack.it.client.ClientKeys;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.testing.DynamicRegistration;
import io.github.fapipack.it.testing.ServerLogOnFailure;
import io.github.fapipack.it.testing.TestRealm;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The doctor's findings in a realm from before the rules on registration. */
@ExtendWith(ServerLogOnFailure.class)
class RegistrationFindingsIT {
  private static final String POLICIES = "fapi-registration-policies";
  private static final String PROFILE = "fapi-user-profile";

  private TestRealm realm;
  private Doctor doctor;

  /** As the realm file of the last release has it. */
  @BeforeEach
  void importRealmOfBefore() {
    ObjectNode before = TestRealm.export("fapi2-security-profile").deepCopy();
    ObjectNode components = before.withObject("/components");
    components.remove("org.keycloak.services.clientregistration.policy.ClientRegistrationPolicy");
    components.remove("org.keycloak.userprofile.UserProfileProvider");
    realm = TestRealm.create(before);
    doctor = Doctor.of(realm);
  }

  @AfterEach
  void deleteRealm() {
    realm.close();
  }

  @Test
  void offersRegistrationPoliciesAndAValidatorForTheLocale() {
    assertThat(rules()).contains(POLICIES, PROFILE);
    assertThat(locale("en-GB").status()).isEqualTo(204);
    JsonNode before = doctor.export();

    JsonNode applied = doctor.apply("");

    assertThat(rules()).doesNotContain(POLICIES, PROFILE);
    assertThat(locale("de-AT").status()).isEqualTo(204);
    assertThat(locale("en\",\"sub\":\"x").status()).isEqualTo(400);
    assertThat(doctor.apply("").path("changes")).isEmpty();
    doctor.undo(applied.path("undo"));
    assertThat(Exports.differences(doctor.export(), before)).isEmpty();
  }

  @Test
  void tellsWhatARegisteredClientMayHaveGivenItself() {
    DynamicRegistration registration = DynamicRegistration.in(realm);
    String clientId =
        registration
            .register(DynamicRegistration.metadata(ClientKeys.create()))
            .expectStatus(201)
            .json()
            .path("client_id")
            .asText();
    assertThat(planted(clientId)).isEmpty();
    ObjectNode client = realm.admin().client(realm.name(), clientId);
    client.put("serviceAccountsEnabled", true).put("name", "${doLogIn}");
    client
        .withObject("/attributes")
        .put("access.token.lifespan", "86400")
        .put("acr.loa.map", "{\"silver\":\"0\"}");
    realm.admin().updateClient(realm.name(), client);

    assertThat(planted(clientId))
        .containsExactlyInAnyOrder(
            "/serviceAccountsEnabled",
            "/name",
            "/attributes/access.token.lifespan",
            "/attributes/acr.loa.map");
  }

  private List<String> planted(String clientId) {
    return doctor.findings(clientId).stream()
        .filter(Doctor.by("fapi-registered-clients"))
        .map(finding -> finding.at("/where/pointer").asText())
        .toList();
  }

  private List<String> rules() {
    return doctor.findings().stream().map(finding -> finding.path("rule").asText()).toList();
  }

  private AdminResponse locale(String value) {
    String users = "/" + realm.name() + "/users";
    JsonNode user = realm.admin().get(users + "?exact=true&username=" + TestRealm.USERNAME).get(0);
    ObjectNode changed = user.deepCopy();
    changed.set("attributes", Json.object().set("locale", Json.object().arrayNode().add(value)));
    return realm.admin().send("PUT", users + "/" + user.path("id").asText(), changed);
  }
}
