package io.github.fapipack.resourceserver.testing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/**
 * An authorization server for tests: metadata, keys, introspection, and tokens without asking. It
 * listens on a free port of the loopback address, counts who fetches what, and misbehaves on
 * demand.
 *
 * <pre>{@code
 * try (TestIssuer issuer = TestIssuer.start("https://api.example")) {
 *   String token = issuer.accessToken().scope("accounts").boundTo(dpopKey).sign();
 * }
 * }</pre>
 */
public final class TestIssuer implements AutoCloseable {
  static {
    // Otherwise each answer waits 40 ms for the acknowledgement of its header.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Clock clock;
  private final String audience;
  private final TestIntrospection introspection = new TestIntrospection(this);
  private final Map<Endpoint, AtomicInteger> fetches = new EnumMap<>(Endpoint.class);
  private final Map<Endpoint, Trouble> troubles = new ConcurrentHashMap<>();
  private volatile UnaryOperator<Map<String, Object>> metadata = members -> members;
  private volatile JWK signingKey = newKey();
  private volatile List<JWK> published = List.of(signingKey);

  private TestIssuer(HttpServer server, String audience, Clock clock) {
    this.server = server;
    this.audience = audience;
    this.clock = clock;
    for (Endpoint endpoint : Endpoint.values()) {
      fetches.put(endpoint, new AtomicInteger());
    }
  }

  /**
   * Starts one.
   *
   * @param audience the API that its tokens are for
   */
  public static TestIssuer start(String audience) {
    return start(audience, Clock.systemUTC());
  }

  /** Starts one that has its own time. */
  public static TestIssuer start(String audience, Clock clock) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 50);
      TestIssuer issuer = new TestIssuer(server, audience, clock);
      server.setExecutor(issuer.threads);
      issuer.serve();
      return issuer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its identifier, which has a path. */
  public String issuer() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/realms/test";
  }

  /** A token to be: of alice and client-1, for five minutes, bound to nobody yet. */
  public AccessTokenDraft accessToken() {
    return new AccessTokenDraft(this, audience, now());
  }

  /** What it tells of tokens. */
  public TestIntrospection introspection() {
    return introspection;
  }

  /** The private key that signs now. */
  public JWK signingKey() {
    return signingKey;
  }

  /** Signs with a new key and publishes it alone; the one before is gone. */
  public JWK rotate() {
    return rotate(newKey());
  }

  /** Signs with this private key and publishes it alone. */
  public JWK rotate(JWK privateKey) {
    signingKey = privateKey;
    published = List.of(privateKey);
    return privateKey;
  }

  /** Publishes these keys and goes on signing with the key that it has. */
  public void publish(JWK... keys) {
    published = List.of(keys);
  }

  /** Changes the metadata. */
  public void describing(UnaryOperator<Map<String, Object>> change) {
    this.metadata = change;
  }

  /** From now on the endpoint does this instead of answering. */
  public void trouble(Endpoint endpoint, Trouble trouble) {
    troubles.put(endpoint, trouble);
  }

  /** The endpoint works again. */
  public void recover(Endpoint endpoint) {
    troubles.remove(endpoint);
  }

  /** How many requests the endpoint has got. */
  public int fetches(Endpoint endpoint) {
    return fetches.get(endpoint).get();
  }

  /** A new ES256 key with a random name. */
  public static JWK newKey() {
    try {
      return new ECKeyGenerator(Curve.P_256).keyID(UUID.randomUUID().toString()).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  Instant now() {
    return clock.instant();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void serve() {
    Trouble described = exchange -> json(exchange, metadata.apply(description()));
    on(Endpoint.METADATA, "/realms/test/.well-known/openid-configuration", described);
    on(Endpoint.METADATA, "/.well-known/oauth-authorization-server/realms/test", described);
    on(
        Endpoint.JWKS,
        "/realms/test/jwks",
        exchange -> json(exchange, new JWKSet(published).toJSONObject(true)));
    on(Endpoint.INTROSPECTION, "/realms/test/introspect", introspection::answer);
    server.start();
  }

  private void on(Endpoint endpoint, String path, Trouble answer) {
    server.createContext(
        path,
        exchange -> {
          fetches.get(endpoint).incrementAndGet();
          try (exchange) {
            troubles.getOrDefault(endpoint, answer).answer(exchange);
          }
        });
  }

  private Map<String, Object> description() {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("issuer", issuer());
    members.put("jwks_uri", issuer() + "/jwks");
    members.put("introspection_endpoint", issuer() + "/introspect");
    members.put("token_endpoint", issuer() + "/token");
    members.put("response_types_supported", List.of("code"));
    return members;
  }

  private static void json(HttpExchange exchange, Map<String, Object> members) throws IOException {
    Trouble.body("application/json", JSONObjectUtils.toJSONString(members)).answer(exchange);
  }
}
