package io.github.fapipack.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fapipack.it.admin.AdminResponse;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A realm with an unreadable rollout enforces the rules, has a finding, and can be repaired. */
class UnreadableRolloutIT {
  private static final String ATTRIBUTE = "fapi.rollout";

  @FapiRealm("fapi2-security-profile")
  private TestRealm realm;

  private Doctor doctor;

  @BeforeEach
  void callDoctor() {
    doctor = Doctor.of(realm);
    realm
        .admin()
        .updateRealm(
            realm.name(),
            Json.object().set("attributes", Json.object().put(ATTRIBUTE, "{\"mode\":\"never\"")));
  }

  @Test
  void isFoundAndEnforced() {
    assertThat(doctor.report("").path("findings"))
        .extracting(JsonNode::toString)
        .anySatisfy(finding -> assertThat(finding).contains("fapi-rollout", "cannot be read"));
    TestClient.in(realm).register().par().without("code_challenge").expectError("invalid_request");
  }

  @ParameterizedTest
  @ValueSource(strings = {"&mode=report", "&mode=enforce"})
  void canBeRepaired(String mode) {
    AdminResponse answer =
        realm
            .admin()
            .send(
                "POST",
                "/"
                    + realm.name()
                    + "/fapi/apply?profile=fapi2-security-profile&dryRun=false"
                    + mode,
                null);

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(realm.admin().realm(realm.name()).path("attributes").path(ATTRIBUTE).asText())
        .doesNotContain("never");
    assertThat(doctor.report("").path("findings"))
        .extracting(JsonNode::toString)
        .noneSatisfy(finding -> assertThat(finding).contains("cannot be read"));

    AdminResponse undone = doctor.send("POST", "undo", answer.json().path("undo"));
    assertThat(undone.status()).as(undone.body()).isEqualTo(200);
  }
}
