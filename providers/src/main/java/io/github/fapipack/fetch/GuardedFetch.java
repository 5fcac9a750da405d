package io.github.fapipack.fetch;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.client.methods.HttpPost;
import org.apache.http.client.methods.HttpUriRequest;
import org.apache.http.entity.ByteArrayEntity;
import org.apache.http.entity.ContentType;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.util.EntityUtils;
import org.keycloak.connections.httpclient.HttpClientProvider;
import org.keycloak.models.KeycloakSession;

/**
 * Fetches from addresses that strangers have chosen. It is restricted in every realm: only public
 * addresses and networks that the operator allows, no redirects, limited time and size.
 */
public final class GuardedFetch {

  private final CloseableHttpClient client;

  GuardedFetch(CloseableHttpClient client) {
    this.client = client;
  }

  /**
   * For use during this session and afterwards, also by other threads.
   *
   * @param bytes the largest body of a response
   * @param limit the longest time until a response is complete
   * @throws IOException if the server has no such client, because it was disabled
   */
  public static GuardedFetch of(KeycloakSession session, int bytes, Duration limit)
      throws IOException {
    if (session
            .getKeycloakSessionFactory()
            .getProviderFactory(HttpClientProvider.class, GuardedHttpClients.ID)
        instanceof GuardedHttpClients clients) {
      BoundedHttpClient.Bounds bounds =
          new BoundedHttpClient.Bounds(Math.toIntExact(limit.toMillis()), bytes);
      return new GuardedFetch(clients.guarded(session, bounds));
    }
    throw new IOException("the HTTP client " + GuardedHttpClients.ID + " is disabled");
  }

  /** The body of a response with status 200; anything else is an error. */
  public byte[] get(URI uri) throws IOException {
    return body(new HttpGet(uri));
  }

  /** The body of a response with status 200 to a request with this body. */
  public byte[] post(URI uri, String type, byte[] body) throws IOException {
    HttpPost request = new HttpPost(uri);
    request.setEntity(new ByteArrayEntity(body, ContentType.create(type)));
    return body(request);
  }

  private byte[] body(HttpUriRequest request) throws IOException {
    try (CloseableHttpResponse response = client.execute(request)) {
      int status = response.getStatusLine().getStatusCode();
      if (status != 200) {
        throw new IOException("the response has HTTP status " + status);
      }
      if (response.getEntity() == null) {
        throw new IOException("the response is empty");
      }
      return EntityUtils.toByteArray(response.getEntity());
    }
  }
}
