package io.github.fapipack.resourceserver.replay;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;

/** Whether a store works again within ten seconds. */
final class Recovery {
  private Recovery() {}

  static boolean of(ReplayStore store) throws StoreUnavailable {
    Instant end = Instant.now().plusSeconds(10);
    while (true) {
      try {
        return store.firstUse("dpop", StoreContract.key(), StoreContract.inAMinute());
      } catch (StoreUnavailable stillDown) {
        if (Instant.now().isAfter(end)) {
          throw stillDown;
        }
        LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
      }
    }
  }
}
