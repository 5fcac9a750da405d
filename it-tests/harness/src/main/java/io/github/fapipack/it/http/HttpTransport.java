package io.github.fapipack.it.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/** Sends a request exactly as given; does not follow redirects or keep cookies. */
public final class HttpTransport {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private final HttpClient client;
  private final boolean certificate;
  private final Supplier<URI> nodeOrNull;

  /**
   * Connects to the address of a request.
   *
   * @param certificate whether connections offer a client certificate
   */
  public HttpTransport(SSLContext tls, boolean certificate) {
    this(tls, certificate, null);
  }

  /** Connects to the given origin instead of the address of a request, as a load balancer does. */
  public HttpTransport(SSLContext tls, boolean certificate, Supplier<URI> nodeOrNull) {
    this.client = client(tls);
    this.certificate = certificate;
    this.nodeOrNull = nodeOrNull;
  }

  /** Sends a request and waits for the answer. */
  public HttpExchange send(String method, URI uri, NamedValues headers, String body) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(TIMEOUT);
    headers.entries().forEach(header -> request.header(header.getKey(), header.getValue()));
    if (nodeOrNull != null) {
      balance(request, uri);
    }
    BodyPublisher publisher =
        body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body);
    try {
      HttpResponse<String> response =
          client.send(request.method(method, publisher).build(), BodyHandlers.ofString());
      NamedValues received = new NamedValues();
      response
          .headers()
          .map()
          .forEach((name, values) -> values.forEach(value -> received.add(name, value)));
      return new HttpExchange(
          method,
          uri,
          headers,
          body,
          certificate,
          response.statusCode(),
          received,
          response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting for " + uri, e);
    }
  }

  private void balance(HttpRequest.Builder request, URI uri) {
    request
        .uri(nodeOrNull.get().resolve(uri.toString().substring(origin(uri).length())))
        .header("X-Forwarded-Proto", uri.getScheme())
        .header("X-Forwarded-Host", uri.getRawAuthority())
        .header("X-Forwarded-Port", String.valueOf(uri.getPort() < 0 ? 443 : uri.getPort()));
  }

  private static String origin(URI uri) {
    return uri.getScheme() + "://" + uri.getRawAuthority();
  }

  private static HttpClient client(SSLContext tls) {
    return HttpClient.newBuilder()
        .sslContext(tls)
        // HTTP/1.1 sends two headers with the same name as two lines, as an attacker would.
        .version(HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NEVER)
        .connectTimeout(Duration.ofSeconds(10))
        .build();
  }
}
