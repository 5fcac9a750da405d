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
 * Texts in tokens that only the realm can read: encrypted with its AES key. The result differs each
 * time.
 *
 * @param purpose what the text is for; a text that was encrypted for another purpose is not
 *     accepted
 */
public record SealedText(String purpose) {

  private static final String CIPHER = "AES/GCM/NoPadding";
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  /** Encrypts a text; the result is base64url. */
  public String seal(KeycloakSession session, RealmModel realm, String text) {
    SecretKey key = session.keys().getActiveKey(realm, KeyUse.ENC, Algorithm.AES).getSecretKey();
    byte[] nonce = SecretGenerator.getInstance().randomBytes(NONCE_BYTES);
    try {
      byte[] sealed =
          cipher(Cipher.ENCRYPT_MODE, key, nonce).doFinal(text.getBytes(StandardCharsets.UTF_8));
      byte[] all = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
      System.arraycopy(sealed, 0, all, NONCE_BYTES, sealed.length);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(all);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the realm's AES key cannot be used", e);
    }
  }

  /** The text; empty if it was not encrypted with a key that the realm still has. */
  public Optional<String> open(KeycloakSession session, RealmModel realm, String sealed) {
    byte[] all;
    try {
      all = Base64.getUrlDecoder().decode(sealed);
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

  private Optional<String> open(SecretKey key, byte[] all) {
    try {
      byte[] text =
          cipher(Cipher.DECRYPT_MODE, key, Arrays.copyOf(all, NONCE_BYTES))
              .doFinal(all, NONCE_BYTES, all.length - NONCE_BYTES);
      return Optional.of(new String(text, StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      return Optional.empty(); // another key, or not an encrypted text
    }
  }

  private Cipher cipher(int mode, SecretKey key, byte[] nonce) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(CIPHER);
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(purpose.getBytes(StandardCharsets.US_ASCII));
    return cipher;
  }
}
