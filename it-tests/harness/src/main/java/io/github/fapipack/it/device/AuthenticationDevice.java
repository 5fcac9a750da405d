package io.github.fapipack.it.device;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.http.HttpTransport;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.http.LocalHttp;
import io.github.fapipack.it.http.NamedValues;
import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/**
 * Simulates the app on which a user is asked (CIBA's authentication device): Keycloak posts a
 * request here, and gets the answer at its callback endpoint. A person answers by {@code POST
 * /requests/<binding message>/approve} or {@code /deny}; with a preset decision, the device answers
 * by itself.
 */
public final class AuthenticationDevice implements AutoCloseable {
  /** The user's decision, in Keycloak's terms. */
  public enum Decision {
    SUCCEED,
    UNAUTHORIZED,
    CANCELLED
  }

  /** The server option with the address for authentication requests. */
  private static final String OPTION =
      "--spi-ciba-auth-channel--ciba-http-auth-channel--http-authentication-channel-uri=";

  private static final int ATTEMPTS = 40;
  private static final int PAUSE_MILLIS = 250;

  /**
   * One request for authentication.
   *
   * @param token the token that the answer must contain
   * @param body the content for the device
   */
  public record Request(String token, JsonNode body) {
    /** What the user sees on both devices. */
    public String bindingMessage() {
      return body.path("binding_message").asText("");
    }

    URI callback() {
      try {
        return callbackOf(SignedJWT.parse(token).getJWTClaimsSet().getIssuer());
      } catch (ParseException e) {
        throw new IllegalStateException("The server sent no JWT to the device", e);
      }
    }
  }

  /** The callback address of the realm with that issuer. */
  public static URI callbackOf(String issuer) {
    return URI.create(issuer + "/protocol/openid-connect/ext/ciba/auth/callback");
  }

  private final HttpServer server = LocalHttp.plain();
  private final Map<String, Request> requests = new ConcurrentHashMap<>();
  private final ScheduledExecutorService answering =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "authentication-device");
            thread.setDaemon(true);
            return thread;
          });
  private final Optional<Decision> habit;
  private volatile HttpTransport transport;
  private volatile int acknowledgement = 201;
  private volatile String newest;

  private AuthenticationDevice(Optional<Decision> habit) {
    this.habit = habit;
    server.createContext("/authentication", this::receive);
    server.createContext("/requests", this::decide);
    server.start();
  }

  /** A device that waits for answers. */
  public static AuthenticationDevice start() {
    return new AuthenticationDevice(Optional.empty());
  }

  /** A device that answers every request in the same way. */
  public static AuthenticationDevice answering(Decision decision) {
    return new AuthenticationDevice(Optional.of(decision));
  }

  /** The option with which the server must be started. */
  public String serverOption() {
    return OPTION + address() + "/authentication";
  }

  /** The address without a path. */
  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Sets the TLS context for answers; to be called when the server's authority is known. */
  public void trust(SSLContext tls) {
    transport = new HttpTransport(tls, false);
  }

  /** Sets the status with which the device responds to requests; Keycloak expects 201. */
  public void acknowledgeWith(int status) {
    acknowledgement = status;
  }

  /** Whether a request with that binding message has arrived. */
  public boolean knows(String bindingMessage) {
    return requests.containsKey(bindingMessage);
  }

  /** The binding message of the request that arrived last, if one has. */
  public Optional<String> newest() {
    return Optional.ofNullable(newest);
  }

  /** The request with that binding message; Keycloak sends it before it responds to the client. */
  public Request request(String bindingMessage) {
    Request request = requests.get(bindingMessage);
    if (request == null) {
      throw new AssertionError("the device was not asked about " + bindingMessage);
    }
    return request;
  }

  /** Answers the request with that binding message. */
  public HttpExchange answer(String bindingMessage, Decision decision) {
    return answer(bindingMessage, decision, Json.object());
  }

  /** Answers the request with that binding message, with further members in the answer. */
  public HttpExchange answer(String bindingMessage, Decision decision, JsonNode further) {
    Request request = request(bindingMessage);
    ObjectNode body = Json.object().put("status", decision.name());
    further.properties().forEach(member -> body.set(member.getKey(), member.getValue()));
    return post(request.callback(), request.token(), body.toString());
  }

  /** Posts any body to a callback endpoint; without a token if that is null. */
  public HttpExchange post(URI callback, String tokenOrNull, String body) {
    NamedValues headers =
        new NamedValues()
            .set("Content-Type", "application/json")
            .set("Accept", "application/json")
            .set("Authorization", tokenOrNull == null ? null : "Bearer " + tokenOrNull);
    return transport.send("POST", callback, headers, body);
  }

  @Override
  public void close() {
    answering.shutdownNow();
    server.stop(0);
  }

  private void receive(com.sun.net.httpserver.HttpExchange exchange) throws IOException {
    String token =
        String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"))
            .replaceFirst("^Bearer ", "");
    Request request = new Request(token, Json.parse(LocalHttp.body(exchange)));
    requests.put(request.bindingMessage(), request);
    newest = request.bindingMessage();
    LocalHttp.answer(exchange, acknowledgement, "");
    habit.ifPresent(decision -> soon(request.bindingMessage(), decision, ATTEMPTS));
  }

  /**
   * Keycloak knows the request only after the device has responded, so the answer may be too early.
   */
  private void soon(String bindingMessage, Decision decision, int attempts) {
    var unused =
        answering.schedule(
            () -> {
              boolean taken = transport != null && answer(bindingMessage, decision).status() == 200;
              if (!taken && attempts > 1) {
                soon(bindingMessage, decision, attempts - 1);
              }
            },
            PAUSE_MILLIS,
            TimeUnit.MILLISECONDS);
  }

  private void decide(com.sun.net.httpserver.HttpExchange exchange) throws IOException {
    List<String> path = List.of(exchange.getRequestURI().getPath().substring(1).split("/"));
    Map<String, Decision> decisions =
        Map.of("approve", Decision.SUCCEED, "deny", Decision.UNAUTHORIZED);
    if (exchange.getRequestMethod().equals("GET") && path.size() == 1) {
      Map<String, JsonNode> waiting = new LinkedHashMap<>();
      requests.forEach((message, request) -> waiting.put(message, request.body()));
      LocalHttp.answer(exchange, 200, Json.text(Json.object().setAll(waiting)) + "\n");
    } else if (!exchange.getRequestMethod().equals("POST")
        || path.size() != 3
        || !decisions.containsKey(path.get(2))) {
      LocalHttp.answer(exchange, 404, "GET /requests, POST /requests/<message>/approve or deny\n");
    } else if (!knows(path.get(1))) {
      LocalHttp.answer(exchange, 404, "no request with that binding message\n");
    } else {
      HttpExchange told = answer(path.get(1), decisions.get(path.get(2)));
      requests.remove(path.get(1));
      LocalHttp.answer(exchange, told.status(), "Keycloak: " + told.status() + told.body() + "\n");
    }
  }
}
