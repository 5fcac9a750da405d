package io.github.fapipack.resourceserver.token;

import io.github.fapipack.resourceserver.refusal.RefusedRequest;

/** Tells what a token says, if its issuer vouches for it and it is for this API. */
@FunctionalInterface
public interface AccessTokens {
  /**
   * What the token says.
   *
   * @throws RefusedRequest if it is no good, or if that cannot be told now
   */
  AccessToken read(String token) throws RefusedRequest;
}
