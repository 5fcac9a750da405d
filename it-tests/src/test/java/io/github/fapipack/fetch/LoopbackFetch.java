package io.github.fapipack.fetch;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.http.impl.conn.SystemDefaultDnsResolver;

/** The restricted client outside of a server; it may reach this machine. */
public final class LoopbackFetch {
  private static final ScheduledExecutorService CLOCK =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "fetch-timeout");
            thread.setDaemon(true);
            return thread;
          });

  private LoopbackFetch() {}

  /** With these limits. */
  public static GuardedFetch of(int bytes, Duration limit) {
    GuardedResolver resolver =
        new GuardedResolver(SystemDefaultDnsResolver.INSTANCE, Network.list("127.0.0.1"));
    return new GuardedFetch(
        new BoundedHttpClient(
            new GuardedConnections(resolver).build(),
            CLOCK,
            new BoundedHttpClient.Bounds((int) limit.toMillis(), bytes)));
  }

  /** With these limits, and no private network allowed. */
  public static GuardedFetch ofPublicAddresses(int bytes, Duration limit) {
    GuardedResolver resolver =
        new GuardedResolver(SystemDefaultDnsResolver.INSTANCE, Network.list(null));
    return new GuardedFetch(
        new BoundedHttpClient(
            new GuardedConnections(resolver).build(),
            CLOCK,
            new BoundedHttpClient.Bounds((int) limit.toMillis(), bytes)));
  }
}
