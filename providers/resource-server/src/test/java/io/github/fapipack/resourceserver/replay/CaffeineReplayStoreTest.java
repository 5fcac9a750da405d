package io.github.fapipack.resourceserver.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.fapipack.resourceserver.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/** One node; the contract runs with the same store twice. */
class CaffeineReplayStoreTest extends StoreContract {
  private final ReplayStore store = new CaffeineReplayStore();
  private final TestClock clock = new TestClock();

  @Override
  ReplayStore one() {
    return store;
  }

  @Override
  ReplayStore other() {
    return store;
  }

  @Test
  void aKeyIsRememberedUntilItExpiresAndNoLonger() throws Exception {
    ReplayStore own = new CaffeineReplayStore(10, clock);
    Instant until = clock.instant().plusSeconds(60);
    assertThat(own.firstUse("dpop", "k", until)).isTrue();
    clock.pass(Duration.ofMillis(59_999));
    assertThat(own.firstUse("dpop", "k", until)).isFalse();
    clock.pass(Duration.ofMillis(2));
    assertThat(own.firstUse("dpop", "k", until.plusSeconds(60))).isTrue();
  }

  @Test
  void aFullStoreForgetsNothingAndLetsNothingThrough() throws Exception {
    ReplayStore own = new CaffeineReplayStore(100, clock);
    for (int i = 0; i < 100; i++) {
      assertThat(own.firstUse("dpop", "k" + i, clock.instant().plusSeconds(60))).isTrue();
    }
    assertThatThrownBy(() -> own.firstUse("dpop", "one more", clock.instant().plusSeconds(60)))
        .isInstanceOf(StoreUnavailable.class)
        .hasMessageContaining("full");
    clock.pass(Duration.ofSeconds(61));
    assertThat(own.firstUse("dpop", "one more", clock.instant().plusSeconds(60))).isTrue();
  }

  @Test
  void itSaysOnceThatItIsForOneNode() {
    Logger logger = Logger.getLogger(CaffeineReplayStore.class.getName());
    List<LogRecord> records = new ArrayList<>();
    Handler handler = new Recorder(records);
    logger.addHandler(handler);
    try {
      new CaffeineReplayStore();
    } finally {
      logger.removeHandler(handler);
    }
    assertThat(records).hasSize(1);
    assertThat(records.get(0).getLevel()).isEqualTo(Level.WARNING);
    assertThat(records.get(0).getMessage()).contains("JdbcReplayStore", "RedisReplayStore");
  }

  private static final class Recorder extends Handler {
    private final List<LogRecord> records;

    Recorder(List<LogRecord> records) {
      this.records = records;
    }

    @Override
    public void publish(LogRecord entry) {
      records.add(entry);
    }

    @Override
    public void flush() {
      // Nothing is held back.
    }

    @Override
    public void close() {
      // Nothing is open.
    }
  }
}
