package io.github.fapipack.fetch;

import io.github.fapipack.authentication.RequireSecureJwksUri;
import io.github.fapipack.ecosystem.EcosystemProfile;
import io.github.fapipack.ecosystem.EcosystemProfiles;
import io.github.fapipack.rule.RealmRules;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.http.HttpEntity;
import org.apache.http.HttpHost;
import org.apache.http.HttpRequest;
import org.apache.http.client.HttpResponseException;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.client.methods.HttpPost;
import org.apache.http.client.methods.HttpUriRequest;
import org.apache.http.conn.ClientConnectionManager;
import org.apache.http.entity.ContentType;
import org.apache.http.entity.StringEntity;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.params.HttpParams;
import org.apache.http.protocol.HttpContext;
import org.apache.http.util.EntityUtils;
import org.keycloak.Config;
import org.keycloak.connections.httpclient.HttpClientProvider;
import org.keycloak.models.IdentityProviderQuery;
import org.keycloak.models.KeycloakSession;

/**
 * The HTTP clients for a realm. Clients, even self-registered ones, name their {@code jwks_uri},
 * request URIs, sector identifier, notification and logout addresses. In a realm that enforces the
 * pack's rules, such addresses may only be in the public internet or in networks that the operator
 * allows, and responses are limited in time and size. Addresses that the operator or the realm's
 * administrator has configured (identity providers, CIBA's authentication channel, the directory of
 * an ecosystem, the server's {@code trusted-addresses}) are fetched as without the pack, and so is
 * everything for other realms.
 */
final class FetchesOfRealm implements HttpClientProvider {

  private final KeycloakSession session;
  private final HttpClientProvider original;
  private final Supplier<CloseableHttpClient> guarded;
  private final List<String> trustedPrefixes;

  FetchesOfRealm(
      KeycloakSession session,
      HttpClientProvider original,
      Supplier<CloseableHttpClient> guarded,
      List<String> trustedPrefixes) {
    this.session = session;
    this.original = original;
    this.guarded = guarded;
    this.trustedPrefixes = trustedPrefixes;
  }

  @Override
  public CloseableHttpClient getHttpClient() {
    return isGuarded()
        ? new ByDestination(original.getHttpClient(), guarded.get(), this::isTrusted)
        : original.getHttpClient();
  }

  /**
   * Whether the realm enforces the rule about addresses of clients' keys. Evaluated every time,
   * because one session may serve several realms.
   */
  private boolean isGuarded() {
    return RealmRules.of(session).enforce(RequireSecureJwksUri.class);
  }

  private boolean isGuarded(String uri) {
    return isGuarded() && !isTrusted(uri);
  }

  /** Whether an address was configured by an operator or administrator; its query is ignored. */
  private boolean isTrusted(String uri) {
    return trustedPrefixes.stream().anyMatch(uri::startsWith)
        || named().contains(withoutQuery(uri));
  }

  /** The addresses of the directory of the realm's ecosystem. */
  private Stream<String> directory() {
    return EcosystemProfiles.of(session).inUse().map(EcosystemProfile::directory).stream()
        .flatMap(
            directory ->
                Stream.of(
                    directory.jwksUri(),
                    directory.status() == null ? null : directory.status().uri()));
  }

  private Set<String> named() {
    Stream<String> identityProviders =
        session
            .identityProviders()
            .getAllStream(IdentityProviderQuery.any())
            .flatMap(provider -> provider.getConfig().values().stream());
    String device =
        Config.scope("ciba-auth-channel", "ciba-http-auth-channel")
            .get("httpAuthenticationChannelUri");
    return Stream.of(identityProviders, Stream.of(device == null ? "" : device), directory())
        .flatMap(addresses -> addresses)
        .filter(Objects::nonNull)
        .filter(text -> text.startsWith("https://") || text.startsWith("http://"))
        .map(FetchesOfRealm::withoutQuery)
        .collect(Collectors.toSet());
  }

  private static String withoutQuery(String uri) {
    return uri.replaceFirst("[?#].*", "");
  }

  @Override
  public int postText(String uri, String text) throws IOException {
    if (!isGuarded(uri)) {
      return original.postText(uri, text);
    }
    HttpPost request = new HttpPost(uri);
    request.setEntity(new StringEntity(text, ContentType.TEXT_PLAIN));
    try (CloseableHttpResponse response = guarded.get().execute(request)) {
      return response.getStatusLine().getStatusCode();
    }
  }

  @Override
  public String getString(String uri) throws IOException {
    if (!isGuarded(uri)) {
      return original.getString(uri);
    }
    try (CloseableHttpResponse response = guarded.get().execute(new HttpGet(uri))) {
      return EntityUtils.toString(body(response));
    }
  }

  @Override
  public InputStream getInputStream(String uri) throws IOException {
    if (!isGuarded(uri)) {
      return original.getInputStream(uri);
    }
    try (CloseableHttpResponse response = guarded.get().execute(new HttpGet(uri))) {
      return new ByteArrayInputStream(EntityUtils.toByteArray(body(response)));
    }
  }

  private static HttpEntity body(CloseableHttpResponse response) throws IOException {
    int status = response.getStatusLine().getStatusCode();
    if (status >= 300) {
      throw new HttpResponseException(status, response.getStatusLine().getReasonPhrase());
    }
    if (response.getEntity() == null) {
      throw new IOException("the answer is empty");
    }
    return response.getEntity();
  }

  @Override
  public long getMaxConsumedResponseSize() {
    return original.getMaxConsumedResponseSize();
  }

  @Override
  public void close() {
    // Keycloak closes its own provider.
  }

  /** Uses the restricted client unless the address is trusted. */
  private static final class ByDestination extends CloseableHttpClient {
    private final CloseableHttpClient plain;
    private final CloseableHttpClient guarded;
    private final Predicate<String> trusted;

    ByDestination(
        CloseableHttpClient plain, CloseableHttpClient guarded, Predicate<String> trusted) {
      this.plain = plain;
      this.guarded = guarded;
      this.trusted = trusted;
    }

    @Override
    protected CloseableHttpResponse doExecute(
        HttpHost target, HttpRequest request, HttpContext context) throws IOException {
      boolean named =
          request instanceof HttpUriRequest known && trusted.test(known.getURI().toString());
      return (named ? plain : guarded).execute(target, request, context);
    }

    @Override
    public void close() {
      // Keycloak's providers close what they have created.
    }

    @Override
    @Deprecated
    public HttpParams getParams() {
      return guarded.getParams();
    }

    @Override
    @Deprecated
    public ClientConnectionManager getConnectionManager() {
      return guarded.getConnectionManager();
    }
  }
}
