package io.github.fapipack.resourceserver.routes;

import io.github.fapipack.resourceserver.Granted;
import java.security.Principal;

/**
 * Who calls, as frameworks want to know it: the user of the token, or the client if there is none.
 *
 * @param granted everything that is known of the call
 */
public record Caller(Granted granted) implements Principal {

  @Override
  public String getName() {
    return granted.subject().orElseGet(granted::clientId);
  }

  @Override
  public String toString() {
    return getName();
  }
}
