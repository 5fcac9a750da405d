package io.github.fapipack.fetch;

import io.github.fapipack.keycloak.ServerState;
import io.github.fapipack.keys.ReadableKeys;
import io.github.fapipack.keys.SignedJwt;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import org.keycloak.common.util.Time;
import org.keycloak.crypto.KeyWrapper;
import org.keycloak.jose.jwk.JWK;
import org.keycloak.models.KeycloakSession;

/**
 * The keys at an address: of a directory, of a software that it vouches for, or of a service of the
 * operator. They are fetched again after a while, and earlier if a signature does not match, since
 * keys are replaced. While the address does not answer, the last keys stay in use for a limited
 * time, and it is not asked again at once. Each server has its own; one request at a time fetches
 * from an address.
 */
public final class FetchedKeys {

  private static final Logger LOGGER = Logger.getLogger(FetchedKeys.class);

  /** Seconds after which keys are fetched again. */
  private static final int FRESH = 15 * 60;

  /** Seconds for which keys stay in use although the address does not answer. */
  private static final int KEPT = 24 * 3600;

  /** Seconds between two requests for the same keys. */
  private static final int REST = 10;

  private static final int MOST_REMEMBERED = 1000;

  private static final BoundedFetch.Limits LIMITS = new BoundedFetch.Limits(5_000, 500_000);

  private static final ServerState<Map<String, FetchedKeys>> ALL =
      new ServerState<>(
          () ->
              Collections.synchronizedMap(
                  new LinkedHashMap<>(16, 0.75f, true) {
                    @Override
                    protected boolean removeEldestEntry(Map.Entry<String, FetchedKeys> eldest) {
                      return size() > MOST_REMEMBERED;
                    }
                  }));

  /** Who has chosen the address. */
  private enum Source {
    DIRECTORY,
    SOFTWARE,
    PARTNER
  }

  private final String uri;
  private final Source source;
  private List<KeyWrapper> keys = List.of();
  private long fetched = Long.MIN_VALUE / 2;
  private long asked = Long.MIN_VALUE / 2;

  private FetchedKeys(String uri, Source source) {
    this.uri = uri;
    this.source = source;
  }

  /** The keys of a directory, whose address an administrator has configured. */
  public static FetchedKeys ofDirectory(KeycloakSession session, String uri) {
    return at(session, uri, Source.DIRECTORY);
  }

  /** The keys of a service of the operator, such as the bank's consent service. */
  public static FetchedKeys ofPartner(KeycloakSession session, String uri) {
    return at(session, uri, Source.PARTNER);
  }

  /** The keys of a software, at an address that its organisation has chosen. */
  public static FetchedKeys ofSoftware(KeycloakSession session, String uri) {
    return at(session, uri, Source.SOFTWARE);
  }

  private static FetchedKeys at(KeycloakSession session, String uri, Source source) {
    String realm = session.getContext().getRealm().getId();
    return ALL.get()
        .computeIfAbsent(realm + ' ' + source + ' ' + uri, place -> new FetchedKeys(uri, source));
  }

  /** Whether one of the keys made the signature of a JWT; new keys are fetched if none did. */
  public boolean signed(KeycloakSession session, SignedJwt jwt) {
    return jwt.isSignedWithOneOf(session, current(session, FRESH))
        || jwt.isSignedWithOneOf(session, current(session, 0));
  }

  /** Whether there are no keys because the address does not answer. */
  public synchronized boolean isSilent() {
    return keys.isEmpty() && asked > fetched;
  }

  /**
   * The keys.
   *
   * @param oldest seconds since they were fetched, after which they are fetched again
   */
  private synchronized List<KeyWrapper> current(KeycloakSession session, int oldest) {
    long now = Time.currentTime();
    if (now - fetched >= oldest && now - asked >= REST) {
      asked = now;
      try {
        keys = ReadableKeys.of(new String(document(session), StandardCharsets.UTF_8), JWK.Use.SIG);
        fetched = now;
      } catch (IOException | RuntimeException e) {
        LOGGER.warnf("The keys at %s cannot be fetched: %s", uri, e.getMessage());
        if (now - fetched >= KEPT) {
          keys = List.of();
        }
      }
    }
    return keys;
  }

  private byte[] document(KeycloakSession session) throws IOException {
    if (source == Source.SOFTWARE) {
      return GuardedFetch.of(session, LIMITS.bytes(), Duration.ofMillis(LIMITS.milliseconds()))
          .get(URI.create(uri));
    }
    BoundedFetch.Answer answer =
        source == Source.PARTNER
            ? PartnerClient.send(
                session, new PartnerClient.Call("GET", URI.create(uri), null, null), LIMITS)
            : BoundedFetch.get(session, uri, Map.of(), LIMITS);
    if (answer.status() != 200) {
      throw new IOException("the response has HTTP status " + answer.status());
    }
    return answer.body();
  }
}
