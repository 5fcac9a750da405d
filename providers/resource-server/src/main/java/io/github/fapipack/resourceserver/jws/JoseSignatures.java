package io.github.fapipack.resourceserver.jws;

import io.github.fapipack.httpsig.HttpSignatureException;
import io.github.fapipack.httpsig.JcaKeys;
import io.github.fapipack.httpsig.SignatureAlgorithm;
import java.security.PublicKey;
import java.util.Optional;

/** Signatures with the algorithms of FAPI 2.0: ES256, PS256, EdDSA (FAPI2-SP 5.4.1). */
public final class JoseSignatures {
  private static final int HALF = 32;

  private JoseSignatures() {}

  /** The algorithm that a header names; empty for all that FAPI 2.0 does not allow. */
  public static Optional<SignatureAlgorithm> algorithm(Object alg) {
    return alg instanceof String name ? SignatureAlgorithm.ofJose(name) : Optional.empty();
  }

  /**
   * Whether the signature is valid. A key that is too weak or of another kind verifies nothing.
   *
   * @param input what was signed
   */
  public static boolean verify(
      SignatureAlgorithm algorithm, PublicKey key, byte[] input, byte[] signature) {
    if (algorithm == SignatureAlgorithm.ECDSA_P256_SHA256 && hasZero(signature)) {
      return false;
    }
    try {
      return JcaKeys.verifying(key, algorithm).verify(input, signature);
    } catch (HttpSignatureException unsuitableKey) {
      return false;
    }
  }

  /** Java 17 before 17.0.3 takes r = s = 0 for a signature of everybody over everything. */
  private static boolean hasZero(byte[] signature) {
    return isZero(signature, 0, HALF) || isZero(signature, HALF, signature.length);
  }

  private static boolean isZero(byte[] bytes, int start, int end) {
    for (int i = start; i < Math.min(end, bytes.length); i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    return true;
  }
}
