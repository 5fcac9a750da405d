package io.github.fapipack.it.consent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.jwk.JWK;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.fapipack.it.client.ClientKeys;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.http.LocalHttp;
import io.github.fapipack.it.http.NamedValues;
import io.github.fapipack.it.server.KeycloakServer;
import java.io.IOException;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * Stands in for the consent service of a bank, for all realms of one server: keeps consents in
 * memory, authenticates its callers by certificate and JWT, records their calls, and fails or lies
 * on demand. The contract is {@code providers/consent-service.yaml}.
 *
 * <pre>{@code
 * try (ConsentServiceStub bank = ConsentServiceStub.start(TestServer.get())) {
 *   bank.realmAttributes().forEach(realm::setAttribute);
 *   LodgedConsent consent = bank.lodge(ConsentDraft.forAccounts(client.id()));
 *   bank.misbehave(Operation.FIND, Misbehaviour.SLOW);
 * }
 * }</pre>
 */
public final class ConsentServiceStub implements AutoCloseable {
  private static final int MOST_CALLS = 10_000;
  private static final String CONSENTS = "/consents/";

  private final ClientKeys keys = ClientKeys.of(ClientKeys.es256());
  private final Map<String, LodgedConsent> consents = new ConcurrentHashMap<>();
  private final ConcurrentLinkedDeque<ConsentCall> calls = new ConcurrentLinkedDeque<>();
  private final Map<Operation, Misbehaviour> misbehaviours = new ConcurrentHashMap<>();
  private final Map<Operation, Runnable> before = new ConcurrentHashMap<>();
  private final CallerCheck check;
  private final HttpServer server;
  private final Lodging lodging;
  private final BankSite site;

  private ConsentServiceStub(KeycloakServer keycloak) {
    check = new CallerCheck(keycloak);
    server = LocalHttp.https(keycloak.pki().serverCa(), keycloak.pki().clientCa());
    server.createContext(CONSENTS, exchange -> consent(exchange, CONSENTS));
    server.createContext("/elsewhere/", exchange -> consent(exchange, "/elsewhere" + CONSENTS));
    server.createContext("/jwks", this::keys);
    site = new BankSite(this, check);
    server.createContext("/page", site::serve);
    server.start();
    lodging = new Lodging(this);
  }

  /** Starts a service that the realms of a server can use. */
  public static ConsentServiceStub start(KeycloakServer server) {
    return new ConsentServiceStub(server);
  }

  /** Its address, which is its issuer too. */
  public URI address() {
    return URI.create("https://localhost:" + server.getAddress().getPort());
  }

  /** Where consents are lodged without authentication: {@link Lodging}. */
  public URI lodgingAddress() {
    return lodging.address();
  }

  /** The attributes of a realm that uses this service. */
  public Map<String, String> realmAttributes() {
    return Map.of("fapi.consent-service", address().toString());
  }

  /** The same for a realm whose users decide on the bank's own page. */
  public Map<String, String> realmAttributesWithPage() {
    Map<String, String> attributes = new HashMap<>(realmAttributes());
    attributes.put("fapi.consent-service.page", address() + "/page");
    return attributes;
  }

  /**
   * The claims with which a realm sends a browser to the bank's own page; empty if no realm has
   * sent it there.
   */
  public Map<String, Object> question(URI address) {
    return site.question(address);
  }

  /** The answer to such a question. */
  public PageAnswer answer(Map<String, Object> question) {
    return new PageAnswer(key(), address().toString(), question);
  }

  /** The key that signs for the service; its public half is in the service's JWK set. */
  public JWK key() {
    return keys.forAlgorithm("ES256");
  }

  /** Keeps a consent from now on. */
  public LodgedConsent lodge(ConsentDraft draft) {
    LodgedConsent consent = new LodgedConsent(draft.document());
    consents.put(consent.id(), consent);
    return consent;
  }

  /**
   * The signed event that a consent has ended, for the realm that has asked for the consent last.
   *
   * @throws IllegalStateException if no realm has asked for it
   */
  public EndedEvent ended(String consentId) {
    String realm =
        calls.stream()
            .filter(call -> call.consentId().equals(consentId))
            .map(call -> String.valueOf(call.claims().get("iss")))
            .reduce((first, last) -> last)
            .orElseThrow(() -> new IllegalStateException("Nobody has asked for " + consentId));
    return ended(consentId, realm);
  }

  /** The same for any realm, by its issuer. */
  public EndedEvent ended(String consentId, Object issuer) {
    return new EndedEvent(
        key(), address().toString(), check.transport(), issuer.toString(), consentId);
  }

  /** The consent with that id; empty if there is none. */
  public Optional<LodgedConsent> consent(String id) {
    return Optional.ofNullable(consents.get(id));
  }

  /** Knows a consent no more. */
  public void forget(String id) {
    consents.remove(id);
  }

  /** The calls so far, oldest first, at most the last ten thousand. */
  public List<ConsentCall> calls() {
    return List.copyOf(calls);
  }

  /** The calls of a kind so far for one consent. */
  public List<ConsentCall> calls(Operation operation, String consentId) {
    return calls.stream()
        .filter(call -> call.operation() == operation && call.consentId().equals(consentId))
        .toList();
  }

  /** Fails or lies from now on, whatever is asked. */
  public void misbehave(Misbehaviour misbehaviour) {
    for (Operation operation : Operation.values()) {
      misbehave(operation, misbehaviour);
    }
  }

  /** Fails or lies from now on when it is asked for this. */
  public void misbehave(Operation operation, Misbehaviour misbehaviour) {
    misbehaviours.put(operation, misbehaviour);
  }

  /** Is honest again, and waits for nothing. */
  public void recover() {
    misbehaviours.clear();
    before.clear();
  }

  /** Does something each time before it reads what a call asks for, until {@link #recover}. */
  public void before(Operation operation, Runnable action) {
    before.put(operation, action);
  }

  private void consent(HttpExchange exchange, String root) throws IOException {
    // The raw path, since an id may contain an escaped slash.
    String[] parts = exchange.getRequestURI().getRawPath().substring(root.length()).split("/", -1);
    String id = NamedValues.parse("id=" + parts[0]).get("id").orElse("");
    Optional<Operation> operation =
        parts.length > 2
            ? Optional.empty()
            : Operation.of(exchange.getRequestMethod(), parts.length == 1 ? "" : parts[1]);
    if (operation.isEmpty()) {
      LocalHttp.answer(exchange, 404, "{\"error\":\"not_found\"}");
      return;
    }
    before.getOrDefault(operation.get(), () -> {}).run();
    String text = LocalHttp.body(exchange);
    JsonNode body = text.isEmpty() ? Json.object() : Json.parse(text);
    Optional<String> subject =
        NamedValues.parse(exchange.getRequestURI().getRawQuery()).get("subject");
    Map<String, Object> claims = check.claims(exchange, address().toString());
    int status = claims.isEmpty() ? 401 : status(operation.get(), id, body);
    record(
        new ConsentCall(
            operation.get(), id, subject, body, certificateOf(exchange), claims, status));
    respond(
        exchange, operation.get(), status, document(operation.get(), id, status, subject, body));
  }

  private int status(Operation operation, String id, JsonNode body) {
    LodgedConsent consent = consents.get(id);
    if (consent == null) {
      return 404;
    }
    return switch (operation) {
      case AUTHORISE -> consent.authorise(body) ? 200 : 409;
      case REJECT -> {
        consent.reject(body);
        yield 204;
      }
      case REVOKE -> {
        consent.revoke(body);
        yield 204;
      }
      default -> 200;
    };
  }

  private ObjectNode document(
      Operation operation, String id, int status, Optional<String> subject, JsonNode body) {
    if (status != 200) {
      return status == 204 ? Json.object() : Json.object().put("error", "status_" + status);
    }
    Optional<String> user =
        operation == Operation.FIND
            ? subject
            : Optional.ofNullable(body.path("subject").textValue());
    return consents.get(id).document(address().toString(), user);
  }

  private void respond(HttpExchange exchange, Operation operation, int status, ObjectNode document)
      throws IOException {
    Misbehaviour misbehaviour = misbehaviours.get(operation);
    if (misbehaviour != null && !exchange.getRequestURI().getPath().startsWith("/elsewhere")) {
      misbehaviour.respond(exchange, status, document);
    } else {
      LocalHttp.answer(exchange, status, status == 204 ? "" : document.toString());
    }
  }

  private void keys(HttpExchange exchange) throws IOException {
    record(
        new ConsentCall(
            Operation.KEYS,
            "",
            Optional.empty(),
            Json.object(),
            certificateOf(exchange),
            Map.of(),
            200));
    respond(exchange, Operation.KEYS, 200, (ObjectNode) Json.parse(keys.publicJwks()));
  }

  private void record(ConsentCall call) {
    calls.add(call);
    if (calls.size() > MOST_CALLS) {
      calls.pollFirst();
    }
  }

  private static Optional<String> certificateOf(HttpExchange exchange) {
    return CallerCheck.certificate(exchange)
        .map(X509Certificate::getSubjectX500Principal)
        .map(subject -> subject.getName());
  }

  @Override
  public void close() {
    server.stop(0);
    lodging.close();
  }
}
