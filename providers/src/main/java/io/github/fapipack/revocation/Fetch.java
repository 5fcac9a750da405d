package io.github.fapipack.revocation;

import io.github.fapipack.fetch.GuardedFetch;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.keycloak.models.KeycloakSession;

/** Fetches from the addresses that certificates name; limited in time and size. */
interface Fetch {

  /** An OCSP response to a request. */
  byte[] response(URI responder, byte[] request) throws IOException;

  /** A revocation list. */
  byte[] list(URI address) throws IOException;

  /** For this session and afterwards. */
  static Fetch of(KeycloakSession session) {
    try {
      return Guarded.of(session);
    } catch (IOException e) {
      return new Impossible(e);
    }
  }

  /** Without a client nothing is fetched. */
  record Impossible(IOException reason) implements Fetch {
    @Override
    public byte[] response(URI responder, byte[] request) throws IOException {
      throw reason;
    }

    @Override
    public byte[] list(URI address) throws IOException {
      throw reason;
    }
  }

  /**
   * Through the restricted client. Plain HTTP is allowed, because what comes is signed, and because
   * looking up the state of a TLS certificate would otherwise begin with that of another one.
   */
  record Guarded(GuardedFetch responses, GuardedFetch lists) implements Fetch {

    private static final int LARGEST_RESPONSE = 100_000;
    private static final int LARGEST_LIST = 10_000_000;
    private static final Duration RESPONSE_TIME = Duration.ofSeconds(3);
    private static final Duration LIST_TIME = Duration.ofSeconds(8);

    static Guarded of(KeycloakSession session) throws IOException {
      return new Guarded(
          GuardedFetch.of(session, LARGEST_RESPONSE, RESPONSE_TIME),
          GuardedFetch.of(session, LARGEST_LIST, LIST_TIME));
    }

    @Override
    public byte[] response(URI responder, byte[] request) throws IOException {
      return responses.post(responder, "application/ocsp-request", request);
    }

    @Override
    public byte[] list(URI address) throws IOException {
      return lists.get(address);
    }
  }
}
