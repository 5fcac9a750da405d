package io.github.fapipack.authenticator;

import io.github.fapipack.keycloak.ClientKeyPlace;
import io.github.fapipack.keycloak.Order;
import io.github.fapipack.keycloak.PlainFactory;
import io.github.fapipack.keycloak.ServerState;
import io.github.fapipack.keys.ClientKeyLoader;
import io.github.fapipack.keys.KeyStrength;
import io.github.fapipack.keys.ReadableKeys;
import io.github.fapipack.rule.RealmRules;
import java.security.PublicKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jboss.logging.Logger;
import org.keycloak.common.util.Time;
import org.keycloak.crypto.KeyWrapper;
import org.keycloak.keys.PublicKeyLoader;
import org.keycloak.keys.PublicKeyStorageProvider;
import org.keycloak.keys.PublicKeyStorageProviderFactory;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Keycloak's cache of clients' keys, with a retry limit for failures. Keycloak fetches known keys
 * again after ten seconds at the earliest, but does not remember failures: anybody who names a
 * client could make it fetch a failing {@code jwks_uri} without end. After a failure, this class
 * fetches nothing for a while, whether the keys are for assertions, request objects or encryption.
 * It also parses key sets with {@link ReadableKeys}.
 */
final class ThrottledKeyStorage implements PublicKeyStorageProvider {

  private static final Logger LOGGER = Logger.getLogger(ThrottledKeyStorage.class);

  /** Seconds for which a jwks_uri that could not be read is not fetched again. */
  private static final int REST = 10;

  private static final int MOST_RESTING = 10_000;

  /** When the keys of a client could not be read, by cache key. */
  private static final ServerState<Map<String, Long>> FAILED =
      new ServerState<>(ConcurrentHashMap::new);

  /** When the keys of a client were last loaded, by cache key. */
  private static final ServerState<Map<String, Long>> LOADED =
      new ServerState<>(ConcurrentHashMap::new);

  private static final PublicKeyLoader RESTING =
      () -> {
        throw new IllegalStateException("the client's jwks_uri failed a moment ago");
      };

  private final KeycloakSession session;
  private final PublicKeyStorageProvider storage;

  private ThrottledKeyStorage(KeycloakSession session, PublicKeyStorageProvider storage) {
    this.session = session;
    this.storage = storage;
  }

  @Override
  public KeyWrapper getPublicKey(
      String place, String kid, String algorithm, PublicKeyLoader loader) {
    return unlessFailedRecently(
        place,
        loader,
        patient -> withoutCostlyKey(place, storage.getPublicKey(place, kid, algorithm, patient)),
        null);
  }

  @Override
  public KeyWrapper getFirstPublicKey(String place, String algorithm, PublicKeyLoader loader) {
    return unlessFailedRecently(
        place,
        loader,
        patient -> withoutCostlyKey(place, storage.getFirstPublicKey(place, algorithm, patient)),
        null);
  }

  @Override
  public KeyWrapper getFirstPublicKey(
      String place, Predicate<KeyWrapper> predicate, PublicKeyLoader loader) {
    return unlessFailedRecently(
        place,
        loader,
        patient -> withoutCostlyKey(place, storage.getFirstPublicKey(place, predicate, patient)),
        null);
  }

  @Override
  public List<KeyWrapper> getKeys(String place, PublicKeyLoader loader) {
    return unlessFailedRecently(
        place, loader, patient -> storage.getKeys(place, patient), List.of());
  }

  @Override
  public boolean reloadKeys(String place, PublicKeyLoader loader) {
    // Keycloak logs a warning for each request that comes too early, of which anybody may send
    // many.
    return (!ClientKeyPlace.isOne(place)
            || Time.currentTimeSeconds() > LOADED.get().getOrDefault(place, 0L) + REST)
        && unlessFailedRecently(
            place, loader, patient -> storage.reloadKeys(place, patient), false);
  }

  @Override
  public void close() {
    // Keycloak closes its own storage.
  }

  private static KeyWrapper withoutCostlyKey(String place, KeyWrapper key) {
    return ClientKeyPlace.isOne(place)
            && key != null
            && key.getPublicKey() instanceof PublicKey known
            && KeyStrength.isCostly(known)
        ? null
        : key;
  }

  /** After a failure, cached keys are still used. */
  private <T> T unlessFailedRecently(
      String place, PublicKeyLoader loader, Function<PublicKeyLoader, T> keys, T none) {
    if (!ClientKeyPlace.isOne(place)) {
      return keys.apply(loader);
    }
    boolean rests = Time.currentTimeSeconds() < FAILED.get().getOrDefault(place, 0L) + REST;
    try {
      return keys.apply(rests ? RESTING : careful(place, loader));
    } catch (RuntimeException e) {
      LOGGER.debugf(e, "The keys of a client cannot be loaded: %s", place);
      if (!rests) {
        remember(FAILED.get(), place);
      }
      return none;
    }
  }

  private PublicKeyLoader careful(String place, PublicKeyLoader loader) {
    PublicKeyLoader careful = reading(place, loader);
    return () -> {
      remember(LOADED.get(), place);
      return careful.loadKeys();
    };
  }

  /**
   * For all callers: Keycloak's own loader ignores a key set if one of its entries cannot be read.
   */
  private PublicKeyLoader reading(String place, PublicKeyLoader loader) {
    Optional<ClientKeyPlace> known = ClientKeyPlace.of(place);
    RealmModel realm = session.getContext().getRealm();
    if (known.isPresent() && realm != null) {
      ClientModel client = realm.getClientById(known.get().clientId());
      return client == null ? loader : new ClientKeyLoader(session, client, known.get().use());
    }
    return loader;
  }

  private static void remember(Map<String, Long> times, String place) {
    if (times.size() >= MOST_RESTING) {
      times.clear();
    }
    times.put(place, Time.currentTimeSeconds());
  }

  /**
   * Takes precedence over Keycloak's own factory, which it calls; in realms without rules of the
   * pack, Keycloak's own is used.
   */
  public static final class Factory
      implements PublicKeyStorageProviderFactory<PublicKeyStorageProvider>,
          PlainFactory<PublicKeyStorageProvider> {

    private static final String KEYCLOAK_PROVIDER = "infinispan";

    @Override
    public PublicKeyStorageProvider create(KeycloakSession session) {
      PublicKeyStorageProvider storage =
          session.getProvider(PublicKeyStorageProvider.class, KEYCLOAK_PROVIDER);
      return RealmRules.of(session).isEmpty() ? storage : new ThrottledKeyStorage(session, storage);
    }

    @Override
    public String getId() {
      return "fapi-patient";
    }

    @Override
    public int order() {
      return Order.BEFORE_KEYCLOAK;
    }
  }
}
