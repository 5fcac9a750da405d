package io.github.fapipack.trust;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.directory.Brazil;
import io.github.fapipack.it.directory.Directory;
import io.github.fapipack.it.directory.Organisation;
import io.github.fapipack.it.directory.Software;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.SoftwareRegistration;
import io.github.fapipack.it.testing.TestRealm;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Registration with a software statement in JSON, as Open Finance Brasil has it. */
class SoftwareStatementIT {
  @FapiRealm("fapi2-security-profile")
  private static TestRealm realm;

  private static Directory directory;
  private static Organisation organisation;
  private static SoftwareRegistration registration;

  @BeforeAll
  static void joinEcosystem() {
    directory = Directory.start(new Brazil(), realm.server().pki());
    organisation = directory.organisation("Fintech Limitada");
    registration = SoftwareRegistration.in(realm, directory, "open-finance-brazil");
  }

  @AfterAll
  static void stopDirectory() {
    directory.close();
  }

  @Test
  @Accepts(by = "RequireSoftwareStatement", value = "RFC7591 2.3-1")
  @Accepts(by = "RestrictToSoftwareStatement", value = "RFC7591 3.1.1-2")
  void softwareOfTheDirectoryRegisters() {
    Software software = organisation.software("Contas");
    ObjectNode request = software.registration();

    HttpExchange registered =
        registration.register(request, software.certificate()).expectStatus(201);

    assertThat(registered.json().path("software_statement"))
        .isEqualTo(request.path("software_statement"));
    assertThat(registered.json().path("client_name").asText()).isEqualTo("Contas");
    assertThat(registered.json().path("scope").asText().split(" "))
        .contains("openid", "accounts", "payments", "consents");
    assertThat(registered.json().path("registration_client_uri").asText())
        .startsWith(registration.endpoint().toString() + "/");
  }

  @Test
  @Rejects(by = "RequireSoftwareStatement", value = "RFC7591 2.3-1")
  void nothingRegistersWithoutStatement() {
    Software software = organisation.software("Sem SSA");
    registration
        .register(software.metadata(), software.certificate())
        .expectError(400, "invalid_software_statement");
  }
}
