package io.github.fapipack.httpsig;

/** A signature that is good and holds the policy, and what it covers. */
public record VerifiedSignature(String label, SignatureInput input) {}
