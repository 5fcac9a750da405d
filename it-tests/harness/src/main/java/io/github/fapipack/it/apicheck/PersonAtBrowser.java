package io.github.fapipack.it.apicheck;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.fapipack.it.browser.FrontChannelAnswer;
import io.github.fapipack.it.http.NamedValues;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Has a person log in: listens at a redirect address of this machine, and otherwise asks for the
 * address to which the browser was sent.
 */
final class PersonAtBrowser {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

  private final URI redirectUri;
  private final PrintStream out;

  PersonAtBrowser(URI redirectUri, PrintStream out) {
    this.redirectUri = redirectUri;
    this.out = out;
  }

  /** Shows the address and waits for the response. */
  FrontChannelAnswer visit(URI address) {
    out.println();
    out.println("Open this address in a browser, log in and agree:");
    out.println("   " + address);
    boolean listens =
        "http".equals(redirectUri.getScheme())
            && THIS_MACHINE.contains(redirectUri.getHost())
            && redirectUri.getPort() > 0;
    URI target = listens ? listen() : ask();
    return new FrontChannelAnswer(List.of(), target, NamedValues.parse(target.getRawQuery()));
  }

  private URI listen() {
    CompletableFuture<URI> response = new CompletableFuture<>();
    HttpServer server = server();
    server.createContext("/", exchange -> receive(exchange, response));
    server.start();
    try {
      return response.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new CheckFailure("Nobody logged in within " + PATIENCE.toMinutes() + " minutes.", e);
    } catch (ExecutionException e) {
      throw new CheckFailure("The browser's request cannot be read.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CheckFailure("Interrupted.", e);
    } finally {
      server.stop(0);
    }
  }

  private HttpServer server() {
    try {
      return HttpServer.create(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), redirectUri.getPort()), 0);
    } catch (IOException e) {
      throw new CheckFailure("The port of " + redirectUri + " is in use; end what uses it.", e);
    }
  }

  private void receive(HttpExchange exchange, CompletableFuture<URI> response) throws IOException {
    URI requested = exchange.getRequestURI();
    boolean expected = requested.getPath().equals(redirectUri.getPath());
    byte[] text =
        (expected ? "Thank you. Go back to the terminal." : "Nothing here.")
            .getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
    exchange.sendResponseHeaders(expected ? 200 : 404, text.length);
    exchange.getResponseBody().write(text);
    exchange.close();
    if (expected) {
      String origin = redirectUri.getScheme() + "://" + redirectUri.getRawAuthority();
      response.complete(URI.create(origin + requested));
    }
  }

  private URI ask() {
    out.println("Then copy the address to which the browser was sent, and paste it here:");
    try {
      BufferedReader in =
          new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
      String line = in.readLine();
      if (line == null) {
        throw new CheckFailure("There is nobody to ask; name --username, or a loopback redirect.");
      }
      return URI.create(line.strip());
    } catch (IOException | IllegalArgumentException e) {
      throw new CheckFailure("This is no address.", e);
    }
  }
}
