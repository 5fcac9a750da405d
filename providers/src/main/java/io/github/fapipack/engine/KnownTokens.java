package io.github.fapipack.engine;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.fapipack.keycloak.ServerState;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.List;
import org.keycloak.common.VerificationException;
import org.keycloak.crypto.SignatureVerifierContext;

/**
 * Signatures of the realms' own keys that this node has found valid: a token that is introspected,
 * or sent to userinfo, again and again is verified once. Only the signature is known; whether the
 * token is still valid, and its key still in use, is asked each time.
 */
final class KnownTokens {

  /** Some two megabytes; whoever sends more tokens than that has them verified again. */
  private static final int MOST = 20_000;

  private static final ServerState<Cache<ByteBuffer, Boolean>> VALID =
      new ServerState<>(() -> Caffeine.newBuilder().maximumSize(MOST).build());

  private KnownTokens() {}

  /** Whether a signature is valid, which is only asked for if it is not known. */
  static boolean isValid(
      PublicKey key, byte[] data, byte[] signature, SignatureVerifierContext verifier)
      throws VerificationException {
    byte[] keyData = key.getEncoded();
    if (keyData == null) {
      return verifier.verify(data, signature);
    }
    ByteBuffer known = hash(verifier.getAlgorithm(), keyData, signature, data);
    if (VALID.get().getIfPresent(known) != null) {
      return true;
    }
    boolean valid = verifier.verify(data, signature);
    if (valid) {
      VALID.get().put(known, true);
    }
    return valid;
  }

  /** Of everything that the answer depends on; each but the last after its length. */
  private static ByteBuffer hash(String algorithm, byte[] key, byte[] signature, byte[] data) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (byte[] part : List.of(algorithm.getBytes(StandardCharsets.UTF_8), key, signature)) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, part.length));
        digest.update(part);
      }
      return ByteBuffer.wrap(digest.digest(data));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
