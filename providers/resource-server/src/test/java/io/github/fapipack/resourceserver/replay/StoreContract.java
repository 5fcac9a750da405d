package io.github.fapipack.resourceserver.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What every store that nodes share must do; each node has a store and connections of its own. */
abstract class StoreContract {
  private static final int THREADS_PER_NODE = 16;
  private static final int ROUNDS = 20;

  abstract ReplayStore one();

  abstract ReplayStore other();

  @Test
  void aKeyIsUsedOnce() throws Exception {
    String key = key();
    assertThat(one().firstUse("dpop", key, inAMinute())).isTrue();
    assertThat(one().firstUse("dpop", key, inAMinute())).isFalse();
    assertThat(one().firstUse("dpop", key(), inAMinute())).isTrue();
  }

  @Test
  void aReplayOnTheOtherNodeIsRefused() throws Exception {
    String key = key();
    assertThat(one().firstUse("dpop", key, inAMinute())).isTrue();
    assertThat(other().firstUse("dpop", key, inAMinute())).isFalse();
  }

  @Test
  void twoPurposesNeverMeet() throws Exception {
    String key = key();
    assertThat(one().firstUse("a", "b" + key, inAMinute())).isTrue();
    assertThat(one().firstUse("ab", key, inAMinute())).isTrue();
    assertThat(other().firstUse("a", "b" + key, inAMinute())).isFalse();
  }

  @Test
  void longAndOddKeysAreKeys() throws Exception {
    String key = key() + "\u0000' \ud83d\ude00".repeat(2_000);
    assertThat(one().firstUse("'; --", key, inAMinute())).isTrue();
    assertThat(other().firstUse("'; --", key, inAMinute())).isFalse();
    assertThat(other().firstUse("'; --", key + "x", inAMinute())).isTrue();
  }

  @Test
  void keysThatDifferInCaseAreTwo() throws Exception {
    String key = key();
    assertThat(one().firstUse("dpop", "a" + key, inAMinute())).isTrue();
    assertThat(one().firstUse("dpop", "A" + key, inAMinute())).isTrue();
  }

  @Test
  void whatNeverExpiresIsRemembered() throws Exception {
    String key = key();
    assertThat(one().firstUse("payment", key, Instant.MAX)).isTrue();
    assertThat(other().firstUse("payment", key, Instant.MAX)).isFalse();
  }

  @Test
  void aSlowClockOfTheOtherNodeDoesNotHelpAReplay() throws Exception {
    // By the clock of this node the proof has just expired, by that of the other one it has not.
    String key = key();
    assertThat(one().firstUse("dpop", key, Instant.now().minusSeconds(1))).isTrue();
    assertThat(other().firstUse("dpop", key, inAMinute())).isFalse();
  }

  @Test
  void ofAllWhoAskAtTheSameMomentOneIsFirst() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2 * THREADS_PER_NODE);
    try {
      for (int round = 0; round < ROUNDS; round++) {
        assertThat(firstUses(threads, key(), inAMinute())).isEqualTo(1);
      }
    } finally {
      threads.shutdownNow();
      assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  /** How many threads of both nodes are the first with a key that they use at the same moment. */
  long firstUses(ExecutorService threads, String key, Instant until) throws Exception {
    CyclicBarrier start = new CyclicBarrier(2 * THREADS_PER_NODE);
    List<Callable<Boolean>> uses = new ArrayList<>();
    for (int i = 0; i < THREADS_PER_NODE; i++) {
      for (ReplayStore node : List.of(one(), other())) {
        uses.add(
            () -> {
              start.await(20, TimeUnit.SECONDS);
              return node.firstUse("dpop", key, until);
            });
      }
    }
    long first = 0;
    for (Future<Boolean> use : threads.invokeAll(uses)) {
      first += use.get() ? 1 : 0;
    }
    return first;
  }

  static String key() {
    return UUID.randomUUID().toString();
  }

  static Instant inAMinute() {
    return Instant.now().plus(Duration.ofMinutes(1));
  }
}
