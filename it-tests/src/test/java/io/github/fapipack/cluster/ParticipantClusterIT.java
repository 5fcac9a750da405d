package io.github.fapipack.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.directory.Software;
import io.github.fapipack.it.time.Await;
import io.github.fapipack.participants.JoinedRealm;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two nodes follow one directory, and both refuse whom one of them has suspended. */
@Tag("alone")
class ParticipantClusterIT {
  /** Less than the time after which a node looks into the database without being told. */
  private static final Duration AT_ONCE = Duration.ofSeconds(1);

  private static TestCluster cluster;
  private static JoinedRealm joined;

  @BeforeAll
  static void startCluster() {
    cluster = TestCluster.get();
    joined = JoinedRealm.start(cluster.one(), "fapi2-security-profile", status -> {});
  }

  @AfterAll
  static void deleteRealm() {
    joined.close();
  }

  @Test
  void aChangeAtOneNodeHoldsAtTheOtherAtOnce() {
    FapiClient client = joined.client(joined.software());
    FapiClient there = TestCluster.at(cluster.two(), client);
    there.clientCredentials().expect();

    for (int round = 0; round < 3; round++) {
      joined.decide(joined.participant(client), "suspended", "for the test");
      Await.atMost(AT_ONCE)
          .until("refusal", () -> there.clientCredentials().send().status() == 400);
      joined.decide(joined.participant(client), "active", null);
      Await.atMost(AT_ONCE).until("token", () -> there.clientCredentials().send().status() == 200);
    }
  }

  @Test
  void oneNodeReadsTheListInEachInterval() {
    Software software = joined.software();
    FapiClient client = joined.client(software);
    int interval = 10;
    joined.refresh();
    joined.use(status -> status.put("every", interval));
    joined.refresh();
    int before = joined.directory().participants().requests();
    Instant begun = Instant.now();

    Await.atMost(Duration.ofSeconds(90))
        .until("reads", () -> joined.directory().participants().requests() >= before + 3);

    // The jitter makes an interval shorter by at most a tenth.
    assertThat(Duration.between(begun, Instant.now()))
        .isGreaterThan(Duration.ofSeconds(3 * interval * 9 / 10));
    software.state("INACTIVE");
    for (FapiClient node :
        new FapiClient[] {
          TestCluster.at(cluster.one(), client), TestCluster.at(cluster.two(), client)
        }) {
      Await.atMost(Duration.ofSeconds(60))
          .until("refusal", () -> node.clientCredentials().send().status() == 400);
    }
    joined.use(status -> {});
  }
}
