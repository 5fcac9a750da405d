package io.github.fapipack.fetch;

import java.net.UnknownHostException;

/**
 * A forbidden destination: the host has no address to which clients may make the server connect.
 */
public final class ForbiddenDestination extends UnknownHostException {

  private static final long serialVersionUID = 1;

  ForbiddenDestination(String host) {
    super(
        host
            + " is in a private network; if clients may name it, add that network to "
            + GuardedHttpClients.OPTION);
  }
}
