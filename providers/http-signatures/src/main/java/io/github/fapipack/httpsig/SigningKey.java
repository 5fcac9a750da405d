package io.github.fapipack.httpsig;

/** A key that signs with exactly one algorithm. */
public interface SigningKey {

  /** The value of {@code keyid}. */
  String keyId();

  /**
   * The signature over a signature base, in the format that RFC 9421 3.3 defines for its algorithm.
   */
  byte[] sign(byte[] base) throws HttpSignatureException;
}
