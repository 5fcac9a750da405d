package io.github.fapipack.it.apicheck;

import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.Tokens;
import java.time.Duration;
import java.time.Instant;

/**
 * Tokens with the client that they are bound to.
 *
 * @param since when they were received
 */
record Holding(FapiClient client, Tokens tokens, Instant since) {

  Instant expiry() {
    return since.plusSeconds(tokens.expiresIn());
  }

  /** Whether they are good for some more requests. */
  boolean isFresh() {
    Duration left = Duration.between(Instant.now(), expiry());
    return tokens.expiresIn() <= 0 || left.toSeconds() > Math.min(30, tokens.expiresIn() / 3);
  }

  /** Whether the access token is a signed JWT, which can be forged in more ways than others. */
  boolean isJwt() {
    String token = tokens.accessToken();
    return token.startsWith("eyJ") && token.split("\\.", -1).length == 3;
  }
}
