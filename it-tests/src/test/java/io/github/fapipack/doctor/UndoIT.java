package io.github.fapipack.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.admin.AdminResponse;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestRealm;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Undoing a profile: exactly, or not at all. */
class UndoIT {
  @FapiRealm(FapiRealm.LEGACY_BANK)
  private TestRealm realm;

  private Doctor doctor;
  private ObjectNode undo;

  @BeforeEach
  void applyProfile() {
    doctor = Doctor.of(realm);
    undo = (ObjectNode) doctor.apply("").path("undo");
  }

  @Test
  void refusesAndListsWhatSomebodyHasChangedSince() {
    ObjectNode client = realm.admin().client(realm.name(), "long-lived");
    client.withObject("/attributes").put("access.token.lifespan", "120");
    realm.admin().updateClient(realm.name(), client);
    // The whole realm: Keycloak resets the lifetime of pushed requests if it is missing.
    realm
        .admin()
        .updateRealm(realm.name(), realm.admin().realm(realm.name()).put("accessCodeLifespan", 30));
    JsonNode before = doctor.export();

    AdminResponse answer = doctor.send("POST", "undo", undo);

    assertThat(answer.status()).isEqualTo(409);
    assertThat(Doctor.texts(answer.json().path("conflicts"), "/pointer"))
        .containsExactlyInAnyOrder("/attributes/access.token.lifespan", "/accessCodeLifespan");
    assertThat(Exports.differences(doctor.export(), before)).isEmpty();
  }

  @Test
  void refusesWhenAClientHasBeenDeletedSince() {
    realm.admin().deleteClient(realm.name(), "long-lived");

    AdminResponse answer = doctor.send("POST", "undo", undo);

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.body()).contains("long-lived");
  }

  @Test
  void refusesWhenSomebodyUsesOurProfileInAPolicyOfHisOwn() {
    ObjectNode policies = realm.admin().clientPolicies(realm.name());
    ((ObjectNode) policies.path("policies").get(0))
        .putArray("profiles")
        .add("fapi2-security-profile");
    realm.admin().updateClientPolicies(realm.name(), policies);

    AdminResponse answer = doctor.send("POST", "undo", undo);

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.body()).contains("fapi2-security-profile");
  }
}
