package io.github.fapipack.it.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.http.HttpTransport;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.http.NamedValues;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** The calls of the suite's REST API that a run of a plan needs. */
final class SuiteApi {
  private static final Set<String> ENDED = Set.of("FINISHED", "INTERRUPTED");
  private static final Duration RECENT = Duration.ofSeconds(20);
  private static final Duration POLL = Duration.ofSeconds(20);

  private final URI suite;
  private final String token;
  private volatile String newest = "";
  private final HttpTransport http = new HttpTransport(SuiteTls.context(), false);

  /** The API of a suite; the token is empty if the suite asks nobody to log in. */
  SuiteApi(URI suite, String token) {
    this.suite = suite;
    this.token = token;
  }

  /** Makes a plan; the response lists its modules. */
  JsonNode createPlan(PlanRun run, JsonNode configuration) {
    NamedValues query =
        new NamedValues().set("planName", run.plan()).set("variant", run.variant().toString());
    return expect("POST", "plan?" + query.encode(), configuration.toString());
  }

  /** Begins a module of a plan, and returns the test's id. */
  String start(String plan, JsonNode module) {
    NamedValues query =
        new NamedValues().set("test", module.path("testModule").asText()).set("plan", plan);
    if (!module.path("variant").isEmpty()) {
      query.set("variant", module.path("variant").toString());
    }
    newest = expect("POST", "runner?" + query.encode(), "").path("id").asText();
    return newest;
  }

  /** Waits until a test has ended; its status, or empty if the time is up. */
  Optional<String> await(String test, Duration limit) {
    Instant end = Instant.now().plus(limit);
    while (Instant.now().isBefore(end)) {
      String status = statusSoon(test);
      if (ENDED.contains(status)) {
        return Optional.of(status);
      }
    }
    return Optional.empty();
  }

  /** The runner forgets a test soon after its end; then the stored record has the status. */
  private String statusSoon(String test) {
    NamedValues query =
        new NamedValues()
            .set("states", String.join(",", ENDED))
            .set("timeoutMs", String.valueOf(POLL.toMillis()));
    HttpExchange running = call("GET", "runner/" + test + "/wait-state?" + query.encode(), "");
    return running.status() == 200
        ? running.json().path("state").asText()
        : info(test).path("status").asText();
  }

  /** Ends a test early. */
  void cancel(String test) {
    call("DELETE", "runner/" + test, "");
  }

  /** Status and result of a test. */
  JsonNode info(String test) {
    return expect("GET", "info/" + test, "");
  }

  /** All entries of a test's log. */
  JsonNode log(String test) {
    return expect("GET", "log/" + test, "");
  }

  /** What the test that began last has logged in the last seconds. */
  JsonNode newestLog() {
    long since = Instant.now().minus(RECENT).toEpochMilli();
    return expect("GET", "log/" + newest + "?since=" + since, "");
  }

  /** The page of a test's log, for people. */
  URI logPage(String test) {
    return URI.create(suite + "/log-detail.html?log=" + test);
  }

  private JsonNode expect(String method, String path, String body) {
    HttpExchange exchange = call(method, path, body);
    if (exchange.status() >= 300) {
      throw new SuiteFailure(
          method + " " + exchange.uri() + " -> " + exchange.status() + " " + exchange.body());
    }
    return Json.parse(exchange.body());
  }

  private HttpExchange call(String method, String path, String body) {
    NamedValues headers =
        new NamedValues().set("Accept", "application/json").set("Content-Type", "application/json");
    if (!token.isEmpty()) {
      headers.set("Authorization", "Bearer " + token);
    }
    try {
      return http.send(method, URI.create(suite + "/api/" + path), headers, body);
    } catch (UncheckedIOException e) {
      throw new SuiteFailure("The suite does not answer: " + e.getMessage());
    }
  }
}
