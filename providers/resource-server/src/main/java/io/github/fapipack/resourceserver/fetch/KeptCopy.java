package io.github.fapipack.resourceserver.fetch;

import io.github.fapipack.resourceserver.refusal.Problem;
import io.github.fapipack.resourceserver.refusal.RefusedRequest;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;

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

  private static final long BETWEEN_LOG_LINES = 60_000;

  private final String name;
  private final Source<T> source;
  private final KeepTimes times;
  private final Clock clock;
  private final SoleFetch sole;
  private final Semaphore waiting = new Semaphore(WAITING);
  private final Semaphore wishing = new Semaphore(WISHING);
  private volatile Copy<T> copy;
  private volatile long nextLogLine;

  private record Copy<T>(T value, long millis) {}

  /**
   * A copy that does not exist yet.
   *
   * @param name what it is, for the log and for who cannot be served without it: {@code the keys of
   *     the authorization server}
   */
  public KeptCopy(String name, Source<T> source, KeepTimes times, Clock clock) {
    this.name = name;
    this.source = source;
    this.times = times;
    this.clock = clock;
    this.sole = new SoleFetch(name, this::fetch, clock);
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
    Optional<CompletableFuture<Void>> fetch = sole.begin(times.betweenFailures());
    if (age < times.kept().toMillis()) {
      return held.value();
    }
    if (fetch.isPresent() && !SoleFetch.await(fetch.get(), waiting)) {
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
    Optional<CompletableFuture<Void>> fetch = sole.begin(times.betweenWishes());
    boolean answered = fetch.isEmpty() || SoleFetch.await(fetch.get(), wishing);
    T got = get();
    if (got == seen && (sole.failed() || !answered)) {
      throw unavailable(times.betweenWishes());
    }
    return got;
  }

  private long age(Copy<T> held) {
    if (held == null) {
      return Long.MAX_VALUE;
    }
    long age = clock.millis() - held.millis();
    // After the clock was set back, it serves while it is fetched again.
    return age < 0 ? times.fresh().toMillis() : age;
  }

  private boolean fetch() {
    try {
      copy = new Copy<>(source.fetch(), clock.millis());
      return true;
    } catch (FetchFailed e) {
      complain(e.getMessage());
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, name + " could not be read", e);
    }
    return false;
  }

  /** Once in a minute: an outage may last for hours. */
  private void complain(String message) {
    long now = clock.millis();
    if (now >= nextLogLine) {
      nextLogLine = now + BETWEEN_LOG_LINES;
      LOG.log(Level.WARNING, "{0} could not be fetched: {1}", name, message);
    }
  }

  private RefusedRequest unavailable(Duration wait) {
    return new RefusedRequest(
            Problem.UNAVAILABLE, name + " cannot be had now; try again later", "RFC9110 15.6.4")
        .retryAfter(wait.plusSeconds(1));
  }
}
