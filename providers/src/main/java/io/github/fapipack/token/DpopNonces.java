package io.github.fapipack.token;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import org.keycloak.common.util.Time;
import org.keycloak.crypto.Algorithm;
import org.keycloak.crypto.KeyUse;
import org.keycloak.crypto.KeyWrapper;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Nonces without memory: a keyed hash of the time, so that every node of a cluster accepts what any
 * other has given out. A nonce of the current and of the previous period is acceptable.
 */
final class DpopNonces {

  private static final int LENGTH = 16;

  private final KeycloakSession session;
  private final RealmModel realm;
  private final int seconds;

  /**
   * @param seconds length of a period
   */
  DpopNonces(KeycloakSession session, int seconds) {
    this.session = session;
    this.realm = session.getContext().getRealm();
    this.seconds = seconds;
  }

  /** The nonce to give out now. */
  String current() {
    return nonce(
        session.keys().getActiveKey(realm, KeyUse.SIG, Algorithm.HS512).getSecretKey(), period());
  }

  /** Whether a nonce was given out lately. */
  boolean isAcceptable(String nonce) {
    byte[] given = nonce.getBytes(StandardCharsets.UTF_8);
    // Keys that were rotated out stay enabled for a while, and so do their nonces.
    return keys()
        .anyMatch(
            key ->
                LongStream.of(period(), period() - 1)
                    .mapToObj(period -> nonce(key, period).getBytes(StandardCharsets.UTF_8))
                    .anyMatch(known -> MessageDigest.isEqual(known, given)));
  }

  private Stream<SecretKey> keys() {
    return session
        .keys()
        .getKeysStream(realm, KeyUse.SIG, Algorithm.HS512)
        .filter(key -> key.getStatus().isEnabled())
        .map(KeyWrapper::getSecretKey);
  }

  private long period() {
    return Time.currentTimeSeconds() / seconds;
  }

  private String nonce(SecretKey key, long period) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      mac.update(("fapi dpop nonce " + realm.getId()).getBytes(StandardCharsets.UTF_8));
      mac.update(ByteBuffer.allocate(Long.BYTES).putLong(period).flip());
      byte[] hash = Arrays.copyOf(mac.doFinal(), LENGTH);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
