package io.github.fapipack.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.admin.AdminClient;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.samples.LegacyBank;
import io.github.fapipack.it.testing.Administrator;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestRealm;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may view and who may change: Keycloak's own admin roles decide. */
class PermissionIT {
  @FapiRealm(FapiRealm.LEGACY_BANK)
  private static TestRealm realm;

  @ParameterizedTest
  @CsvSource({
    "'', 403, 403",
    "view-realm, 403, 403",
    "view-clients, 403, 403",
    "view-realm view-clients, 200, 403",
    "manage-realm view-clients, 200, 403",
    "view-realm manage-clients, 200, 403",
    "manage-realm manage-clients, 200, 200",
  })
  void asksForTheRolesThatLookingAndChangingNeed(String roles, int look, int change) {
    AdminClient admin =
        Administrator.of(realm, roles.isEmpty() ? List.of() : List.of(roles.split(" ")));
    Doctor doctor = new Doctor(realm, admin);

    assertThat(doctor.send("GET", "report", null).status()).isEqualTo(look);
    assertThat(doctor.send("GET", "report?client=spa", null).status()).isEqualTo(look);
    assertThat(doctor.send("GET", "profiles", null).status()).isEqualTo(look);
    assertThat(doctor.send("POST", "apply?dryRun=true", null).status()).isEqualTo(change);
    assertThat(doctor.send("POST", "undo", Json.object()).status())
        .isEqualTo(change == 200 ? 400 : 403);
    assertThat(doctor.send("GET", "refusals", null).status()).isEqualTo(look);
    assertThat(doctor.send("GET", "rollout", null).status()).isEqualTo(look);
    assertThat(doctor.send("PUT", "rollout?mode=enforce", null).status()).isEqualTo(change);
    assertThat(doctor.send("GET", "clients", null).status()).isEqualTo(look);
    assertThat(doctor.send("GET", "clients?format=csv", null).status()).isEqualTo(look);
    assertThat(doctor.send("PUT", "rollout?mode=enforce&cleanDays=7", null).status())
        .isEqualTo(change == 200 ? 409 : 403);
    assertThat(doctor.send("GET", "history", null).status()).isEqualTo(look);
    assertThat(doctor.send("GET", "keys", null).status()).isEqualTo(look);
    assertThat(doctor.send("GET", "history/unknown", null).status())
        .isEqualTo(look == 200 ? 404 : 403);
    assertThat(doctor.send("POST", "history/unknown/undo", null).status())
        .isEqualTo(change == 200 ? 404 : 403);
  }

  @Test
  void worksInARealmWithFineGrainedAdminPermissions() {
    try (TestRealm fine = TestRealm.create(LegacyBank.realm())) {
      ObjectNode settings = fine.admin().realm(fine.name()).put("adminPermissionsEnabled", true);
      fine.admin().updateRealm(fine.name(), settings);
      Doctor doctor = Doctor.of(fine);

      assertThat(doctor.report("").at("/summary/clients/withFindings").asInt()).isEqualTo(18);
      assertThat(doctor.send("GET", "clients?state=findings", null).json().path("total").asInt())
          .isEqualTo(18);
      JsonNode before = doctor.export();
      JsonNode applied = doctor.apply("disableUnrepairable=true");
      assertThat(doctor.findings()).isEmpty();
      doctor.undo(applied.path("undo"));
      assertThat(Exports.differences(doctor.export(), before)).isEmpty();
    }
  }

  @Test
  void doesNotTouchTheClientThatHoldsTheAdminPermissions() {
    try (TestRealm fine = TestRealm.create(LegacyBank.realm())) {
      ObjectNode settings = fine.admin().realm(fine.name()).put("adminPermissionsEnabled", true);
      fine.admin().updateRealm(fine.name(), settings);
      Doctor doctor = Doctor.of(fine);
      JsonNode holder = fine.admin().client(fine.name(), "admin-permissions");
      ObjectNode undo = (ObjectNode) doctor.apply("").path("undo");
      ObjectNode forged = Json.object().put("before", false).put("after", true);
      forged
          .putObject("where")
          .put("kind", "client")
          .put("id", holder.path("id").asText())
          .put("pointer", "/enabled");
      undo.putArray("changes").add(forged);

      assertThat(doctor.send("POST", "undo", undo).status()).isEqualTo(403);
      assertThat(fine.admin().client(fine.name(), "admin-permissions")).isEqualTo(holder);
    }
  }
}
