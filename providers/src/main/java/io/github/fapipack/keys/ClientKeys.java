package io.github.fapipack.keys;

import static io.github.fapipack.keys.KeyStrength.isCostly;

import io.github.fapipack.client.UnknownClient;
import io.github.fapipack.jose.Algorithms;
import io.github.fapipack.jose.JwsAlgorithm;
import io.github.fapipack.keycloak.ServerState;
import java.io.IOException;
import java.security.PublicKey;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jboss.logging.Logger;
import org.keycloak.crypto.KeyWrapper;
import org.keycloak.jose.jwk.JWK;
import org.keycloak.jose.jws.JWSInput;
import org.keycloak.keys.PublicKeyLoader;
import org.keycloak.keys.PublicKeyStorageProvider;
import org.keycloak.keys.PublicKeyStorageUtils;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.OIDCAdvancedConfigWrapper;
import org.keycloak.protocol.oidc.OIDCConfigAttributes;

/**
 * The keys of a client that may have signed a given message: selected by {@code kid} and, if
 * several have the same one, by type, use, algorithm and curve (FAPI2-SP 5.4.3).
 */
public final class ClientKeys {

  private static final String JWKS_STRING = OIDCConfigAttributes.JWKS_STRING;

  private static final Logger LOGGER = Logger.getLogger(ClientKeys.class);

  /** Each costs a signature verification, and the client chooses how many there are. */
  private static final int MOST_TRIED = 10;

  /** Clients may be self-registered, so the cache is limited. */
  private static final int MOST_REMEMBERED = 1000;

  /** In characters. */
  private static final int LONGEST_REMEMBERED = 10_000;

  /** The most recently used key sets, by their text. */
  private static final ServerState<Map<String, List<KeyWrapper>>> INLINE =
      new ServerState<>(
          () ->
              Collections.synchronizedMap(
                  new LinkedHashMap<>(16, 0.75f, true) {
                    @Override
                    protected boolean removeEldestEntry(
                        Map.Entry<String, List<KeyWrapper>> eldest) {
                      return size() > MOST_REMEMBERED;
                    }
                  }));

  /** The longest key set in the client's own data, in characters. */
  static final int LONGEST_KEY_SET = 200_000;

  private ClientKeys() {}

  /** Copies of the keys that fit the header; empty if the keys cannot be read. */
  public static List<KeyWrapper> candidates(
      KeycloakSession session, ClientModel client, JWSInput jws) {
    String algorithm = algorithm(jws);
    return candidates(session, client, jws.getHeader().getKeyId(), key -> fits(key, algorithm));
  }

  /** Copies of the fitting public keys, those with that {@code kid} if one is given. */
  public static List<KeyWrapper> candidates(
      KeycloakSession session, ClientModel client, String kid, Predicate<KeyWrapper> fit) {
    if (UnknownClient.is(client)) {
      return fitting(DummyKeys.ALL, fit);
    }
    return isInline(client)
        ? fitting(inline(client.getAttribute(JWKS_STRING)), named(kid).and(fit))
        : stored(session, client, named(kid).and(fit));
  }

  /**
   * Like {@link #candidates(KeycloakSession, ClientModel, JWSInput)}, but with keys that were
   * fetched again and pass the rules, which had not seen them.
   */
  public static List<KeyWrapper> reloaded(
      KeycloakSession session, ClientModel client, JWSInput jws, Predicate<KeyWrapper> accepted) {
    String algorithm = algorithm(jws);
    return reloaded(
        session, client, jws.getHeader().getKeyId(), accepted.and(key -> fits(key, algorithm)));
  }

  /**
   * Copies of such keys after fetching the client's {@code jwks_uri} again; empty if it was fetched
   * a moment ago, because anybody can cause this with a wrong signature. The rules have not seen
   * these keys, so {@code fit} applies their requirements.
   */
  public static List<KeyWrapper> reloaded(
      KeycloakSession session, ClientModel client, String kid, Predicate<KeyWrapper> fit) {
    if (isInline(client) || UnknownClient.is(client)) {
      return List.of();
    }
    String where = place(client);
    PublicKeyStorageProvider storage = session.getProvider(PublicKeyStorageProvider.class);
    PublicKeyLoader loader = new ClientKeyLoader(session, client, JWK.Use.SIG);
    return storage.reloadKeys(where, loader)
        ? fitting(storage.getKeys(where, loader), named(kid).and(fit))
        : List.of();
  }

  /** The name in the header; an empty text if it has none. */
  public static String algorithm(JWSInput jws) {
    return jws.getHeader().getAlgorithm() == null ? "" : jws.getHeader().getRawAlgorithm();
  }

  private static boolean isInline(ClientModel client) {
    OIDCAdvancedConfigWrapper config = OIDCAdvancedConfigWrapper.fromClientModel(client);
    return !config.isUseJwksUrl() && config.isUseJwksString();
  }

  private static Predicate<KeyWrapper> named(String kid) {
    return key -> kid == null || kid.equals(key.getKid());
  }

  private static String place(ClientModel client) {
    return PublicKeyStorageUtils.getClientModelCacheKey(client.getRealm().getId(), client.getId());
  }

  /**
   * Cached: parsing a key set takes as long as verifying a signature, and requests need it several
   * times.
   */
  private static List<KeyWrapper> inline(String keySet) {
    if (keySet == null || keySet.length() > LONGEST_KEY_SET) {
      LOGGER.debug("The client's jwks is missing, or too long");
      return List.of();
    }
    List<KeyWrapper> keys = INLINE.get().get(keySet);
    if (keys == null) {
      keys = read(keySet); // outside of the map's lock, for which all threads would wait
      if (keySet.length() <= LONGEST_REMEMBERED) {
        INLINE.get().put(keySet, keys);
      }
    }
    return keys;
  }

  private static List<KeyWrapper> read(String keySet) {
    try {
      return ReadableKeys.of(keySet, JWK.Use.SIG);
    } catch (IOException e) {
      LOGGER.debug("The client's jwks cannot be read", e);
      return List.of();
    }
  }

  /** From Keycloak's cache; an unknown key causes a reload, at most every ten seconds. */
  private static List<KeyWrapper> stored(
      KeycloakSession session, ClientModel client, Predicate<KeyWrapper> wanted) {
    String where = place(client);
    PublicKeyStorageProvider storage = session.getProvider(PublicKeyStorageProvider.class);
    PublicKeyLoader loader = new ClientKeyLoader(session, client, JWK.Use.SIG);
    List<KeyWrapper> found = fitting(storage.getKeys(where, loader), wanted);
    return found.isEmpty() && storage.reloadKeys(where, loader)
        ? fitting(storage.getKeys(where, loader), wanted)
        : found;
  }

  private static List<KeyWrapper> fitting(List<KeyWrapper> keys, Predicate<KeyWrapper> wanted) {
    return keys.stream()
        .filter(key -> key.getPublicKey() instanceof PublicKey known && !isCostly(known))
        .filter(wanted)
        .limit(MOST_TRIED)
        .map(KeyWrapper::cloneKey)
        .toList();
  }

  static boolean fits(KeyWrapper key, String algorithm) {
    if (key.getAlgorithm() != null && !Algorithms.areSame(key.getAlgorithm(), algorithm)) {
      return false;
    }
    return JwsAlgorithm.of(algorithm).filter(known -> known.takes(key)).isPresent();
  }
}
