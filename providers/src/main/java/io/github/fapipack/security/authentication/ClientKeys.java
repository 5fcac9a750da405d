package io.github.fapipack.security.authentication;

import static io.github.fapipack.security.authentication.KeyStrength.isCostly;

import java.security.PublicKey;
import java.security.interfaces.ECKey;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jboss.logging.Logger;
import org.keycloak.crypto.KeyType;
import org.keycloak.crypto.KeyWrapper;
import org.keycloak.jose.jwk.JSONWebKeySet;
import org.keycloak.jose.jwk.JWK;
import org.keycloak.jose.jws.JWSInput;
import org.keycloak.keys.PublicKeyLoader;
import org.keycloak.keys.PublicKeyStorageProvider;
import org.keycloak.keys.PublicKeyStorageUtils;
import org.keycloak.keys.loader.ClientPublicKeyLoader;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.OIDCAdvancedConfigWrapper;
import org.keycloak.util.JWKSUtils;
import org.keycloak.util.JsonSerialization;

/**
 * The keys of a client that may have signed a given message: told apart by {@code kid}, and where
 * several have the same one, by type, use, algorithm and curve (FAPI2-SP 5.4.3).
 */
public final class ClientKeys {

  private static final Logger LOGGER = Logger.getLogger(ClientKeys.class);

  /** Each costs a signature check, and the client decides how many there are. */
  private static final int MOST_TRIED = 10;

  /** Clients may be strangers: what they bring must not fill our memory. */
  private static final int MOST_REMEMBERED = 1000;

  /** In characters. */
  private static final int LONGEST_REMEMBERED = 10_000;

  /** The key sets used last, by their text. */
  private static final Map<String, List<KeyWrapper>> INLINE =
      Collections.synchronizedMap(
          new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, List<KeyWrapper>> eldest) {
              return size() > MOST_REMEMBERED;
            }
          });

  /** Characters of a key set in the client's own data. */
  static final int LONGEST_KEY_SET = 200_000;

  private ClientKeys() {}

  /** Copies of the keys that fit the header; none if the keys cannot be read. */
  static List<KeyWrapper> candidates(KeycloakSession session, ClientModel client, JWSInput jws) {
    String algorithm = jws.getHeader().getRawAlgorithm();
    return candidates(session, client, jws.getHeader().getKeyId(), key -> fits(key, algorithm));
  }

  /** Copies of the public keys of that {@code kid}, if one is given, that are otherwise fit. */
  public static List<KeyWrapper> candidates(
      KeycloakSession session, ClientModel client, String kid, Predicate<KeyWrapper> fit) {
    OIDCAdvancedConfigWrapper config = OIDCAdvancedConfigWrapper.fromClientModel(client);
    Predicate<KeyWrapper> wanted = key -> (kid == null || kid.equals(key.getKid()));
    return !config.isUseJwksUrl() && config.isUseJwksString()
        ? fitting(inline(config.getJwksString()), wanted.and(fit))
        : stored(session, client, wanted.and(fit));
  }

  /** Reading a key set takes as long as a signature, and requests ask for it several times. */
  private static List<KeyWrapper> inline(String keySet) {
    if (keySet == null || keySet.length() > LONGEST_KEY_SET) {
      LOGGER.debug("The client's jwks is missing, or too long");
      return List.of();
    }
    List<KeyWrapper> keys = INLINE.get(keySet);
    if (keys == null) {
      keys = read(keySet); // not under the map's lock, for which all would wait
      if (keySet.length() <= LONGEST_REMEMBERED) {
        INLINE.put(keySet, keys);
      }
    }
    return keys;
  }

  private static List<KeyWrapper> read(String keySet) {
    try {
      return JWKSUtils.getKeyWrappersForUse(
              JsonSerialization.readValue(keySet, JSONWebKeySet.class), JWK.Use.SIG, true)
          .getKeys();
    } catch (Exception e) {
      LOGGER.debug("The client's jwks cannot be read", e);
      return List.of();
    }
  }

  /** From Keycloak's cache; an unknown key leads to one reload, at most every ten seconds. */
  private static List<KeyWrapper> stored(
      KeycloakSession session, ClientModel client, Predicate<KeyWrapper> wanted) {
    String where =
        PublicKeyStorageUtils.getClientModelCacheKey(client.getRealm().getId(), client.getId());
    PublicKeyStorageProvider storage = session.getProvider(PublicKeyStorageProvider.class);
    PublicKeyLoader loader = new ClientPublicKeyLoader(session, client);
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
    if (key.getAlgorithm() != null && !key.getAlgorithm().equals(algorithm)) {
      return false;
    }
    return switch (algorithm) {
      case "RS256", "RS384", "RS512", "PS256", "PS384", "PS512" ->
          KeyType.RSA.equals(key.getType());
      case "ES256" -> isOnCurveOf(key, 256);
      case "ES384" -> isOnCurveOf(key, 384);
      case "ES512" -> isOnCurveOf(key, 521);
      case "EdDSA" -> KeyType.OKP.equals(key.getType()) && "Ed25519".equals(key.getCurve());
      default -> false;
    };
  }

  private static boolean isOnCurveOf(KeyWrapper key, int bits) {
    return KeyType.EC.equals(key.getType())
        && key.getPublicKey() instanceof ECKey ec
        && ec.getParams().getCurve().getField().getFieldSize() == bits;
  }
}
