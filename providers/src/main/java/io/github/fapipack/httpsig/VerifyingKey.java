package io.github.fapipack.httpsig;

/** A key that verifies with the one algorithm that it is meant for, whatever a message says. */
public interface VerifyingKey {

  /**
   * Whether a message may call the algorithm of this key by that name of the registry of RFC 9421
   * 6.2; never for one that only JOSE knows (RFC 9421 3.3.7).
   */
  boolean isFor(String algorithm);

  /** Whether the signature over a signature base is good. */
  boolean verify(byte[] base, byte[] signature) throws HttpSignatureException;
}
