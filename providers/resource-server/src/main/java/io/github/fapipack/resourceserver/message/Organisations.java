package io.github.fapipack.resourceserver.message;

import io.github.fapipack.resourceserver.token.AccessToken;
import java.util.Optional;

/** By which name a client signs: the {@code iss} of what it signs. */
@FunctionalInterface
public interface Organisations {

  /**
   * The name of the client of a token, such as its organisation's id in the directory; empty if the
   * API knows none, and then what it signs is refused.
   */
  Optional<String> of(AccessToken token);

  /** The id of the client itself. */
  static Organisations clientIds() {
    return token -> Optional.of(token.clientId());
  }

  /** A claim of the token, which the issuer has set. */
  static Organisations claim(String name) {
    return token -> token.text(name);
  }
}
