package io.github.fapipack.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.admin.AdminResponse;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestRealm;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Applying a profile: the plan is exact, and a realm is never left half changed. */
class ApplyIT {
  @FapiRealm(FapiRealm.LEGACY_BANK)
  private TestRealm realm;

  private Doctor doctor;

  @BeforeEach
  void callDoctor() {
    doctor = Doctor.of(realm);
  }

  @Test
  void aDryRunChangesNothingAndIsWhatIsMeantWithoutAWord() {
    JsonNode before = doctor.export();

    JsonNode plan = doctor.plan("");
    JsonNode meant = doctor.send("POST", "apply", null).json();

    assertThat(plan.path("changes")).isNotEmpty();
    assertThat(meant.path("dryRun").asBoolean()).isTrue();
    assertThat(meant.path("planId")).isEqualTo(plan.path("planId"));
    assertThat(Exports.differences(doctor.export(), before)).isEmpty();
  }

  @Test
  void doesWhatThePlanShowed() {
    JsonNode plan = doctor.plan("");

    JsonNode applied = doctor.apply("planId=" + plan.path("planId").asText());

    assertThat(applied.path("changes")).isEqualTo(plan.path("changes"));
    ObjectNode now = realm.admin().realm(realm.name());
    assertThat(now.path("sslRequired").asText()).isEqualTo("all");
    assertThat(now.path("defaultSignatureAlgorithm").asText()).isEqualTo("ES256");
    assertThat(
            realm
                .admin()
                .client(realm.name(), "password")
                .path("directAccessGrantsEnabled")
                .asBoolean())
        .isFalse();
  }

  @Test
  void refusesAPlanThatIsNoLongerTrue() {
    String plan = doctor.plan("").path("planId").asText();
    edit("partner", client -> client.put("consentRequired", true));

    AdminResponse answer = doctor.send("POST", "apply?dryRun=false&planId=" + plan, null);

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.json().path("errorMessage").asText()).contains("changed since");
    assertThat(realm.admin().realm(realm.name()).path("sslRequired").asText())
        .isEqualTo("external");
  }

  @Test
  void leavesTheUsersOwnPoliciesAlone() {
    JsonNode profiles = realm.admin().clientProfiles(realm.name()).path("profiles");
    JsonNode policies = realm.admin().clientPolicies(realm.name()).path("policies");

    doctor.apply("");

    assertThat(realm.admin().clientProfiles(realm.name()).path("profiles"))
        .containsAll(profiles)
        .hasSize(profiles.size() + 1);
    assertThat(realm.admin().clientPolicies(realm.name()).path("policies"))
        .containsAll(policies)
        .hasSize(policies.size() + 1);
  }

  @Test
  void takesAnotherNameWhereTheUserHasTakenOurs() {
    ObjectNode profiles = realm.admin().clientProfiles(realm.name());
    ((ObjectNode) profiles.path("profiles").get(0)).put("name", "fapi2-security-profile");
    ObjectNode policies = realm.admin().clientPolicies(realm.name());
    ((ObjectNode) policies.path("policies").get(0))
        .put("name", "FAPI 2.0 for every client")
        .putArray("profiles");
    realm.admin().updateClientPolicies(realm.name(), policies);
    realm.admin().updateClientProfiles(realm.name(), profiles);

    JsonNode applied = doctor.apply("disableUnrepairable=true");

    assertThat(doctor.findings()).isEmpty();
    assertThat(Doctor.texts(realm.admin().clientProfiles(realm.name()).path("profiles"), "/name"))
        .containsExactly("fapi2-security-profile", "fapi2-security-profile-2");
    doctor.undo(applied.path("undo"));
    assertThat(realm.admin().clientProfiles(realm.name()).path("profiles"))
        .isEqualTo(profiles.path("profiles"));
  }

  @Test
  void enforcesAProfileThatOnlyReported() {
    doctor.apply("disableUnrepairable=true");
    realm.configure("fapi2-require-pkce", Map.of("mode", "report"));
    assertThat(doctor.findings()).hasSize(1);

    doctor.apply("");

    assertThat(doctor.findings()).isEmpty();
  }

  @Test
  void secondAdministratorsAtTheSameTimeLeaveTheRealmAsItShouldBe() {
    List<AdminResponse> answers =
        Stream.generate(
                () ->
                    CompletableFuture.supplyAsync(
                        () ->
                            doctor.send(
                                "POST", "apply?dryRun=false&disableUnrepairable=true", null)))
            .limit(6)
            .toList()
            .stream()
            .map(CompletableFuture::join)
            .toList();

    assertThat(answers).allMatch(answer -> answer.status() == 200 || answer.status() == 409);
    assertThat(answers)
        .filteredOn(answer -> answer.status() == 200)
        .filteredOn(answer -> !answer.json().path("changes").isEmpty())
        .hasSize(1);
    assertThat(doctor.findings()).isEmpty();
    assertThat(realm.admin().clientPolicies(realm.name()).path("policies")).hasSize(2);
  }

  @Test
  void writesAdminEvents() {
    doctor.apply("");

    JsonNode events = realm.admin().get("/" + realm.name() + "/admin-events?max=500");

    assertThat(Doctor.texts(events, "/resourcePath"))
        .contains("clients/" + realm.admin().client(realm.name(), "partner").path("id").asText());
    assertThat(Doctor.texts(events, "/resourceType")).contains("REALM", "CLIENT");
  }

  @Test
  void showsNoSecretsInAPlanNorInWhatUndoesIt() {
    JsonNode applied = doctor.apply("disableUnrepairable=true");

    String secret = realm.admin().client(realm.name(), "shop").path("secret").asText();
    assertThat(secret).isNotBlank();
    assertThat(applied.toString())
        .doesNotContain(secret, "privateKey", "secret\"", "BEGIN")
        .doesNotContain("\\\"kty\\\"");
  }

  @Test
  void doesNotTouchTheRealmThatAdministersTheServer() {
    AdminResponse answer = realm.admin().send("POST", "/master/fapi/apply?dryRun=false", null);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().path("errorMessage").asText()).contains("administers the server");
    assertThat(realm.admin().send("GET", "/master/fapi/report", null).status()).isEqualTo(200);
  }

  @Test
  void neverTakesAWrongWordForAYes() {
    for (String query :
        List.of(
            "dryRun=no",
            "disableUnrepairable=1",
            "profile=x",
            "dryRun=false&planID=x",
            "dryRun=false&dryRun=true")) {
      assertThat(doctor.send("POST", "apply?" + query, null).status()).as(query).isEqualTo(400);
    }
    assertThat(realm.admin().clientPolicies(realm.name()).path("policies")).hasSize(1);
  }

  private void edit(String clientId, Consumer<ObjectNode> edit) {
    ObjectNode client = realm.admin().client(realm.name(), clientId);
    edit.accept(client);
    realm.admin().updateClient(realm.name(), client);
  }
}
