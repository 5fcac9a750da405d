package io.github.fapipack.resourceserver.token;

import io.github.fapipack.httpsig.SignatureAlgorithm;
import io.github.fapipack.resourceserver.fetch.Answer;
import io.github.fapipack.resourceserver.fetch.FetchFailed;
import io.github.fapipack.resourceserver.fetch.GuardedHttp;
import io.github.fapipack.resourceserver.fetch.IssuerMetadata;
import io.github.fapipack.resourceserver.fetch.KeptCopy;
import io.github.fapipack.resourceserver.jws.CompactJws;
import io.github.fapipack.resourceserver.jws.JsonObjects;
import io.github.fapipack.resourceserver.jws.MalformedJws;
import io.github.fapipack.resourceserver.refusal.RefusedRequest;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;

/** The keys of the issuer, fetched when they are first needed and kept. */
final class IssuerKeys {
  private static final int OK = 200;
  private static final int LONGEST_KEY_ID = 256;

  private final IssuerMetadata metadata;
  private final GuardedHttp http;
  private final JwtSettings settings;
  private final KeptCopy<KeySet> copy;

  IssuerKeys(IssuerMetadata metadata, GuardedHttp http, JwtSettings settings, Clock clock) {
    this.metadata = metadata;
    this.http = http;
    this.settings = settings;
    this.copy =
        new KeptCopy<>("the keys of the authorization server", this::fetch, settings.keys(), clock);
  }

  /** What the keys are for. */
  Set<SignatureAlgorithm> algorithms() {
    return settings.algorithms();
  }

  /** Whether the issuer still publishes a key. */
  boolean hold(JwsKey key) throws RefusedRequest {
    return copy.get().holds(key);
  }

  /**
   * The key that a JWS names, if it has the algorithm that the JWS names. For an unknown name the
   * keys are fetched again, at most once in a while.
   *
   * @throws RefusedRequest with 503 if it cannot be told whether the issuer has that key
   */
  Optional<JwsKey> find(CompactJws jws) throws RefusedRequest {
    Optional<String> keyId = jws.header("kid").filter(name -> name.length() <= LONGEST_KEY_ID);
    if (keyId.isEmpty()) {
      return Optional.empty();
    }
    KeySet keys = copy.get();
    Optional<JwsKey> key = keys.find(keyId.get(), jws.algorithm());
    return key.isPresent() ? key : copy.newerThan(keys).find(keyId.get(), jws.algorithm());
  }

  private KeySet fetch() throws FetchFailed {
    URI address = address();
    Answer answer = http.get(address, "application/jwk-set+json, application/json");
    if (answer.status() != OK) {
      throw new FetchFailed(address + " answered with status " + answer.status());
    }
    try {
      return KeySet.read(
          JsonObjects.parse(answer.body(), answer.body().length), settings.algorithms());
    } catch (MalformedJws e) {
      throw new FetchFailed(address + ": the JWK set " + e.sentence());
    }
  }

  private URI address() throws FetchFailed {
    if (settings.jwks().isPresent()) {
      return settings.jwks().get();
    }
    try {
      return metadata
          .get()
          .jwks()
          .orElseThrow(() -> new FetchFailed("the metadata of the issuer have no jwks_uri"));
    } catch (RefusedRequest e) {
      throw new FetchFailed(e.sentence());
    }
  }
}
