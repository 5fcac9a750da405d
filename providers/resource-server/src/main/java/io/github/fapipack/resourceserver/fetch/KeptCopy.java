package io.github.fapipack.resourceserver.fetch;

import io.github.fapipack.resourceserver.refusal.Problem;
import io.github.fapipack.resourceserver.refusal.RefusedRequest;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A copy of something that the issuer publishes. It is fetched when it is first needed, renewed
 * before it is too old while the old one still serves, and outlives an outage of the issuer for a
 * limited time. Only one fetch runs at a time, in a thread of its own; who has a copy never waits.
 *
 * @param <T> what is kept; each fetch makes a new object
 */
public final class KeptCopy<T> {

  /** Where the copies come from. */
  @FunctionalInterface
  public interface Source<T> {
    /** A new copy. */
    T fetch() throws FetchFailed;
  }

  private static final Logger LOG = System.getLogger(KeptCopy.class.getName());

  /** How many requests may wait for the first copy, such as after a start. */
  private static final int WAITING = 256;

  /** How many may wait for a newer one: strangers would take all threads of a server. */
  private static final int WISHING = 32;

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(15);

  private final String name;
  private final Source<T> source;
  private final KeepTimes times;
  private final Clock clock;
  private final Semaphore waiting = new Semaphore(WAITING);
  private final Semaphore wishing = new Semaphore(WISHING);
  private volatile Copy<T> copy;
  private volatile CompletableFuture<Void> running;
  private volatile long ended = Long.MIN_VALUE / 2;
  private volatile boolean failed;

  private record Copy<T>(T value, long millis) {}

  /**
   * A copy that does not exist yet.
   *
   * @param name what it is, for the log and for who cannot be served without it: {@code the keys}
   */
  public KeptCopy(String name, Source<T> source, KeepTimes times, Clock clock) {
    this.name = name;
    this.source = source;
    this.times = times;
    this.clock = clock;
  }

  /**
   * The copy. Waits only if there is none, or if it is too old to serve.
   *
   * @throws RefusedRequest with 503 if there is none now
   */
  public T get() throws RefusedRequest {
    Copy<T> held = copy;
    long age = age(held);
    if (age < times.fresh().toMillis()) {
      return held.value();
    }
    Optional<CompletableFuture<Void>> fetch = begin(times.betweenFailures());
    if (age < times.kept().toMillis()) {
      return held.value();
    }
    if (fetch.isPresent() && !await(fetch.get(), waiting)) {
      throw unavailable(times.betweenFailures());
    }
    Copy<T> got = copy;
    if (age(got) < times.kept().toMillis()) {
      return got.value();
    }
    throw unavailable(times.betweenFailures());
  }

  /**
   * A newer copy than the one in which something was missed. Waits for it if it may be fetched now;
   * if one was fetched a short time ago, that one is returned.
   *
   * @throws RefusedRequest with 503 if nobody knows, since the last fetch failed
   */
  public T newerThan(T seen) throws RefusedRequest {
    T held = get();
    if (held != seen) {
      return held;
    }
    Optional<CompletableFuture<Void>> fetch = begin(times.betweenWishes());
    boolean answered = fetch.isEmpty() || await(fetch.get(), wishing);
    T got = get();
    if (got == seen && (failed || !answered)) {
      throw unavailable(times.betweenWishes());
    }
    return got;
  }

  private long age(Copy<T> held) {
    return held == null ? Long.MAX_VALUE : clock.millis() - held.millis();
  }

  /** The fetch that runs, or a new one unless the last one ended just now. */
  private Optional<CompletableFuture<Void>> begin(Duration pause) {
    if (running == null && isTooEarly(pause)) {
      return Optional.empty();
    }
    synchronized (this) {
      if (running == null) {
        if (isTooEarly(pause)) {
          return Optional.empty();
        }
        running = new CompletableFuture<>();
        Thread thread = new Thread(this::fetch, "fapi-fetch " + name);
        thread.setDaemon(true);
        thread.start();
      }
      return Optional.of(running);
    }
  }

  private boolean isTooEarly(Duration pause) {
    return clock.millis() - ended < pause.toMillis();
  }

  private void fetch() {
    boolean done = false;
    try {
      copy = new Copy<>(source.fetch(), clock.millis());
      done = true;
    } catch (FetchFailed e) {
      LOG.log(Level.WARNING, "{0} of the issuer could not be fetched: {1}", name, e.getMessage());
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, name + " of the issuer could not be read", e);
    } finally {
      finish(!done);
    }
  }

  private synchronized void finish(boolean failure) {
    CompletableFuture<Void> mine = running;
    failed = failure;
    ended = clock.millis();
    running = null;
    mine.complete(null);
  }

  /** Whether the fetch has ended; not if too many others wait, or if it takes too long. */
  private static boolean await(CompletableFuture<Void> fetch, Semaphore places) {
    if (!places.tryAcquire()) {
      return false;
    }
    try {
      fetch.get(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException | ExecutionException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      places.release();
    }
  }

  private RefusedRequest unavailable(Duration wait) {
    return new RefusedRequest(
            Problem.UNAVAILABLE,
            name + " of the authorization server cannot be had now; try again later",
            "RFC9110 15.6.4")
        .retryAfter(wait.plusSeconds(1));
  }
}
