package io.github.fapipack.authz;

import io.github.fapipack.resourceserver.replay.ReplayStore;
import io.github.fapipack.resourceserver.replay.StoreUnavailable;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * A store whose table is made when its database answers, which may be later than this server
 * starts; or never, if somebody else has made it and this server may not.
 */
final class LateTable implements ReplayStore {
  private static final long PAUSE_SECONDS = 10;

  private final ReplayStore store;
  private final Table table;
  private final LongSupplier seconds;
  private final AtomicLong tried;
  private volatile boolean there;

  /** Makes the table if it is not there. */
  @FunctionalInterface
  interface Table {
    void make() throws StoreUnavailable;
  }

  /**
   * The store; nothing is tried yet.
   *
   * @param seconds a clock that never goes back
   */
  LateTable(ReplayStore store, Table table, LongSupplier seconds) {
    this.store = store;
    this.table = table;
    this.seconds = seconds;
    this.tried = new AtomicLong(seconds.getAsLong() - PAUSE_SECONDS);
  }

  /** Tries to make the table, if it is not known to be there and nobody has tried just now. */
  void tryNow() {
    long now = seconds.getAsLong();
    long before = tried.get();
    if (there || now - before < PAUSE_SECONDS || !tried.compareAndSet(before, now)) {
      return;
    }
    try {
      table.make();
      there = true;
    } catch (StoreUnavailable failure) {
      System.getLogger(LateTable.class.getName())
          .log(System.Logger.Level.WARNING, failure.getMessage());
    }
  }

  @Override
  public boolean firstUse(String purpose, String key, Instant until) throws StoreUnavailable {
    tryNow();
    boolean first = store.firstUse(purpose, key, until);
    there = true;
    return first;
  }
}
