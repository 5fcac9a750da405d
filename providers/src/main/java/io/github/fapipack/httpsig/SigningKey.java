package io.github.fapipack.httpsig;

/** A key that signs with the one algorithm that it is meant for. */
public interface SigningKey {

  /** What the signer puts into {@code keyid}. */
  String keyId();

  /** The signature over a signature base, in the form that RFC 9421 3.3 gives its algorithm. */
  byte[] sign(byte[] base) throws HttpSignatureException;
}
