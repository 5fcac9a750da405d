package io.github.fapipack.engine;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.fapipack.keycloak.ServerState;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.Arrays;
import org.keycloak.common.VerificationException;
import org.keycloak.crypto.SignatureVerifierContext;

/**
 * Signatures of the realms' own keys that this node has found valid: a token that is introspected,
 * or sent to userinfo, again and again is verified once. Only the signature is known; whether the
 * token is still valid, and its key still in use, is asked each time.
 */
final class KnownTokens {

  /** Some megabytes; whoever sends more tokens than that has them verified again. */
  private static final int MOST = 20_000;

  private static final ServerState<Cache<Signed, Boolean>> VALID =
      new ServerState<>(() -> Caffeine.newBuilder().maximumSize(MOST).build());

  /** A signed text and its signature, by their hash, and the key. */
  private record Signed(PublicKey key, byte[] hash) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Signed signed
          && Arrays.equals(hash, signed.hash)
          && key.equals(signed.key);
    }

    @Override
    public int hashCode() {
      return ByteBuffer.wrap(hash).getInt();
    }
  }

  private KnownTokens() {}

  /** Whether a signature is valid, which is only asked for if it is not known. */
  static boolean isValid(
      PublicKey key, byte[] data, byte[] signature, SignatureVerifierContext verifier)
      throws VerificationException {
    Signed signed = new Signed(key, hash(data, signature));
    if (VALID.get().getIfPresent(signed) != null) {
      return true;
    }
    boolean valid = verifier.verify(data, signature);
    if (valid) {
      VALID.get().put(signed, true);
    }
    return valid;
  }

  private static byte[] hash(byte[] data, byte[] signature) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(signature.length).array());
      digest.update(signature);
      return digest.digest(data);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
