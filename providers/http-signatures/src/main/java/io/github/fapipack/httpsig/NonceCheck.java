package io.github.fapipack.httpsig;

/** Checks the nonce of a signature that is valid in all other respects. */
@FunctionalInterface
public interface NonceCheck {
  /** Accepts any nonce, or none. */
  NonceCheck NONE = input -> true;

  /** Whether the nonce is present, if required, and was not used before. */
  boolean accepts(SignatureInput input);
}
