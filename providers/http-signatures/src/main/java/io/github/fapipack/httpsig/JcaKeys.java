package io.github.fapipack.httpsig;

import io.github.fapipack.httpsig.HttpSignatureException.Reason;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;

/** Keys of the Java Cryptography Architecture, each bound to one algorithm. */
public final class JcaKeys {
  private JcaKeys() {}

  /**
   * A private key for signing.
   *
   * @throws HttpSignatureException if the key does not suit the algorithm
   */
  public static SigningKey signing(String keyId, PrivateKey key, SignatureAlgorithm algorithm)
      throws HttpSignatureException {
    requireSuitable(key, algorithm);
    return new Signing(keyId, key, algorithm);
  }

  /**
   * A public key for verification.
   *
   * @throws HttpSignatureException if the key does not suit the algorithm
   */
  public static VerifyingKey verifying(PublicKey key, SignatureAlgorithm algorithm)
      throws HttpSignatureException {
    requireSuitable(key, algorithm);
    return new Verifying(key, algorithm);
  }

  private static void requireSuitable(Key key, SignatureAlgorithm algorithm)
      throws HttpSignatureException {
    if (!algorithm.suits(key)) {
      throw new HttpSignatureException(
          Reason.UNSUITABLE_KEY,
          "the key is of the wrong kind or too weak for " + algorithm + "; use another one");
    }
  }

  private static HttpSignatureException unusable(GeneralSecurityException cause) {
    return new HttpSignatureException(
        Reason.UNSUITABLE_KEY, "the key cannot be used with its algorithm here", cause);
  }

  private record Signing(String keyId, PrivateKey key, SignatureAlgorithm algorithm)
      implements SigningKey {
    @Override
    public byte[] sign(byte[] base) throws HttpSignatureException {
      try {
        Signature signature = algorithm.newSignature();
        signature.initSign(key);
        signature.update(base);
        return signature.sign();
      } catch (GeneralSecurityException failure) {
        throw unusable(failure);
      }
    }

    @Override
    public String toString() {
      return "key " + keyId + " for " + algorithm;
    }
  }

  private record Verifying(PublicKey key, SignatureAlgorithm algorithm) implements VerifyingKey {
    @Override
    public boolean isFor(String name) {
      return algorithm.httpName().filter(name::equals).isPresent();
    }

    @Override
    public boolean verify(byte[] base, byte[] value) throws HttpSignatureException {
      if (!algorithm.isPossibleLength(value.length)) {
        return false;
      }
      try {
        Signature signature = algorithm.newSignature();
        signature.initVerify(key);
        signature.update(base);
        return verify(signature, value);
      } catch (GeneralSecurityException failure) {
        throw unusable(failure);
      }
    }

    /** A signature that the provider cannot parse counts as wrong. */
    private static boolean verify(Signature signature, byte[] value) {
      try {
        return signature.verify(value);
      } catch (SignatureException unreadable) {
        return false;
      }
    }
  }
}
