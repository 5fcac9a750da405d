package io.github.fapipack.cluster;

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
import io.github.fapipack.it.testing.SoftwareRegistration;
import io.github.fapipack.it.testing.TestRealm;
import io.github.fapipack.it.time.AtOnce;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Registrations at two nodes at the same moment: each software ends with one client. */
@Tag("alone")
class RegistrationClusterIT {
  private static final int MANY = 50;

  private static TestRealm realm;
  private static Directory directory;
  private static Organisation organisation;
  private static SoftwareRegistration one;
  private static SoftwareRegistration two;

  @BeforeAll
  static void joinEcosystem() {
    TestCluster cluster = TestCluster.get();
    realm = cluster.realm("fapi2-security-profile");
    directory = Directory.start(new Brazil(), cluster.one());
    organisation = directory.organisation("Fintech Limitada");
    SoftwareRegistration registration = SoftwareRegistration.in(realm, directory);
    one = registration.at(cluster.one()::address);
    two = registration.at(cluster.two()::address);
  }

  @AfterAll
  static void leave() {
    directory.close();
    realm.close();
  }

  private static Software software() {
    return organisation.software("Contas");
  }

  private static int clients() {
    return realm.admin().get("/" + realm.name() + "/clients?max=10000").size();
  }

  private static Callable<HttpExchange> attempt(SoftwareRegistration node, Software software) {
    ObjectNode request = software.registration();
    ClientCertificate certificate = software.certificate();
    return () -> node.register(request, certificate);
  }

  @Test
  @Accepts(by = "RequireSoftwareStatement", value = "RFC7591 3.2.2-1")
  void manySoftwareRegisterAtOnceAtBothNodes() throws Exception {
    List<Callable<HttpExchange>> attempts = new ArrayList<>();
    for (int number = 0; number < MANY; number++) {
      attempts.add(attempt(number % 2 == 0 ? one : two, software()));
    }
    int before = clients();

    List<HttpExchange> answers = AtOnce.all(attempts);

    assertThat(answers).allSatisfy(answer -> answer.expectStatus(201));
    assertThat(clients()).isEqualTo(before + MANY);
  }

  @Test
  @Rejects(by = "RequireSoftwareStatement", value = "RFC7591 3.2.2-1")
  void noSoftwareRegistersTwiceAtTwoNodes() throws Exception {
    List<Callable<HttpExchange>> attempts = new ArrayList<>();
    for (int number = 0; number < MANY / 2; number++) {
      Software software = software();
      attempts.add(attempt(one, software));
      attempts.add(attempt(two, software));
    }
    int before = clients();

    List<HttpExchange> answers = AtOnce.all(attempts);

    for (int number = 0; number < MANY; number += 2) {
      List<HttpExchange> pair = answers.subList(number, number + 2);
      assertThat(pair).filteredOn(answer -> answer.status() == 201).hasSize(1);
      pair.stream()
          .filter(answer -> answer.status() != 201)
          .forEach(answer -> answer.expectError(400, "invalid_software_statement"));
    }
    assertThat(clients()).isEqualTo(before + MANY / 2);
  }
}
