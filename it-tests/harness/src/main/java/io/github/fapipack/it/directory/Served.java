package io.github.fapipack.it.directory;

import com.sun.net.httpserver.HttpExchange;
import io.github.fapipack.it.http.LocalHttp;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** What the box answers at one address: counts requests, fails on demand, and can be replaced. */
public final class Served {
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicInteger unchanged = new AtomicInteger();
  private final Relay relay;
  private final String place;
  private volatile Optional<Supplier<String>> replacement = Optional.empty();
  private volatile Optional<Failure> failure = Optional.empty();

  /**
   * @param place the path at the box under which the path of a request is
   */
  Served(Relay relay, String place) {
    this.relay = relay;
    this.place = place;
  }

  /** Serves this text from now on, whatever the box says. */
  public void serve(String text) {
    serve(() -> text);
  }

  /** The same with a text that can change. */
  public void serve(Supplier<String> text) {
    replacement = Optional.of(text);
  }

  /** Fails from now on, whatever it serves. */
  public void fail(Failure kind) {
    failure = Optional.of(kind);
  }

  /** Gives the answers of the box again. */
  public void recover() {
    failure = Optional.empty();
    replacement = Optional.empty();
  }

  /** How often the address was requested, including failures. */
  public int requests() {
    return requests.get();
  }

  /** How often the box answered 304, because the client had the current document. */
  public int unchanged() {
    return unchanged.get();
  }

  void respond(HttpExchange exchange) throws IOException {
    requests.incrementAndGet();
    if (failure.isPresent()) {
      failure.get().respond(exchange);
    } else if (replacement.isPresent()) {
      LocalHttp.answer(exchange, 200, replacement.get().get());
    } else if (relay.pass(exchange, path -> place + path) == 304) {
      unchanged.incrementAndGet();
    }
  }
}
