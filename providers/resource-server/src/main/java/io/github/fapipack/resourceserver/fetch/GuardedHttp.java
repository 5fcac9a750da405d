package io.github.fapipack.resourceserver.fetch;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;

/**
 * Requests to the issuer. Each ends in time, whatever the other end does; no answer is larger than
 * allowed; redirects are not followed, and content encodings not accepted.
 */
public final class GuardedHttp {
  private final HttpClient client;
  private final Duration time;
  private final int limit;

  /**
   * Requests with these limits.
   *
   * @param ssl whom to trust and who we are; empty for the defaults of the Java platform
   * @param time for a whole exchange, from the connection to the last byte
   * @param limit of bytes of an answer
   */
  public GuardedHttp(Optional<SSLContext> ssl, Duration time, int limit) {
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(time);
    ssl.ifPresent(builder::sslContext);
    this.client = builder.build();
    this.time = time;
    this.limit = limit;
  }

  /** How long an exchange may take. */
  public Duration time() {
    return time;
  }

  /** What is at an address. */
  public Answer get(URI address, String accept) throws FetchFailed {
    return exchange(HttpRequest.newBuilder(address).GET(), accept);
  }

  /** The answer to a form. */
  public Answer post(URI address, String form, String accept) throws FetchFailed {
    return exchange(
        HttpRequest.newBuilder(address)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form)),
        accept);
  }

  private Answer exchange(HttpRequest.Builder request, String accept) throws FetchFailed {
    HttpRequest asked =
        request
            .header("Accept", accept)
            .header("Accept-Encoding", "identity")
            .timeout(time)
            .build();
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(asked, head -> new BoundedBody(limit));
    try {
      return read(asked.uri(), answer.get(time.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      throw failed(asked.uri(), "did not answer in " + time.toMillis() + " ms");
    } catch (ExecutionException e) {
      throw failed(asked.uri(), "failed: " + e.getCause().getClass().getSimpleName());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed(asked.uri(), "was interrupted");
    } finally {
      // Closes the connection if the answer is not complete.
      answer.cancel(true);
    }
  }

  private static Answer read(URI address, HttpResponse<byte[]> answer) throws FetchFailed {
    String encoding = answer.headers().firstValue("Content-Encoding").orElse("identity");
    if (!encoding.equalsIgnoreCase("identity")) {
      throw failed(address, "answered in an encoding that was not asked for");
    }
    String type = answer.headers().firstValue("Content-Type").orElse("");
    return new Answer(answer.statusCode(), Answer.mediaTypeOf(type), answer.body());
  }

  private static FetchFailed failed(URI address, String what) {
    return new FetchFailed(address + " " + what);
  }
}
