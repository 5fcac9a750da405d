package io.github.fapipack.it.device;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.http.LocalHttp;
import io.github.fapipack.it.pki.CertificateAuthority;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** The address for a client's pings (CIBA 10.2): stores the pings and returns them on GET. */
public final class PingInbox implements AutoCloseable {
  private final HttpServer server;
  private final List<Ping> pings = new CopyOnWriteArrayList<>();
  private volatile int status = 204;
  private volatile Consumer<Ping> reaction = ping -> {};

  /**
   * One request that was posted.
   *
   * @param authorization the header of that name, or null
   */
  public record Ping(String path, String authorization, JsonNode body) {}

  private PingInbox(HttpServer server) {
    this.server = server;
    server.createContext("/", this::serve);
    server.start();
  }

  /** With a certificate of the server's own authority, which Keycloak trusts. */
  public static PingInbox start(CertificateAuthority authority) {
    return new PingInbox(LocalHttp.https(authority));
  }

  /** The address to register. */
  public URI uri() {
    return URI.create("https://localhost:" + server.getAddress().getPort() + "/pings");
  }

  /** Sets the status of responses to pings; with 3xx, the response redirects elsewhere. */
  public void answerWith(int newStatus) {
    status = newStatus;
  }

  /** Sets an action that runs before a ping is answered. */
  public void onPing(Consumer<Ping> newReaction) {
    reaction = newReaction;
  }

  /** Everything that came so far. */
  public List<Ping> pings() {
    return List.copyOf(pings);
  }

  /** The pings with a given bearer token. */
  public List<Ping> pings(String token) {
    return pings.stream().filter(ping -> ("Bearer " + token).equals(ping.authorization())).toList();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void serve(HttpExchange exchange) throws IOException {
    if (exchange.getRequestMethod().equals("GET")
        && exchange.getRequestURI().getPath().equals("/pings")) {
      LocalHttp.answer(exchange, 200, Json.text(json()));
      return;
    }
    String body = LocalHttp.body(exchange);
    Ping ping =
        new Ping(
            exchange.getRequestURI().getPath(),
            exchange.getRequestHeaders().getFirst("Authorization"),
            body.isEmpty() ? Json.object() : Json.parse(body));
    pings.add(ping);
    reaction.accept(ping);
    exchange.getResponseHeaders().set("Location", uri().resolve("/elsewhere").toString());
    LocalHttp.answer(exchange, status, "");
  }

  private JsonNode json() {
    ArrayNode list = Json.object().putArray("pings");
    for (Ping ping : pings) {
      list.addObject().put("authorization", ping.authorization()).set("body", ping.body());
    }
    return list;
  }
}
