package io.github.fapipack.doctor;

import io.github.fapipack.security.authentication.RequireSecureJwksUri;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.http.client.config.RequestConfig;
import org.keycloak.http.simple.SimpleHttp;
import org.keycloak.http.simple.SimpleHttpResponse;
import org.keycloak.models.KeycloakSession;

/**
 * Fetches what clients have at their jwks_uri, if the audit was asked to: each address once, a few
 * at a time, for a few seconds each, and within one budget of time for all of them.
 */
final class KeySetFetch implements AutoCloseable {

  /**
   * What came of one address.
   *
   * @param body what is there; null if it was not asked
   * @param fault what is the matter; null if nothing is
   */
  record Answer(String body, Severity severity, String fault, String remedy) {

    static final Answer NOT_ASKED = new Answer(null, null, null, null);

    static Answer dead(String how) {
      return new Answer(
          null,
          Severity.ERROR,
          "the keys at jwks_uri cannot be read: " + how,
          "let the server reach that address, or register another one, or jwks");
    }
  }

  private static final int AT_ONCE = 8;
  private static final int MILLISECONDS_EACH = 3_000;
  private static final int SECONDS_IN_ALL = 30;
  private static final long MOST_BYTES = 200_000;

  private final ExecutorService workers;
  private final long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_IN_ALL);
  private final Map<String, Future<Answer>> asked = new ConcurrentHashMap<>();

  private KeySetFetch(ExecutorService workers) {
    this.workers = workers;
  }

  /** One that asks nobody. */
  static KeySetFetch none() {
    return new KeySetFetch(null);
  }

  static KeySetFetch bounded() {
    return new KeySetFetch(
        Executors.newFixedThreadPool(
            AT_ONCE,
            task -> {
              Thread thread = new Thread(task, "fapi-audit-jwks");
              thread.setDaemon(true);
              return thread;
            }));
  }

  /** Begins to fetch, so that several addresses answer at once. */
  void begin(KeycloakSession session, Stream<String> uris) {
    if (workers != null) {
      uris.filter(uri -> RequireSecureJwksUri.isSecure(uri))
          .forEach(uri -> asked.computeIfAbsent(uri, address -> submit(session, address)));
    }
  }

  /** What is at an address. */
  Answer of(KeycloakSession session, String uri) {
    if (workers == null || !RequireSecureJwksUri.isSecure(uri)) {
      return Answer.NOT_ASKED; // without https a rule says so
    }
    try {
      return asked
          .computeIfAbsent(uri, address -> submit(session, address))
          .get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return new Answer(
          null,
          Severity.NOTE,
          "the keys at jwks_uri were not looked at, for lack of time",
          "ask for a report on this client alone");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Answer.NOT_ASKED;
    } catch (ExecutionException e) {
      return Answer.dead("the address cannot be used");
    }
  }

  private Future<Answer> submit(KeycloakSession session, String uri) {
    // Keycloak's own client, with its proxies and its trust store, as it will fetch them itself.
    SimpleHttp http =
        SimpleHttp.create(session)
            .withRequestConfig(
                RequestConfig.custom()
                    .setConnectTimeout(MILLISECONDS_EACH)
                    .setConnectionRequestTimeout(MILLISECONDS_EACH)
                    .setSocketTimeout(MILLISECONDS_EACH)
                    .build())
            .withMaxConsumedResponseSize(MOST_BYTES);
    return workers.submit(() -> fetch(http, uri));
  }

  /** Says nothing of what came back but its status: it may be somebody's internal page. */
  private static Answer fetch(SimpleHttp http, String uri) {
    try (SimpleHttpResponse response = http.doGet(uri).acceptJson().asResponse()) {
      return response.getStatus() == 200
          ? new Answer(response.asString(), null, null, null)
          : Answer.dead("the answer is HTTP " + response.getStatus());
    } catch (IOException | RuntimeException e) {
      return Answer.dead("no connection, or no answer in time");
    }
  }

  @Override
  public void close() {
    if (workers != null) {
      workers.shutdownNow();
    }
  }
}
