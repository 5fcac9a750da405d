package io.github.fapipack.resourceserver.details;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.fapipack.resourceserver.details.Coverage.Covered;
import io.github.fapipack.resourceserver.details.Coverage.NotCovered;
import io.github.fapipack.resourceserver.details.Coverage.Unknown;
import io.github.fapipack.resourceserver.replay.JdbcReplayStore;
import io.github.fapipack.resourceserver.replay.RedisReplayStore;
import io.github.fapipack.resourceserver.replay.ReplayStore;
import io.github.fapipack.resourceserver.testing.RedisServer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes, each with a connection of its own to the store that they share. */
class UseOnceOnTwoNodesTest {
  private static final String PAYMENT = "payment_initiation";
  private static final int PAYMENTS = 40;

  @TempDir Path folder;

  @Test
  void ofTwoNodesAtTheSameMomentOnePaysThroughPostgres() throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
      JdbcReplayStore one = new JdbcReplayStore(postgres.getPostgresDatabase()).createTable();
      paysOnce(one, new JdbcReplayStore(postgres.getPostgresDatabase()));
    }
  }

  @Test
  void ofTwoNodesAtTheSameMomentOnePaysThroughRedis() throws Exception {
    try (RedisServer redis = new RedisServer(folder);
        RedisReplayStore one = RedisReplayStore.connect(redis.address());
        RedisReplayStore two = RedisReplayStore.connect(redis.address())) {
      paysOnce(one, two);
    }
  }

  @Test
  void withoutItsStoreNobodyPays() throws Exception {
    RedisReplayStore store;
    try (RedisServer redis = new RedisServer(folder)) {
      store = RedisReplayStore.connect(redis.address());
      assertThat(pay(store, "g-1")).isInstanceOf(Covered.class);
    }
    try (store) {
      assertThat(pay(store, "g-2")).isInstanceOf(Unknown.class);
    }
  }

  private static void paysOnce(ReplayStore one, ReplayStore two) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      for (int i = 0; i < PAYMENTS; i++) {
        String grant = "g-" + i;
        CyclicBarrier start = new CyclicBarrier(2);
        List<Future<Coverage>> answers = new ArrayList<>();
        for (ReplayStore store : List.of(one, two)) {
          answers.add(
              threads.submit(
                  () -> {
                    start.await(10, TimeUnit.SECONDS);
                    return pay(store, grant);
                  }));
        }
        assertThat(List.of(answers.get(0).get(), answers.get(1).get()))
            .hasAtLeastOneElementOfType(Covered.class)
            .hasAtLeastOneElementOfType(NotCovered.class);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static Coverage pay(ReplayStore store, String grant) {
    return Tokens.granted(
            store,
            Map.of("grant_id", grant),
            "{'type':'payment_initiation','instructedAmount':{'amount':'10','currency':'EUR'}}")
        .useOnce(PAYMENT, Use.none().amount("/instructedAmount", "10", "EUR"));
  }
}
