package io.github.fapipack.httpsig;

import java.util.Optional;

/** The keys that a verifier trusts for the expected signer (RFC 9421 3.2, step 5). */
@FunctionalInterface
public interface VerificationKeys {

  /**
   * The key for a signature, usually by its {@code keyid}; empty if there is no trusted key for it.
   */
  Optional<VerifyingKey> find(SignatureInput input) throws HttpSignatureException;
}
