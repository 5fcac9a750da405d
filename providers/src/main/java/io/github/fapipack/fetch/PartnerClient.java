package io.github.fapipack.fetch;

import io.github.fapipack.keycloak.ServerState;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.SSLContext;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.RequestBuilder;
import org.apache.http.entity.ByteArrayEntity;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClients;
import org.apache.http.ssl.SSLContextBuilder;
import org.apache.http.util.EntityUtils;
import org.keycloak.models.KeycloakSession;
import org.keycloak.truststore.TruststoreProvider;

/**
 * Calls a service of the operator, such as the bank's consent service: over HTTPS, with the client
 * certificate of the server, and within limits of time and size. It follows no redirect. The
 * certificate is read again when its file changes.
 */
public final class PartnerClient {

  /** At most as many connections to one service. */
  private static final int CONNECTIONS = 50;

  private static final ServerState<PartnerClient> OF_THE_SERVER =
      new ServerState<>(() -> new PartnerClient(null, null));

  private final Path keyStore;
  private final char[] password;
  private CloseableHttpClient client;
  private FileTime read;

  /**
   * A request.
   *
   * @param method of HTTP
   * @param authorization the value of the header {@code Authorization}, or null for none
   * @param json the body, or null for none
   */
  public record Call(String method, URI uri, String authorization, byte[] json) {}

  private PartnerClient(Path keyStore, char[] password) {
    this.keyStore = keyStore;
    this.password = password;
  }

  /**
   * Says where the certificate and its key are.
   *
   * @param keyStore a PKCS #12 file
   */
  public static void use(Path keyStore, char[] password) {
    OF_THE_SERVER.set(new PartnerClient(keyStore, password));
  }

  /**
   * Sends a request; the status of the answer is for the caller to judge.
   *
   * @throws IOException if nothing came within the limits, or the certificate cannot be read
   */
  public static BoundedFetch.Answer send(
      KeycloakSession session, Call call, BoundedFetch.Limits limits) throws IOException {
    RequestBuilder request =
        RequestBuilder.create(call.method())
            .setUri(call.uri())
            .setHeader("Accept", "application/json");
    if (call.authorization() != null) {
      request.setHeader("Authorization", call.authorization());
    }
    if (call.json() != null) {
      request.setHeader("Content-Type", "application/json");
      request.setEntity(new ByteArrayEntity(call.json()));
    }
    BoundedHttpClient bounded = BoundedFetch.bounded(OF_THE_SERVER.get().client(session), limits);
    request.setConfig(BoundedFetch.config(limits));
    try (CloseableHttpResponse response = bounded.execute(request.build())) {
      return new BoundedFetch.Answer(
          response.getStatusLine().getStatusCode(),
          null,
          response.getEntity() == null
              ? new byte[0]
              : EntityUtils.toByteArray(response.getEntity()));
    }
  }

  private synchronized CloseableHttpClient client(KeycloakSession session) throws IOException {
    FileTime changed = keyStore == null ? null : Files.getLastModifiedTime(keyStore);
    if (client == null || (changed != null && !changed.equals(read))) {
      CloseableHttpClient made =
          HttpClients.custom()
              .setSSLContext(tls(session))
              .disableRedirectHandling()
              .disableAutomaticRetries()
              .disableCookieManagement()
              .setMaxConnPerRoute(CONNECTIONS)
              .setMaxConnTotal(CONNECTIONS)
              .build();
      // The former one ends with the requests that use it.
      client = made;
      read = changed;
    }
    return client;
  }

  private SSLContext tls(KeycloakSession session) throws IOException {
    try {
      SSLContextBuilder context = SSLContextBuilder.create();
      TruststoreProvider trusted = session.getProvider(TruststoreProvider.class);
      context.loadTrustMaterial(trusted == null ? null : trusted.getTruststore(), null);
      if (keyStore != null) {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream file = Files.newInputStream(keyStore)) {
          keys.load(file, password);
        }
        context.loadKeyMaterial(keys, password);
      }
      return context.build();
    } catch (GeneralSecurityException e) {
      throw new IOException("the key store of the server's client certificate is unusable", e);
    }
  }
}
