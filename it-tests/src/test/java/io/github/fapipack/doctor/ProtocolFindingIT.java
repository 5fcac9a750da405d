package io.github.fapipack.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.peer.SamlClient;
import io.github.fapipack.it.testing.ServerLogOnFailure;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** In a realm with SAML clients nothing stops until an administrator decides. */
@ExtendWith(ServerLogOnFailure.class)
class ProtocolFindingIT {
  @Test
  @Accepts(by = "RestrictProtocols", value = "FAPI2-SP 5.1.2-p3")
  void appliesTheProfileSuchThatClientsOfSamlGoOnAndTellsOfThem() {
    try (TestRealm realm =
        TestRealm.create(Json.object().put("realm", "weak").put("enabled", true))) {
      SamlClient client = SamlClient.in(realm);
      realm.admin().createClient(realm.name(), client.registration());
      Doctor doctor = Doctor.of(realm);

      doctor.apply("profile=fapi2-security-profile&disableUnrepairable=true");

      FapiClient any = TestClient.in(realm).register();
      assertThat(
              any.browser()
                  .open(client.request(), TestRealm.USERNAME, realm.password(), true)
                  .page()
                  .html())
          .contains("SAMLResponse");
      assertThat(doctor.findings(client.id())).anyMatch(Doctor.by("fapi-client-protocol"));
      assertThat(doctor.findings()).noneMatch(Doctor.by("fapi-policies"));
    }
  }
}
