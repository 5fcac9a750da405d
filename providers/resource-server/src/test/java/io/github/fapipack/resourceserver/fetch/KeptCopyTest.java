package io.github.fapipack.resourceserver.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.fapipack.resourceserver.refusal.Problem;
import io.github.fapipack.resourceserver.refusal.RefusedRequest;
import io.github.fapipack.resourceserver.testing.TestClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class KeptCopyTest {
  private final TestClock clock = new TestClock();
  private final AtomicInteger fetches = new AtomicInteger();
  private final ExecutorService callers = Executors.newCachedThreadPool();
  private volatile boolean down;
  private volatile CountDownLatch gate = new CountDownLatch(0);
  private final KeptCopy<String> copy =
      new KeptCopy<>("the thing", this::fetch, KeepTimes.defaults(), clock);

  @AfterEach
  void end() {
    gate.countDown();
    callers.shutdownNow();
  }

  @Test
  void isFetchedWhenItIsNeededAndThenServes() throws RefusedRequest {
    assertThat(fetches).hasValue(0);
    assertThat(copy.get()).isEqualTo("copy 1");
    assertThat(copy.get()).isEqualTo("copy 1");
    assertThat(fetches).hasValue(1);
  }

  @Test
  void isFetchedOnceForAllWhoWait() throws Exception {
    gate = new CountDownLatch(1);
    List<Future<String>> waiting = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      waiting.add(callers.submit(copy::get));
    }
    gate.countDown();

    for (Future<String> one : waiting) {
      assertThat(one.get()).isEqualTo("copy 1");
    }
    assertThat(fetches).hasValue(1);
  }

  @Test
  void servesWhileItIsRenewed() throws RefusedRequest {
    copy.get();
    gate = new CountDownLatch(1);
    clock.pass(Duration.ofMinutes(6));

    assertThat(copy.get()).isEqualTo("copy 1");
    assertThat(copy.get()).isEqualTo("copy 1");
    gate.countDown();
    eventually("copy 2");
    assertThat(fetches).hasValue(2);
  }

  @Test
  void isFetchedAgainAfterTheClockWasSetBack() throws RefusedRequest {
    copy.get();
    clock.pass(Duration.ofDays(-1));

    assertThat(copy.get()).isIn("copy 1", "copy 2");
    eventually("copy 2");
  }

  @Test
  void outlivesAnOutage() throws Exception {
    copy.get();
    down = true;
    clock.pass(Duration.ofHours(23));

    assertThat(copy.get()).isEqualTo("copy 1");
  }

  @Test
  void doesNotOutliveALongOne() throws RefusedRequest {
    copy.get();
    down = true;
    clock.pass(Duration.ofHours(24));

    assertUnavailable();
  }

  @Test
  void isNotFetchedAgainJustAfterAFailure() throws RefusedRequest {
    down = true;
    assertUnavailable();
    assertUnavailable();
    clock.pass(Duration.ofSeconds(4));
    assertUnavailable();
    assertThat(fetches).hasValue(1);

    down = false;
    clock.pass(Duration.ofSeconds(1));
    assertThat(copy.get()).isEqualTo("copy 2");
  }

  @Test
  void isRenewedForAWishOnceInAWhile() throws RefusedRequest {
    String seen = copy.get();
    clock.pass(Duration.ofSeconds(30));
    String second = copy.newerThan(seen);
    assertThat(second).isEqualTo("copy 2");
    assertThat(copy.newerThan(second)).isSameAs(second);
    clock.pass(Duration.ofSeconds(29));
    assertThat(copy.newerThan(second)).isSameAs(second);
    assertThat(fetches).hasValue(2);

    clock.pass(Duration.ofSeconds(1));
    assertThat(copy.newerThan(second)).isEqualTo("copy 3");
  }

  @Test
  void isNotRenewedForWhoHasMissedTheNewestOne() throws RefusedRequest {
    String seen = copy.get();
    clock.pass(Duration.ofSeconds(30));
    copy.newerThan(seen);
    clock.pass(Duration.ofSeconds(30));

    assertThat(copy.newerThan(seen)).isEqualTo("copy 2");
    assertThat(fetches).hasValue(2);
  }

  @Test
  void isUnknownToWhoNeedsANewerOneInAnOutage() throws RefusedRequest {
    String seen = copy.get();
    down = true;
    clock.pass(Duration.ofSeconds(30));

    assertThatThrownBy(() -> copy.newerThan(seen)).isInstanceOf(RefusedRequest.class);
    assertThat(copy.get()).isEqualTo("copy 1");
  }

  @Test
  void letsNoMoreThanSomeWait() throws Exception {
    String seen = copy.get();
    gate = new CountDownLatch(1);
    clock.pass(Duration.ofSeconds(30));
    List<Future<String>> strangers = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      strangers.add(callers.submit(() -> copy.newerThan(seen)));
    }
    int refused = 0;
    while (refused < 68) {
      refused = (int) strangers.stream().filter(Future::isDone).count();
      Thread.onSpinWait();
    }

    assertThat(copy.get()).isEqualTo("copy 1");
    gate.countDown();
    assertThat(fetches).hasValue(2);
  }

  @Test
  void survivesASourceThatBreaks() throws RefusedRequest {
    KeptCopy<String> broken =
        new KeptCopy<>(
            "the thing",
            () -> {
              if (fetches.incrementAndGet() == 1) {
                throw new IllegalStateException("broken");
              }
              return "mended";
            },
            KeepTimes.defaults(),
            clock);

    assertThatThrownBy(broken::get).isInstanceOf(RefusedRequest.class);
    clock.pass(Duration.ofSeconds(5));
    assertThat(broken.get()).isEqualTo("mended");
  }

  private void assertUnavailable() {
    assertThatThrownBy(copy::get)
        .isInstanceOfSatisfying(
            RefusedRequest.class,
            refusal -> {
              assertThat(refusal.problem()).isEqualTo(Problem.UNAVAILABLE);
              assertThat(refusal.retryAfter()).hasValue(Duration.ofSeconds(6));
            });
  }

  private void eventually(String value) throws RefusedRequest {
    while (!copy.get().equals(value)) {
      Thread.onSpinWait();
    }
  }

  private String fetch() throws FetchFailed {
    int number = fetches.incrementAndGet();
    try {
      gate.await();
    } catch (InterruptedException e) {
      throw new FetchFailed("interrupted");
    }
    if (down) {
      throw new FetchFailed("down");
    }
    return "copy " + number;
  }
}
