package io.github.fapipack.it.server;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Shows a waiting user what is being done, and that it continues. */
public final class Progress {
  private final PrintStream outOrNull;

  private Progress(PrintStream outOrNull) {
    this.outOrNull = outOrNull;
  }

  /** Prints each step with a dot per second and the time it took. */
  public static Progress to(PrintStream out) {
    return new Progress(out);
  }

  /** Prints nothing. */
  public static Progress silent() {
    return new Progress(null);
  }

  /** Runs one step and reports it. */
  public <T> T step(String what, Callable<T> work) throws Exception {
    if (outOrNull == null) {
      return work.call();
    }
    Instant start = Instant.now();
    outOrNull.print("  " + what + " ");
    outOrNull.flush();
    ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(Progress::daemon);
    ScheduledFuture<?> dots = ticker.scheduleAtFixedRate(this::dot, 1, 1, TimeUnit.SECONDS);
    boolean done = false;
    try {
      T result = work.call();
      done = true;
      return result;
    } finally {
      dots.cancel(true);
      ticker.shutdownNow();
      long seconds = Duration.between(start, Instant.now()).toSeconds();
      outOrNull.println(done ? " " + seconds + " s" : " failed after " + seconds + " s");
    }
  }

  private void dot() {
    outOrNull.print('.');
    outOrNull.flush();
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "progress");
    thread.setDaemon(true);
    return thread;
  }
}
