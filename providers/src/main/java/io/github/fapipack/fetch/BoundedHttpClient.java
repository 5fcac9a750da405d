package io.github.fapipack.fetch;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.http.HttpEntity;
import org.apache.http.HttpHost;
import org.apache.http.HttpRequest;
import org.apache.http.HttpResponse;
import org.apache.http.client.ClientProtocolException;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpUriRequest;
import org.apache.http.conn.ClientConnectionManager;
import org.apache.http.entity.ByteArrayEntity;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.params.HttpParams;
import org.apache.http.protocol.HttpContext;

/**
 * An HTTP client with limits for the duration and the (decompressed) size of a whole response, even
 * if the other side sends it very slowly.
 */
final class BoundedHttpClient extends CloseableHttpClient {

  private final CloseableHttpClient client;
  private final ScheduledExecutorService clock;
  private final Bounds bounds;

  /** The limits of a whole response: its duration, and the bytes of its body. */
  record Bounds(int milliseconds, int bytes) {
    Bounds {
      if (milliseconds < 1 || bytes < 1) {
        throw new IllegalArgumentException(
            "the time and the bytes of an answer must both be more than 0");
      }
    }
  }

  BoundedHttpClient(CloseableHttpClient client, ScheduledExecutorService clock, Bounds bounds) {
    this.client = client;
    this.clock = clock;
    this.bounds = bounds;
  }

  @Override
  protected CloseableHttpResponse doExecute(
      HttpHost target, HttpRequest request, HttpContext context) throws IOException {
    if (!(request instanceof HttpUriRequest abortable)) {
      throw new ClientProtocolException("a request that cannot be ended is not begun");
    }
    AtomicBoolean late = new AtomicBoolean();
    ScheduledFuture<?> end =
        clock.schedule(
            () -> {
              late.set(true);
              abortable.abort();
            },
            bounds.milliseconds(),
            TimeUnit.MILLISECONDS);
    try {
      return whole(client.execute(target, request, context), abortable);
    } catch (IOException e) {
      if (late.get()) {
        throw new SocketTimeoutException(
            "no whole answer came within " + bounds.milliseconds() + " ms");
      }
      throw e;
    } finally {
      end.cancel(false);
    }
  }

  private CloseableHttpResponse whole(CloseableHttpResponse response, HttpUriRequest request)
      throws IOException {
    try {
      read(response);
      return response;
    } catch (IOException | RuntimeException e) {
      // Aborted before closing, because closing would otherwise read the rest.
      request.abort();
      response.close();
      throw e;
    }
  }

  private void read(HttpResponse response) throws IOException {
    HttpEntity entity = response.getEntity();
    if (entity == null) {
      return;
    }
    byte[] body =
        entity.getContent().readNBytes((int) Math.min(bounds.bytes() + 1L, Integer.MAX_VALUE));
    if (body.length > bounds.bytes()) {
      throw new ClientProtocolException("the answer is longer than " + bounds.bytes() + " bytes");
    }
    ByteArrayEntity whole = new ByteArrayEntity(body);
    whole.setContentType(entity.getContentType());
    response.setEntity(whole);
  }

  /** Keycloak's provider closes what it has created. */
  @Override
  public void close() {
    // Not supported here.
  }

  @Override
  @Deprecated
  public HttpParams getParams() {
    return client.getParams();
  }

  @Override
  @Deprecated
  public ClientConnectionManager getConnectionManager() {
    return client.getConnectionManager();
  }
}
