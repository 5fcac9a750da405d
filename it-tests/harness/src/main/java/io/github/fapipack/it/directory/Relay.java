package io.github.fapipack.it.directory;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;

/** Passes requests on to the box, and its answers back. */
final class Relay {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final List<String> SENT = List.of("Accept", "Content-Type", "If-None-Match");
  private static final List<String> ANSWERED = List.of("Content-Type", "ETag", "Cache-Control");

  private final HttpClient client;
  private final String base;

  /**
   * @param base of the server; paths are the same there
   */
  Relay(SSLContext tls, URI base) {
    this.client =
        HttpClient.newBuilder().sslContext(tls).connectTimeout(Duration.ofSeconds(10)).build();
    this.base = base.toString();
  }

  /** Passes a request on under another path, and returns the status of the answer. */
  int pass(HttpExchange exchange, UnaryOperator<String> path) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path.apply(exchange.getRequestURI().toString())))
            .timeout(TIMEOUT)
            .method(
                exchange.getRequestMethod(),
                BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()));
    for (String name : SENT) {
      String value = exchange.getRequestHeaders().getFirst(name);
      if (value != null) {
        request.header(name, value);
      }
    }
    HttpResponse<byte[]> answer = send(request.build());
    for (String name : ANSWERED) {
      answer
          .headers()
          .firstValue(name)
          .ifPresent(value -> exchange.getResponseHeaders().set(name, value));
    }
    byte[] body = answer.body();
    exchange.sendResponseHeaders(answer.statusCode(), body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
    return answer.statusCode();
  }

  private HttpResponse<byte[]> send(HttpRequest request) throws IOException {
    try {
      return client.send(request, BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
