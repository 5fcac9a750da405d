package io.github.fapipack.resourceserver.testing;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What an endpoint of a {@link TestIssuer} does instead of answering. */
@FunctionalInterface
public interface Trouble {

  /** Answers the exchange in its own way; what it throws ends the connection. */
  void answer(HttpExchange exchange) throws IOException;

  /** The status 500 at once. */
  static Trouble down() {
    return status(500);
  }

  /** A status without a body. */
  static Trouble status(int status) {
    return exchange -> exchange.sendResponseHeaders(status, -1);
  }

  /** A body of one's own, with status 200. */
  static Trouble body(String contentType, String body) {
    return exchange -> {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", contentType);
      exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    };
  }

  /** Leads elsewhere. */
  static Trouble redirect(String location) {
    return exchange -> {
      exchange.getResponseHeaders().set("Location", location);
      exchange.sendResponseHeaders(302, -1);
    };
  }

  /** No byte until the latch opens, then nothing either. */
  static Trouble silence(CountDownLatch until) {
    return exchange -> {
      await(until, 60_000);
      throw new IOException("silent to the end");
    };
  }

  /** A body that comes byte by byte, each after so many milliseconds, and never ends. */
  static Trouble trickle(long millis) {
    return exchange -> {
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, 0);
      OutputStream body = exchange.getResponseBody();
      for (int i = 0; i < 1_000_000; i++) {
        body.write(' ');
        body.flush();
        await(new CountDownLatch(1), millis);
      }
    };
  }

  /** A body without an end, as fast as it is read. */
  static Trouble endless() {
    return exchange -> {
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, 0);
      byte[] part = "[".repeat(8192).getBytes(StandardCharsets.US_ASCII);
      for (int i = 0; i < 1_000_000; i++) {
        exchange.getResponseBody().write(part);
      }
    };
  }

  private static void await(CountDownLatch latch, long millis) throws InterruptedIOException {
    try {
      latch.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the issuer is closed");
    }
  }
}
