package io.github.fapipack.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fapipack.grantmanagement.PostgresServer;
import io.github.fapipack.it.samples.LegacyBank;
import io.github.fapipack.it.testing.ServerLogOnFailure;
import io.github.fapipack.it.testing.TestRealm;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The history of a realm on a Keycloak whose database is a PostgreSQL. */
@ExtendWith(ServerLogOnFailure.class)
class HistoryOnPostgresIT {

  private static TestRealm realm() {
    return TestRealm.create(PostgresServer.get().server(), LegacyBank.realm());
  }

  private static int send(TestRealm realm, String method, String path) {
    return realm.admin().send(method, "/" + realm.name() + "/fapi/" + path, null).status();
  }

  private static JsonNode entries(TestRealm realm) {
    return realm.admin().get("/" + realm.name() + "/fapi/history").path("entries");
  }

  private static long rows(String entity, String realmId) {
    return PostgresServer.get()
        .database()
        .inTransaction(
            entities ->
                entities
                    .createQuery(
                        "select count(h) from " + entity + " h where h.realmId = :realm",
                        Long.class)
                    .setParameter("realm", realmId)
                    .getSingleResult());
  }

  @Test
  void anApplyIsTakenBackAndAllGoesWithTheRealm() {
    String realmId;
    try (TestRealm realm = realm()) {
      realmId = realm.admin().realm(realm.name()).path("id").asText();
      JsonNode policies = realm.admin().clientPolicies(realm.name());
      assertThat(send(realm, "POST", "apply?dryRun=false")).isEqualTo(200);
      assertThat(realm.admin().clientPolicies(realm.name())).isNotEqualTo(policies);
      String id = entries(realm).get(0).path("id").asText();

      assertThat(send(realm, "POST", "history/" + id + "/undo")).isEqualTo(200);

      assertThat(realm.admin().clientPolicies(realm.name())).isEqualTo(policies);
      assertThat(entries(realm)).hasSize(2);
      assertThat(rows("HistoryEntity", realmId)).isEqualTo(2);
      assertThat(rows("HistoryDocumentEntity", realmId)).isEqualTo(2);
    }
    assertThat(rows("HistoryEntity", realmId)).isZero();
    assertThat(rows("HistoryDocumentEntity", realmId)).isZero();
  }

  @Test
  void ofTwoWhoTakeTheSameBackOneDoesAndTheOtherIsTold() throws Exception {
    try (TestRealm realm = realm()) {
      assertThat(send(realm, "PUT", "rollout?mode=report")).isEqualTo(200);
      String undo = "history/" + entries(realm).get(0).path("id").asText() + "/undo";
      ExecutorService threads = Executors.newFixedThreadPool(4);
      List<Integer> answers = new ArrayList<>();
      try {
        List<Future<Integer>> sent = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
          sent.add(threads.submit(() -> send(realm, "POST", undo)));
        }
        for (Future<Integer> one : sent) {
          answers.add(one.get(60, TimeUnit.SECONDS));
        }
      } finally {
        threads.shutdownNow();
      }

      assertThat(answers).containsExactlyInAnyOrder(200, 409, 409, 409);
      assertThat(entries(realm)).hasSize(2);
    }
  }

  @Test
  void whatIsRolledBackLeavesNoEntry() {
    try (TestRealm realm = realm()) {
      assertThat(send(realm, "POST", "apply?dryRun=false&planId=another")).isEqualTo(409);

      assertThat(entries(realm)).isEmpty();
    }
  }
}
