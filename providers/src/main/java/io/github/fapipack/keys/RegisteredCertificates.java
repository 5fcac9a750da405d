package io.github.fapipack.keys;

import io.github.fapipack.certificate.DerCertificate;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.connections.httpclient.HttpClientProvider;
import org.keycloak.crypto.KeyUse;
import org.keycloak.crypto.KeyWrapper;
import org.keycloak.crypto.PublicKeysWrapper;
import org.keycloak.jose.jwk.JWK;
import org.keycloak.jose.jwk.JWKParser;
import org.keycloak.keys.PublicKeyLoader;
import org.keycloak.keys.PublicKeyStorageProvider;
import org.keycloak.keys.PublicKeyStorageUtils;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.OIDCAdvancedConfigWrapper;

/**
 * The certificates in a client's key set (RFC 8705 2.2.2): of each key the first element of {@code
 * x5c}, which must be the certificate of that key (RFC 7517 4.7).
 */
public final class RegisteredCertificates {

  private static final Logger LOGGER = Logger.getLogger(RegisteredCertificates.class);

  private static final int MOST = 50;

  private RegisteredCertificates() {}

  /** Whether a certificate is one of them, compared bit by bit. */
  public static boolean contain(
      KeycloakSession session, ClientModel client, X509Certificate shown) {
    OIDCAdvancedConfigWrapper config = OIDCAdvancedConfigWrapper.fromClientModel(client);
    if (config.isUseJwksUrl()) {
      return JwksUri.isSecure(config.getJwksUrl())
          && fetched(session, client, config.getJwksUrl(), shown);
    }
    return config.isUseJwksString() && has(inline(config.getJwksString()), shown);
  }

  /** Whether a key set contains any. */
  static boolean areIn(String keySet) {
    return !inline(keySet).isEmpty();
  }

  private static List<KeyWrapper> inline(String keySet) {
    if (keySet == null || keySet.length() > ClientKeys.LONGEST_KEY_SET) {
      return List.of();
    }
    try {
      return certificates(ReadableKeys.jwks(keySet));
    } catch (IOException e) {
      LOGGER.debug("The client's jwks cannot be read", e);
      return List.of();
    }
  }

  /**
   * From the cache of clients' keys, under a separate cache key that includes the address; an
   * unknown certificate causes a reload, at most every ten seconds.
   */
  private static boolean fetched(
      KeycloakSession session, ClientModel client, String uri, X509Certificate shown) {
    String place =
        PublicKeyStorageUtils.getClientModelCacheKey(client.getRealm().getId(), client.getId())
            + "::x5c::"
            + uri;
    PublicKeyStorageProvider storage = session.getProvider(PublicKeyStorageProvider.class);
    PublicKeyLoader loader =
        () ->
            new PublicKeysWrapper(
                certificates(
                    ReadableKeys.jwks(
                        session.getProvider(HttpClientProvider.class).getString(uri))));
    return has(storage.getKeys(place, loader), shown)
        || (storage.reloadKeys(place, loader) && has(storage.getKeys(place, loader), shown));
  }

  private static boolean has(List<KeyWrapper> registered, X509Certificate shown) {
    return registered.stream().anyMatch(key -> shown.equals(key.getCertificate()));
  }

  private static List<KeyWrapper> certificates(List<JWK> keys) {
    return keys.stream()
        .map(RegisteredCertificates::certificate)
        .flatMap(Optional::stream)
        .limit(MOST)
        .toList();
  }

  /** Empty for a key that is only for encryption or cannot be read. */
  private static Optional<KeyWrapper> certificate(JWK key) {
    JWKParser parser = JWKParser.create(key);
    String[] chain = key.getX509CertificateChain();
    if (chain == null
        || chain.length == 0
        || chain[0] == null
        || JWK.Use.ENCRYPTION.asString().equals(key.getPublicKeyUse())
        || !parser.isKeyTypeSupported(key.getKeyType())) {
      return Optional.empty();
    }
    try {
      byte[] encoded = Base64.getDecoder().decode(chain[0]);
      X509Certificate certificate = DerCertificate.read(encoded);
      PublicKey own = parser.toPublicKey();
      return Arrays.equals(own.getEncoded(), certificate.getPublicKey().getEncoded())
          ? Optional.of(wrapped(key, certificate))
          : Optional.empty();
    } catch (GeneralSecurityException | RuntimeException e) {
      LOGGER.debug("A certificate in a client's key set cannot be read", e);
      return Optional.empty();
    }
  }

  private static KeyWrapper wrapped(JWK key, X509Certificate certificate) {
    KeyWrapper wrapped = new KeyWrapper();
    wrapped.setKid(key.getKeyId());
    wrapped.setType(key.getKeyType());
    wrapped.setUse(KeyUse.SIG);
    wrapped.setPublicKey(certificate.getPublicKey());
    wrapped.setCertificate(certificate);
    return wrapped;
  }
}
