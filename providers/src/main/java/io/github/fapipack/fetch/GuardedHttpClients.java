package io.github.fapipack.fetch;

import io.github.fapipack.keycloak.Order;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.conn.SystemDefaultDnsResolver;
import org.keycloak.Config;
import org.keycloak.connections.httpclient.DefaultHttpClientFactory;
import org.keycloak.connections.httpclient.HttpClientBuilder;
import org.keycloak.connections.httpclient.HttpClientProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ProviderFactory;

/**
 * Replaces Keycloak's own factory of HTTP clients, whose settings it uses, and restricts what is
 * fetched for realms with rules: see {@link FetchesOfRealm}.
 */
public final class GuardedHttpClients extends DefaultHttpClientFactory {

  static final String ID = "fapi-guarded";

  /** The server option with networks that clients may name although they are not public. */
  static final String OPTION = "--spi-connections-http-client--" + ID + "--private-networks";

  private static final int MILLISECONDS = 5_000;

  /** As large as the audit's limit for a key set. */
  private static final int BYTES = 200_000;

  private GuardedResolver resolver;
  private BoundedHttpClient.Bounds bounds;
  private ScheduledExecutorService clock;
  private List<String> trusted;

  @Override
  public void init(Config.Scope config) {
    super.init(Config.scope("connectionsHttpClient", "default"));
    resolver =
        new GuardedResolver(
            SystemDefaultDnsResolver.INSTANCE, Network.list(config.get("private-networks")));
    bounds =
        new BoundedHttpClient.Bounds(
            config.getInt("timeout-millis", MILLISECONDS), config.getInt("max-bytes", BYTES));
    trusted = prefixes(config.get("trusted-addresses"));
    clock =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "fapi-fetch-timeout");
              thread.setDaemon(true);
              return thread;
            });
  }

  @Override
  public HttpClientProvider create(KeycloakSession session) {
    HttpClientProvider original =
        session.getProvider(
            HttpClientProvider.class, original(session.getKeycloakSessionFactory()).getId());
    return new FetchesOfRealm(session, original, () -> guarded(session), trusted);
  }

  /**
   * A prefix must contain a path, otherwise another host whose name begins with the same text would
   * be trusted.
   */
  static List<String> prefixes(String text) {
    List<String> prefixes =
        text == null || text.isBlank() ? List.of() : List.of(text.strip().split("[\\s,]+", -1));
    for (String prefix : prefixes) {
      if (!prefix.matches("https?://[^/]+/.*")) {
        throw new IllegalArgumentException(
            "'" + prefix + "' is not an address prefix; write one like https://consent.bank/");
      }
    }
    return prefixes;
  }

  private CloseableHttpClient guarded(KeycloakSession session) {
    return guarded(session, bounds);
  }

  /** A client that is always restricted, with limits of its own. */
  CloseableHttpClient guarded(KeycloakSession session, BoundedHttpClient.Bounds limits) {
    return new BoundedHttpClient(super.create(session).getHttpClient(), clock, limits);
  }

  /** The factory that Keycloak would use without the pack: the tracing one, if tracing is on. */
  private ProviderFactory<?> original(KeycloakSessionFactory factory) {
    List<ProviderFactory<?>> others =
        factory
            .getProviderFactoriesStream(HttpClientProvider.class)
            .filter(other -> other != this)
            .<ProviderFactory<?>>map(other -> other)
            .toList();
    return others.stream()
        .max(Comparator.comparingInt(other -> other.order()))
        .orElseThrow(() -> new IllegalStateException("Keycloak has no HTTP client of its own"));
  }

  /** Every version of Keycloak calls this method, directly or through the other one. */
  @Override
  @Deprecated
  protected HttpClientBuilder newHttpClientBuilder() {
    return new HttpClientBuilder(new GuardedConnections(resolver));
  }

  @Override
  public void close() {
    super.close();
    clock.shutdownNow();
  }

  @Override
  public String getId() {
    return ID;
  }

  @Override
  public int order() {
    return Order.BEFORE_OTHERS;
  }
}
