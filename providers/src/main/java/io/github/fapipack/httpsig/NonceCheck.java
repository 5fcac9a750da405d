package io.github.fapipack.httpsig;

/** Judges the nonce of a signature that is good in every other respect. */
@FunctionalInterface
public interface NonceCheck {
  /** Takes any nonce, or none. */
  NonceCheck NONE = input -> true;

  /** Whether the nonce is there, if it has to be, and has not been used before. */
  boolean accepts(SignatureInput input);
}
