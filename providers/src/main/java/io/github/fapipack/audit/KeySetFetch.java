package io.github.fapipack.audit;

import io.github.fapipack.fetch.ForbiddenDestination;
import io.github.fapipack.keys.JwksUri;
import io.github.fapipack.profile.Severity;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.http.HttpResponse;
import org.apache.http.client.HttpClient;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.client.methods.HttpGet;
import org.keycloak.connections.httpclient.HttpClientProvider;
import org.keycloak.models.KeycloakSession;

/**
 * Fetches clients' key sets at jwks_uri, if the audit was asked to: each address once, a few at a
 * time, with a limit of a few seconds each, and a limit of time for all of them.
 */
public final class KeySetFetch implements AutoCloseable {

  /**
   * The result for one address.
   *
   * @param body the content; null if it was not fetched
   * @param fault what is wrong; null if nothing is
   */
  public record Answer(String body, Severity severity, String fault, String remedy) {

    static final Answer NOT_ASKED = new Answer(null, null, null, null);

    static Answer dead(String how) {
      return new Answer(
          null,
          Severity.ERROR,
          "the keys at jwks_uri cannot be read: " + how,
          "make that address reachable from the server, or register another one, or jwks");
    }
  }

  private static final int AT_ONCE = 8;
  private static final int MILLISECONDS_EACH = 3_000;
  private static final int SECONDS_IN_ALL = 30;
  private static final int MOST_BYTES = 200_000;

  private static final RequestConfig TIMEOUT =
      RequestConfig.custom()
          .setConnectTimeout(MILLISECONDS_EACH)
          .setConnectionRequestTimeout(MILLISECONDS_EACH)
          .setSocketTimeout(MILLISECONDS_EACH)
          .build();

  private final Set<HttpGet> running = ConcurrentHashMap.newKeySet();
  private final ExecutorService workers;
  private final long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_IN_ALL);
  private final Map<String, Future<Answer>> asked = new ConcurrentHashMap<>();

  private KeySetFetch(ExecutorService workers) {
    this.workers = workers;
  }

  /** An instance that fetches nothing. */
  public static KeySetFetch none() {
    return new KeySetFetch(null);
  }

  public static KeySetFetch bounded() {
    return new KeySetFetch(
        Executors.newFixedThreadPool(
            AT_ONCE,
            task -> {
              Thread thread = new Thread(task, "fapi-audit-jwks");
              thread.setDaemon(true);
              return thread;
            }));
  }

  /** Starts fetching several addresses in parallel. */
  public void begin(KeycloakSession session, Stream<String> uris) {
    if (workers != null) {
      uris.filter(uri -> JwksUri.isSecure(uri))
          .forEach(uri -> asked.computeIfAbsent(uri, address -> submit(session, address)));
    }
  }

  /** The result for an address. */
  public Answer of(KeycloakSession session, String uri) {
    if (workers == null || !JwksUri.isSecure(uri)) {
      return Answer.NOT_ASKED; // a rule reports addresses without https
    }
    try {
      return asked
          .computeIfAbsent(uri, address -> submit(session, address))
          .get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return new Answer(
          null,
          Severity.NOTE,
          "there was no time to check the keys at jwks_uri",
          "ask for a report on this client alone");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Answer.NOT_ASKED;
    } catch (ExecutionException e) {
      return Answer.dead("the address cannot be used");
    }
  }

  private Future<Answer> submit(KeycloakSession session, String uri) {
    // Keycloak's own client, with its proxies and its trust store, as Keycloak uses it to fetch
    // keys.
    HttpClient http = session.getProvider(HttpClientProvider.class).getHttpClient();
    return workers.submit(() -> fetch(http, uri));
  }

  /** The result contains nothing of the response except its status: it may be an internal page. */
  private Answer fetch(HttpClient http, String uri) {
    HttpGet request = new HttpGet(uri);
    request.setConfig(TIMEOUT);
    request.setHeader(HttpHeaders.ACCEPT, "application/json");
    running.add(request);
    try {
      return http.execute(request, KeySetFetch::answer);
    } catch (ForbiddenDestination e) {
      return Answer.dead(e.getMessage());
    } catch (IOException | RuntimeException e) {
      return Answer.dead("no connection, or no answer in time");
    } finally {
      running.remove(request);
    }
  }

  private static Answer answer(HttpResponse response) throws IOException {
    int status = response.getStatusLine().getStatusCode();
    if (status != 200 || response.getEntity() == null) {
      return Answer.dead("the answer is HTTP " + status);
    }
    byte[] body = response.getEntity().getContent().readNBytes(MOST_BYTES + 1);
    return body.length > MOST_BYTES
        ? Answer.dead("the answer is too long")
        : new Answer(new String(body, StandardCharsets.UTF_8), null, null, null);
  }

  /**
   * Also aborts fetches that still wait for the end of a response, which could otherwise last for
   * ever.
   */
  @Override
  public void close() {
    if (workers != null) {
      workers.shutdownNow();
      running.forEach(HttpGet::abort);
    }
  }
}
