package io.github.fapipack.fetch;

import io.github.fapipack.keycloak.ServerState;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.http.Header;
import org.apache.http.HttpHeaders;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.util.EntityUtils;
import org.keycloak.connections.httpclient.HttpClientProvider;
import org.keycloak.models.KeycloakSession;

/**
 * Fetches documents within limits of their own, from any address that the realm may fetch from. It
 * follows no redirect.
 */
public final class BoundedFetch {

  private static final int SHARE = 6;

  private static final ServerState<ScheduledThreadPoolExecutor> CLOCK =
      new ServerState<>(BoundedFetch::clock);

  /**
   * What came back.
   *
   * @param status the HTTP status
   * @param etag the tag of the document, or null
   * @param body empty if there is none
   */
  public record Answer(int status, String etag, byte[] body) {}

  /**
   * The limits of a whole response.
   *
   * @param milliseconds how long it may take
   * @param bytes how long its body may be, decompressed
   */
  public record Limits(int milliseconds, int bytes) {}

  private BoundedFetch() {}

  /**
   * Gets a document; its status is for the caller to judge.
   *
   * @param headers of the request
   * @throws IOException if nothing came within the limits, or the address must not be used
   */
  public static Answer get(
      KeycloakSession session, String uri, Map<String, String> headers, Limits limits)
      throws IOException {
    BoundedHttpClient client =
        bounded(session.getProvider(HttpClientProvider.class).getHttpClient(), limits);
    HttpGet request = new HttpGet(uri);
    request.setConfig(config(limits));
    headers.forEach(request::setHeader);
    try (CloseableHttpResponse response = client.execute(request)) {
      Header etag = response.getFirstHeader(HttpHeaders.ETAG);
      return new Answer(
          response.getStatusLine().getStatusCode(),
          etag == null ? null : etag.getValue(),
          response.getEntity() == null
              ? new byte[0]
              : EntityUtils.toByteArray(response.getEntity()));
    }
  }

  static BoundedHttpClient bounded(CloseableHttpClient client, Limits limits) {
    return new BoundedHttpClient(
        client, CLOCK.get(), new BoundedHttpClient.Bounds(limits.milliseconds(), limits.bytes()));
  }

  static RequestConfig config(Limits limits) {
    return RequestConfig.custom()
        .setRedirectsEnabled(false)
        .setConnectTimeout(limits.milliseconds())
        // A service that hangs must not make all requests of the server wait for a connection.
        .setConnectionRequestTimeout(limits.milliseconds() / SHARE)
        .setSocketTimeout(limits.milliseconds())
        .build();
  }

  /** Its thread ends when there is nothing to do. */
  private static ScheduledThreadPoolExecutor clock() {
    ScheduledThreadPoolExecutor made =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "fapi-bounded-fetch");
              thread.setDaemon(true);
              return thread;
            });
    made.setKeepAliveTime(10, TimeUnit.SECONDS);
    made.allowCoreThreadTimeOut(true);
    made.setRemoveOnCancelPolicy(true);
    return made;
  }
}
