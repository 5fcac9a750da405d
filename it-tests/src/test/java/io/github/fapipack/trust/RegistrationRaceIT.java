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
import io.github.fapipack.it.pki.ClientCertificate;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.SoftwareRegistration;
import io.github.fapipack.it.testing.TestRealm;
import io.github.fapipack.it.time.AtOnce;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Registrations at the same moment: each software ends with one client. */
class RegistrationRaceIT {
  private static final int ROUNDS = 5;
  private static final int RIVALS = 8;
  private static final int MANY = 50;

  @FapiRealm("fapi2-security-profile")
  private static TestRealm realm;

  private static Directory directory;
  private static Organisation organisation;
  private static SoftwareRegistration registration;

  @BeforeAll
  static void joinEcosystem() {
    directory = Directory.start(new Brazil(), realm.server());
    organisation = directory.organisation("Fintech Limitada");
    registration = SoftwareRegistration.in(realm, directory);
  }

  @AfterAll
  static void stopDirectory() {
    directory.close();
  }

  private static Software software() {
    return organisation.software("Contas");
  }

  private static int clients() {
    return realm.admin().get("/" + realm.name() + "/clients?max=10000").size();
  }

  private static Callable<HttpExchange> attempt(Software software) {
    ObjectNode request = software.registration();
    ClientCertificate certificate = software.certificate();
    return () -> registration.register(request, certificate);
  }

  @RepeatedTest(ROUNDS)
  @Rejects(by = "RequireSoftwareStatement", value = "RFC7591 3.2.2-1")
  void ofManyRequestsForOneSoftwareOneWins() throws Exception {
    Software software = software();
    List<Callable<HttpExchange>> attempts = new ArrayList<>();
    for (int rival = 0; rival < RIVALS; rival++) {
      attempts.add(attempt(software));
    }
    int before = clients();

    List<HttpExchange> answers = AtOnce.all(attempts);

    assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(1);
    answers.stream()
        .filter(answer -> answer.status() != 201)
        .forEach(answer -> answer.expectError(400, "invalid_software_statement"));
    assertThat(clients()).isEqualTo(before + 1);
  }

  @Test
  @Accepts(by = "RequireSoftwareStatement", value = "RFC7591 3.2.2-1")
  void manySoftwareRegisterAtOnce() throws Exception {
    List<Callable<HttpExchange>> attempts = new ArrayList<>();
    for (int number = 0; number < MANY; number++) {
      attempts.add(attempt(software()));
    }
    int before = clients();

    List<HttpExchange> answers = AtOnce.all(attempts);

    assertThat(answers).allSatisfy(answer -> answer.expectStatus(201));
    assertThat(answers)
        .extracting(answer -> answer.json().path("client_id").asText())
        .doesNotHaveDuplicates();
    assertThat(clients()).isEqualTo(before + MANY);
  }

  @RepeatedTest(ROUNDS)
  @Rejects(by = "RequireSoftwareStatement", value = "RFC7591 3.2.2-1")
  void aDeletionAndARegistrationAtOnceLeaveAtMostOneClient() throws Exception {
    Software software = software();
    ClientCertificate certificate = software.certificate();
    HttpExchange first =
        registration.register(software.registration(), certificate).expectStatus(201);
    int before = clients();

    List<HttpExchange> answers =
        AtOnce.all(
            List.of(
                () -> registration.manage("DELETE", first, null, certificate), attempt(software)));

    assertThat(answers.get(0).status()).isEqualTo(204);
    HttpExchange second = answers.get(1);
    if (second.status() == 201) {
      assertThat(clients()).isEqualTo(before);
    } else {
      second.expectError(400, "invalid_software_statement");
      assertThat(clients()).isEqualTo(before - 1);
      registration.register(software).expectStatus(201);
    }
  }
}
