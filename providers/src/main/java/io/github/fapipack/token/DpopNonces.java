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
 * Stateless nonces: a keyed hash of the time, so that every node of a cluster accepts the nonces of
 * all others. Nonces of the current and of the previous period are accepted.
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

  /** The nonce to send to clients now. */
  String current() {
    return nonce(
        session.keys().getActiveKey(realm, KeyUse.SIG, Algorithm.HS512).getSecretKey(), period());
  }

  /** Whether a nonce belongs to the current or the previous period. */
  boolean isAcceptable(String nonce) {
    byte[] given = nonce.getBytes(StandardCharsets.UTF_8);
    // Rotated keys stay enabled for a while, so nonces made with them stay valid too.
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
