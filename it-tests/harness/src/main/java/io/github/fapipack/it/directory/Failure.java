package io.github.fapipack.it.directory;

import com.sun.net.httpserver.HttpExchange;
import io.github.fapipack.it.http.LocalHttp;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** How an address of a directory can fail. */
public enum Failure {
  /** Closes the connection without a response. */
  DOWN {
    @Override
    void respond(HttpExchange exchange) {
      exchange.close();
    }
  },
  /** Answers that the service is unavailable. */
  ERROR {
    @Override
    void respond(HttpExchange exchange) throws IOException {
      LocalHttp.answer(exchange, 503, "{}");
    }
  },
  /** Sends a byte of a promised response now and then, for about two minutes. */
  SLOW {
    @Override
    void respond(HttpExchange exchange) throws IOException {
      exchange.sendResponseHeaders(200, SLOW_BYTES);
      OutputStream body = exchange.getResponseBody();
      for (int sent = 0; sent < SLOW_BYTES; sent++) {
        body.write(' ');
        body.flush();
        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
      }
      exchange.close();
    }
  },
  /** Sends JSON that does not end until the client closes the connection. */
  ENDLESS {
    @Override
    void respond(HttpExchange exchange) throws IOException {
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, 0);
      byte[] part = "{\"keys\":[],\"data\":[".repeat(1000).getBytes(StandardCharsets.UTF_8);
      OutputStream body = exchange.getResponseBody();
      while (true) {
        body.write(part);
      }
    }
  },
  /** Answers 200 with bytes that are not JSON, under the type of JSON. */
  GARBAGE {
    @Override
    void respond(HttpExchange exchange) throws IOException {
      LocalHttp.answer(exchange, 200, "<html>\u0000{\"keys\":[{\"kty\":\"RSA\",\"n\":");
    }
  },
  /** Redirects to the address {@code /elsewhere} of the directory, which counts its requests. */
  REDIRECT {
    @Override
    void respond(HttpExchange exchange) throws IOException {
      exchange.getResponseHeaders().set("Location", "/elsewhere");
      LocalHttp.answer(exchange, 302, "");
    }
  };

  private static final int SLOW_BYTES = 120;

  abstract void respond(HttpExchange exchange) throws IOException;
}
