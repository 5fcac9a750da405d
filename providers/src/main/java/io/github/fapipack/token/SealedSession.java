package io.github.fapipack.token;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import org.keycloak.common.util.SecretGenerator;
import org.keycloak.crypto.Algorithm;
import org.keycloak.crypto.KeyUse;
import org.keycloak.crypto.KeyWrapper;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * The id of a user's session, encrypted with the realm's AES key so that nobody else can read it.
 * The result differs each time, so it can serve as {@code jti}.
 */
final class SealedSession {

  private static final String CIPHER = "AES/GCM/NoPadding";
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  /**
   * Additional authenticated data, so that a text that was encrypted for another purpose is not
   * accepted.
   */
  private static final byte[] PURPOSE = "id_token".getBytes(StandardCharsets.US_ASCII);

  private SealedSession() {}

  static String seal(KeycloakSession session, RealmModel realm, String id) {
    SecretKey key = session.keys().getActiveKey(realm, KeyUse.ENC, Algorithm.AES).getSecretKey();
    byte[] nonce = SecretGenerator.getInstance().randomBytes(NONCE_BYTES);
    try {
      byte[] sealed =
          cipher(Cipher.ENCRYPT_MODE, key, nonce).doFinal(id.getBytes(StandardCharsets.UTF_8));
      byte[] all = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
      System.arraycopy(sealed, 0, all, NONCE_BYTES, sealed.length);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(all);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the realm's AES key cannot be used", e);
    }
  }

  /** The session's id; empty if the text was not encrypted with a key that the realm still has. */
  static Optional<String> open(KeycloakSession session, RealmModel realm, String text) {
    byte[] all;
    try {
      all = Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    return all.length <= NONCE_BYTES
        ? Optional.empty()
        : session
            .keys()
            .getKeysStream(realm, KeyUse.ENC, Algorithm.AES)
            .map(KeyWrapper::getSecretKey)
            .flatMap(key -> open(key, all).stream())
            .findFirst();
  }

  private static Optional<String> open(SecretKey key, byte[] all) {
    try {
      byte[] id =
          cipher(Cipher.DECRYPT_MODE, key, Arrays.copyOf(all, NONCE_BYTES))
              .doFinal(all, NONCE_BYTES, all.length - NONCE_BYTES);
      return Optional.of(new String(id, StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      return Optional.empty(); // another key, or not an encrypted text
    }
  }

  private static Cipher cipher(int mode, SecretKey key, byte[] nonce)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(CIPHER);
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(PURPOSE);
    return cipher;
  }
}
