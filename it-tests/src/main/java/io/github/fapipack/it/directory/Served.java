package io.github.fapipack.it.directory;

import com.nimbusds.jose.util.Base64URL;
import com.sun.net.httpserver.HttpExchange;
import io.github.fapipack.it.http.LocalHttp;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** A document at one address: serves it with an ETag, counts requests, and fails on demand. */
public final class Served {
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicInteger unchanged = new AtomicInteger();
  private volatile Supplier<String> document;
  private volatile Optional<Failure> failure = Optional.empty();
  private volatile boolean tagged = true;

  Served(Supplier<String> document) {
    this.document = document;
  }

  /** Serves this text from now on, whatever it is. */
  public void serve(String text) {
    document = () -> text;
  }

  /** Fails from now on. */
  public void fail(Failure kind) {
    failure = Optional.of(kind);
  }

  /** Ends the failure. */
  public void recover() {
    failure = Optional.empty();
  }

  /** Sends no ETag from now on. */
  public void withoutTag() {
    tagged = false;
  }

  /** How often the address was requested, including failures. */
  public int requests() {
    return requests.get();
  }

  /** How often the response was 304, because the client had the current document. */
  public int unchanged() {
    return unchanged.get();
  }

  void respond(HttpExchange exchange) throws IOException {
    requests.incrementAndGet();
    if (failure.isPresent()) {
      failure.get().respond(exchange);
      return;
    }
    String text = document.get();
    if (tagged) {
      String tag = tag(text);
      exchange.getResponseHeaders().set("ETag", tag);
      if (tag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
        unchanged.incrementAndGet();
        LocalHttp.answer(exchange, 304, "");
        return;
      }
    }
    LocalHttp.answer(exchange, 200, text);
  }

  private static String tag(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return '"' + Base64URL.encode(hash).toString() + '"';
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
