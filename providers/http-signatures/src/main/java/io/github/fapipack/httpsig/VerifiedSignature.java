package io.github.fapipack.httpsig;

/** A valid signature that fulfils the policy, and what it covers. */
public record VerifiedSignature(String label, SignatureInput input) {}
