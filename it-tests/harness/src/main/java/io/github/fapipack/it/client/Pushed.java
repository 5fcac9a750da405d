package io.github.fapipack.it.client;

import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.PushedAuthorizationSuccessResponse;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.http.NamedValues;

/**
 * A pushed authorization request (RFC 9126), with what the client must remember.
 *
 * @param expiresIn the life of the request URI in seconds
 * @param state that the authorization response must contain, or null
 * @param nonce that the ID token must contain, or null
 */
public record Pushed(
    String requestUri,
    long expiresIn,
    String redirectUri,
    String codeVerifier,
    String state,
    String nonce,
    HttpExchange exchange) {

  /**
   * Reads an answer.
   *
   * @param asked the parameters as they were sent, inside a request object or not
   */
  static Pushed of(
      HttpExchange exchange, NamedValues asked, String redirectUri, String codeVerifier) {
    try {
      PushedAuthorizationSuccessResponse response =
          PushedAuthorizationSuccessResponse.parse(exchange.expectStatus(201).toSdk());
      return new Pushed(
          response.getRequestURI().toString(),
          response.getLifetime(),
          asked.get("redirect_uri").orElse(redirectUri),
          codeVerifier,
          asked.get("state").orElse(null),
          asked.get("nonce").orElse(null),
          exchange);
    } catch (ParseException e) {
      throw new AssertionError("invalid answer: " + e.getMessage() + "\n" + exchange, e);
    }
  }

  /** The same request with another request URI, for a client that invents one. */
  public Pushed withRequestUri(String other) {
    return new Pushed(other, expiresIn, redirectUri, codeVerifier, state, nonce, exchange);
  }
}
