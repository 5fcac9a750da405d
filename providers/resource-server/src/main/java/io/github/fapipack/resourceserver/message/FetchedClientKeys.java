package io.github.fapipack.resourceserver.message;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.fapipack.resourceserver.fetch.Answer;
import io.github.fapipack.resourceserver.fetch.FetchFailed;
import io.github.fapipack.resourceserver.fetch.GuardedHttp;
import io.github.fapipack.resourceserver.fetch.KeepTimes;
import io.github.fapipack.resourceserver.fetch.KeptCopy;
import io.github.fapipack.resourceserver.jws.MalformedJws;
import io.github.fapipack.resourceserver.refusal.Problem;
import io.github.fapipack.resourceserver.refusal.RefusedRequest;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Keys that clients publish, at addresses that the operator of the API knows. Each set is fetched
 * when it is first needed, renewed in the background, and outlives an outage for a limited time.
 */
public final class FetchedClientKeys implements ClientKeys {

  /** Where a client publishes its keys. */
  @FunctionalInterface
  public interface Addresses {
    /**
     * The address of the key set, from the API's own settings or its directory, never from the
     * client; empty if it has none.
     */
    Optional<URI> of(String clientId);
  }

  private static final int OK = 200;
  private static final int MOST_CLIENTS = 10_000;
  private static final Duration RETRY = Duration.ofSeconds(6);

  private final Addresses addresses;
  private final GuardedHttp http;
  private final KeepTimes times;
  private final Clock clock;
  private final Cache<URI, KeptCopy<ClientKeySet>> sets =
      Caffeine.newBuilder().maximumSize(MOST_CLIENTS).build();

  public FetchedClientKeys(Addresses addresses, GuardedHttp http, KeepTimes times, Clock clock) {
    this.addresses = addresses;
    this.http = http;
    this.times = times;
    this.clock = clock;
  }

  @Override
  public List<ClientKey> find(String clientId, String keyId) throws RefusedRequest {
    Optional<URI> address = addresses.of(clientId);
    if (address.isEmpty()) {
      return List.of();
    }
    KeptCopy<ClientKeySet> copy =
        sets.get(
            address.get(),
            uri -> new KeptCopy<>("the keys of a client", () -> fetch(uri), times, clock));
    try {
      ClientKeySet set = copy.get();
      List<ClientKey> found = set.find(keyId);
      return found.isEmpty() ? copy.newerThan(set).find(keyId) : found;
    } catch (RefusedRequest noAnswer) {
      throw new RefusedRequest(
              Problem.UNAVAILABLE,
              "the keys that this client publishes cannot be had now; try again later",
              "RFC9110 15.6.4")
          .retryAfter(noAnswer.retryAfter().orElse(RETRY));
    }
  }

  private ClientKeySet fetch(URI address) throws FetchFailed {
    if (!"https".equals(address.getScheme()) && !isLoopback(address)) {
      throw new FetchFailed(address + " must be an https address");
    }
    Answer answer = http.get(address, "application/jwk-set+json, application/json");
    if (answer.status() != OK) {
      throw new FetchFailed(address + " answered with status " + answer.status());
    }
    try {
      return ClientKeySet.parse(answer.body());
    } catch (MalformedJws notKeys) {
      throw new FetchFailed(address + ": the key set " + notKeys.sentence());
    }
  }

  /** For tests, as with the issuer. */
  private static boolean isLoopback(URI address) {
    return "http".equals(address.getScheme()) && "127.0.0.1".equals(address.getHost());
  }
}
