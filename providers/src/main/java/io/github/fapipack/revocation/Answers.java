package io.github.fapipack.revocation;

import io.github.fapipack.ecosystem.CertificateRules.RevocationSource;
import io.github.fapipack.keycloak.ServerState;
import io.github.fapipack.revocation.Answer.State;
import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.keycloak.common.util.Time;

/**
 * What is known about certificates, each until its next update or for an hour. In the last quarter
 * of that time the first request has it renewed in the background and does not wait. Requests for
 * the same certificate wait for one fetch, and no more than a few threads wait at all.
 */
final class Answers {

  private static final ServerState<Answers> STATE = new ServerState<>(Answers::new);

  private static final int MOST = 10_000;
  private static final int MOST_RESPONDERS = 1_000;
  private static final int MOST_WAITING = 50;
  private static final int MOST_RENEWALS = 100;
  private static final long PATIENCE_SECONDS = 20;

  /** After this time no further address of a certificate is tried. */
  private static final long ENOUGH_NANOS = TimeUnit.SECONDS.toNanos(8);

  /** An answer, and from when on it is renewed. */
  private record Held(Answer answer, long renewal) {

    static Held of(Answer answer, long now) {
      boolean renewed = answer.state() == State.GOOD || answer.state() == State.REVOKED;
      long quarter = (answer.until() - now) / 4;
      return new Held(answer, renewed ? answer.until() - quarter : Long.MAX_VALUE);
    }
  }

  private final Map<String, Held> held = bounded(MOST);
  private final Map<URI, Responder> responders = bounded(MOST_RESPONDERS);
  private final Map<String, CompletableFuture<Answer>> running = new ConcurrentHashMap<>();
  private final Semaphore waiting = new Semaphore(MOST_WAITING);
  private final Semaphore renewals = new Semaphore(MOST_RENEWALS);
  private final Map<RevocationSource, Source> sources =
      Map.of(RevocationSource.OCSP, new Source.Ocsp(), RevocationSource.CRL, new Source.Crl());

  static Answers ofServer() {
    return STATE.get();
  }

  /** Whether the certificate names an address of that kind. */
  boolean canBeAsked(IssuedCertificate subject, RevocationSource kind) {
    return !sources.get(kind).addresses(subject).isEmpty();
  }

  /**
   * What a source says about a certificate.
   *
   * @param fetch makes what fetches, if it is needed
   * @param background renews answers
   */
  Answer of(
      IssuedCertificate subject,
      RevocationSource kind,
      Supplier<Fetch> fetch,
      Executor background) {
    String key = kind + " " + subject.key();
    long now = Time.currentTimeMillis();
    Held known = held.get(key);
    if (known != null && now < known.answer().until()) {
      if (now >= known.renewal()) {
        Fetch own = fetch.get(); // while the request still has its session
        renew(key, known, () -> ask(subject, kind, own), background);
      }
      return known.answer();
    }
    if (!waiting.tryAcquire()) {
      return Answer.none("too many requests wait for answers about certificates");
    }
    try {
      CompletableFuture<Answer> mine = new CompletableFuture<>();
      CompletableFuture<Answer> other = running.putIfAbsent(key, mine);
      return other == null ? run(key, mine, () -> ask(subject, kind, fetch.get())) : ofOther(other);
    } finally {
      waiting.release();
    }
  }

  private void renew(String key, Held known, Supplier<Answer> question, Executor background) {
    CompletableFuture<Answer> mine = new CompletableFuture<>();
    if (!renewals.tryAcquire()) {
      return;
    }
    if (running.putIfAbsent(key, mine) != null) {
      renewals.release();
      return;
    }
    try {
      background.execute(
          () -> {
            try {
              run(key, mine, question);
            } finally {
              renewals.release();
            }
          });
    } catch (RejectedExecutionException e) {
      running.remove(key, mine);
      mine.complete(known.answer());
      renewals.release();
    }
  }

  private Answer run(String key, CompletableFuture<Answer> mine, Supplier<Answer> question) {
    Answer answer = Answer.none("it could not be asked");
    try {
      answer = question.get();
      keep(key, answer);
      return answer;
    } finally {
      running.remove(key, mine);
      mine.complete(answer);
    }
  }

  /** An answer that holds is not lost because it could not be renewed. */
  private void keep(String key, Answer answer) {
    long now = Time.currentTimeMillis();
    if (answer.until() <= now) {
      return;
    }
    Held known = held.get(key);
    if (answer.state() == State.NONE && known != null && now < known.answer().until()) {
      held.put(key, new Held(known.answer(), answer.until()));
    } else {
      held.put(key, Held.of(answer, now));
    }
  }

  private static Answer ofOther(CompletableFuture<Answer> other) {
    try {
      return other.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Answer.none("the server stops");
    } catch (ExecutionException | TimeoutException e) {
      return Answer.none("it takes too long");
    }
  }

  private Answer ask(IssuedCertificate subject, RevocationSource kind, Fetch fetch) {
    Source source = sources.get(kind);
    Answer last = Answer.none("the certificate names no address for " + kind);
    long begin = System.nanoTime();
    for (URI address : source.addresses(subject)) {
      if (System.nanoTime() - begin > ENOUGH_NANOS) {
        break;
      }
      Answer known = source.known(subject, address, Time.currentTimeMillis());
      last =
          known != null ? known : responder(address).ask(question(source, subject, address, fetch));
      if (last.state() != State.NONE) {
        return last;
      }
    }
    return last;
  }

  /** While it waited for its turn, another request may have fetched the same list. */
  private static Responder.Question question(
      Source source, IssuedCertificate subject, URI address, Fetch fetch) {
    return () -> {
      long now = Time.currentTimeMillis();
      Answer known = source.known(subject, address, now);
      return known != null ? known : source.ask(subject, address, fetch, now);
    };
  }

  private Responder responder(URI address) {
    return responders.computeIfAbsent(address, Responder::new);
  }

  private static <K, V> Map<K, V> bounded(int most) {
    return Collections.synchronizedMap(
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > most;
          }
        });
  }
}
