package io.github.fapipack.it.conformance;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.fapipack.it.http.LocalHttp;
import io.github.fapipack.it.http.NamedValues;
import io.github.fapipack.it.pki.Pki;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Answers the API calls of the runner as the suite does, for modules with preset results. */
final class SuiteStub implements AutoCloseable {
  private final HttpServer server = LocalHttp.https(Pki.create().serverCa());
  private final Map<String, String> results = new ConcurrentHashMap<>();
  private final Map<String, String> logs = new ConcurrentHashMap<>();
  private final List<String> names = new ArrayList<>();
  private volatile String configuration = "";

  SuiteStub() {
    server.createContext("/api/plan", this::plan);
    server.createContext("/api/runner", this::runner);
    server.createContext("/api/info/", this::info);
    server.createContext("/api/log/", this::log);
    server.start();
  }

  /** One more module, which ends with this result and this log. */
  SuiteStub module(String name, String result, String log) {
    names.add(name);
    results.put(name, result);
    logs.put(name, log);
    return this;
  }

  URI address() {
    return URI.create("https://localhost:" + server.getAddress().getPort());
  }

  /** The configuration of the plan that was made last. */
  String configuration() {
    return configuration;
  }

  private void plan(HttpExchange exchange) throws IOException {
    configuration = LocalHttp.body(exchange);
    List<String> modules =
        names.stream().map(name -> "{\"testModule\":\"" + name + "\",\"variant\":{}}").toList();
    LocalHttp.answer(
        exchange, 201, "{\"id\":\"plan\",\"modules\":[" + String.join(",", modules) + "]}");
  }

  private void runner(HttpExchange exchange) throws IOException {
    if (exchange.getRequestMethod().equals("POST")) {
      String test =
          NamedValues.parse(exchange.getRequestURI().getRawQuery()).get("test").orElseThrow();
      LocalHttp.answer(exchange, 201, "{\"id\":\"" + test + "\"}");
    } else {
      // The suite forgets tests that have ended.
      LocalHttp.answer(exchange, 404, "{}");
    }
  }

  private void info(HttpExchange exchange) throws IOException {
    String result = results.get(last(exchange));
    String status = result.equals("INTERRUPTED") ? result : "FINISHED";
    LocalHttp.answer(
        exchange, 200, "{\"status\":\"" + status + "\",\"result\":\"" + result + "\"}");
  }

  private void log(HttpExchange exchange) throws IOException {
    LocalHttp.answer(exchange, 200, logs.get(last(exchange)));
  }

  private static String last(HttpExchange exchange) {
    String path = exchange.getRequestURI().getPath();
    return path.substring(path.lastIndexOf('/') + 1);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
