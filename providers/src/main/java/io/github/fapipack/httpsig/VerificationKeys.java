package io.github.fapipack.httpsig;

import java.util.Optional;

/** The keys that a verifier trusts for the signer that it expects (RFC 9421 3.2, step 5). */
@FunctionalInterface
public interface VerificationKeys {

  /** The key for a signature, by its {@code keyid} as a rule; empty if none is trusted for it. */
  Optional<VerifyingKey> find(SignatureInput input) throws HttpSignatureException;
}
