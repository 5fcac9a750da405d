package io.github.fapipack.it.directory;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.fapipack.it.http.LocalHttp;
import io.github.fapipack.it.server.KeycloakServer;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where others see the box: two small servers in front of it, one with TLS for documents and one
 * without for the state of certificates. They count, and fail on demand.
 */
final class Front implements AutoCloseable {
  private final HttpServer documents;
  private final HttpServer states = LocalHttp.plain();
  private final Map<String, Served> served = new ConcurrentHashMap<>();
  private final Relay relay;
  private final Served others;

  Front(KeycloakServer server) {
    documents = LocalHttp.https(server.pki().serverCa());
    relay = new Relay(server.pki().sslContext(null), server.address());
    others = new Served(relay, "");
    documents.createContext("/", this::respond);
    documents.start();
  }

  /** The address of documents, without a path. */
  URI documents() {
    return URI.create("https://localhost:" + documents.getAddress().getPort());
  }

  /** The address of what tells whether certificates are revoked, without a path. */
  URI states() {
    return URI.create("http://localhost:" + states.getAddress().getPort());
  }

  /** Serves the document of a path on its own; all other paths are passed on. */
  Served document(String path) {
    return served.computeIfAbsent(path, each -> new Served(relay, ""));
  }

  /** Serves the states of certificates, which are below that path of the box. */
  Served statesFrom(String place) {
    Served all = new Served(relay, place);
    states.createContext("/", all::respond);
    states.start();
    return all;
  }

  private void respond(HttpExchange exchange) throws IOException {
    served.getOrDefault(exchange.getRequestURI().getPath(), others).respond(exchange);
  }

  @Override
  public void close() {
    documents.stop(0);
    states.stop(0);
  }
}
