package io.github.fapipack.it.apicheck;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.fapipack.it.http.LocalHttp;
import io.github.fapipack.it.http.NamedValues;
import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * An API as it should not be, on which the check can be tried: it takes every token that the issuer
 * has signed, from wherever it comes, and looks at nothing else.
 */
public final class NaiveApi implements AutoCloseable {
  private final HttpServer server;
  private final Supplier<String> issuerKeys;

  private NaiveApi(Supplier<String> issuerKeys) {
    this.issuerKeys = issuerKeys;
    server = LocalHttp.plain();
    server.createContext("/", this::answer);
    server.start();
  }

  /**
   * Starts it on a free port of this machine.
   *
   * @param issuerKeys gives the issuer's JWK set
   */
  public static NaiveApi start(Supplier<String> issuerKeys) {
    return new NaiveApi(issuerKeys);
  }

  /** Its only resource. */
  public URI accounts() {
    return URI.create("http://localhost:" + server.getAddress().getPort() + "/accounts");
  }

  private void answer(HttpExchange exchange) throws IOException {
    String body = LocalHttp.body(exchange);
    // Where it looks it is naive; where it does not find its way it only says so.
    if (!exchange.getRequestURI().getPath().startsWith("/accounts")) {
      LocalHttp.answer(exchange, 404, "{}");
    } else if (tokens(exchange, body).stream().anyMatch(this::isSigned)) {
      LocalHttp.answer(exchange, 200, "{\"accounts\":[{\"iban\":\"NO9386011117947\"}]}");
    } else {
      exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer");
      LocalHttp.answer(exchange, 401, "{}");
    }
  }

  private static List<String> tokens(HttpExchange exchange, String body) {
    List<String> headers =
        exchange.getRequestHeaders().getOrDefault("Authorization", List.of()).stream()
            .map(value -> value.substring(value.indexOf(' ') + 1))
            .toList();
    Optional<String> cookie =
        Optional.ofNullable(exchange.getRequestHeaders().getFirst("Cookie"))
            .map(value -> value.substring(value.indexOf('=') + 1));
    String query = exchange.getRequestURI().getRawQuery();
    return List.of(
            headers,
            cookie.stream().toList(),
            NamedValues.parse(query).all("access_token"),
            parameters(body))
        .stream()
        .flatMap(List::stream)
        .toList();
  }

  private static List<String> parameters(String body) {
    return Arrays.stream(body.split("&", -1))
        .filter(pair -> pair.startsWith("access_token="))
        .map(pair -> pair.substring(pair.indexOf('=') + 1))
        .toList();
  }

  /** What many libraries do until they are told more. */
  private boolean isSigned(String token) {
    try {
      DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
      processor.setJWSTypeVerifier((type, context) -> {});
      processor.setJWTClaimsSetVerifier((claims, context) -> {});
      processor.setJWSKeySelector(
          new JWSVerificationKeySelector<>(
              JWSAlgorithm.Family.SIGNATURE,
              new ImmutableJWKSet<>(JWKSet.parse(issuerKeys.get()))));
      processor.process(token, null);
      return true;
    } catch (ParseException | BadJOSEException e) {
      return false;
    } catch (JOSEException e) {
      throw new IllegalStateException("The issuer's keys cannot be used", e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
