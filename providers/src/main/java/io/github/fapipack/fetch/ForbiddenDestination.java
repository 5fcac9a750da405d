package io.github.fapipack.fetch;

import java.net.UnknownHostException;

/** Nothing is fetched from there: the host has no address that strangers may make us connect to. */
public final class ForbiddenDestination extends UnknownHostException {

  private static final long serialVersionUID = 1;

  ForbiddenDestination(String host) {
    super(
        host
            + " is in a private network; if clients may name it, add that network to "
            + GuardedHttpClients.OPTION);
  }
}
