package io.github.fapipack.httpsig;

/** A key that verifies with exactly one algorithm, even if a message names another. */
public interface VerifyingKey {

  /**
   * Whether a message may use that name of the registry of RFC 9421 6.2 for this key's algorithm;
   * always false for algorithms that only JOSE defines (RFC 9421 3.3.7).
   */
  boolean isFor(String algorithm);

  /** Whether the signature over a signature base is valid. */
  boolean verify(byte[] base, byte[] signature) throws HttpSignatureException;
}
