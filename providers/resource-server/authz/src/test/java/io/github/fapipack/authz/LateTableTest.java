package io.github.fapipack.authz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.fapipack.resourceserver.replay.ReplayStore;
import io.github.fapipack.resourceserver.replay.StoreUnavailable;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A database that starts after fapi-authz, or that does not let it make tables. */
class LateTableTest {
  private final AtomicLong seconds = new AtomicLong(1000);
  private final AtomicInteger tries = new AtomicInteger();
  private boolean tableIsThere;
  private boolean mayMakeTables = true;

  private final LateTable late = new LateTable(this::use, this::make, seconds::get);

  private boolean use(String purpose, String key, Instant until) throws StoreUnavailable {
    if (tableIsThere) {
      return true;
    }
    throw new StoreUnavailable("no table", null);
  }

  private void make() throws StoreUnavailable {
    tries.incrementAndGet();
    if (!mayMakeTables) {
      throw new StoreUnavailable("not allowed", null);
    }
    tableIsThere = true;
  }

  @Test
  void theTableIsMadeOnce() throws StoreUnavailable {
    assertThat(firstUse(late)).isTrue();
    seconds.addAndGet(100);
    assertThat(firstUse(late)).isTrue();
    assertThat(tries).hasValue(1);
  }

  @Test
  void whileItCannotBeMadeRequestsAreRefusedAndItIsTriedNowAndThen() throws StoreUnavailable {
    mayMakeTables = false;
    for (int i = 0; i < 5; i++) {
      assertThatExceptionOfType(StoreUnavailable.class).isThrownBy(() -> firstUse(late));
    }
    assertThat(tries).hasValue(1);

    mayMakeTables = true;
    seconds.addAndGet(10);

    assertThat(firstUse(late)).isTrue();
    assertThat(tries).hasValue(2);
  }

  @Test
  void aTableThatSomebodyElseHasMadeWillDo() throws StoreUnavailable {
    mayMakeTables = false;
    tableIsThere = true;

    assertThat(firstUse(late)).isTrue();
    seconds.addAndGet(100);
    assertThat(firstUse(late)).isTrue();
    assertThat(tries).hasValue(1);
  }

  private static boolean firstUse(ReplayStore store) throws StoreUnavailable {
    return store.firstUse("proof", "key", Instant.MAX);
  }
}
