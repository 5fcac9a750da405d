package io.github.fapipack.httpsig;

import io.github.fapipack.httpsig.HttpSignatureException.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Verifies one signature of a message (RFC 9421 3.2). Cheap checks come first, so that a sender
 * without a key causes no cryptography; the nonce is checked last, so that only the owner of the
 * key can use it up.
 */
public record MessageVerifier(VerificationPolicy policy, VerificationKeys keys) {

  /**
   * The signature that the policy selects.
   *
   * @throws HttpSignatureException says what is wrong with it, or that it is missing
   */
  public VerifiedSignature verify(HttpMessage message) throws HttpSignatureException {
    SignatureHeaders headers = SignatureHeaders.of(message);
    String label = choose(headers);
    try {
      SignatureInput input = headers.input(label);
      requireTag(input);
      requireCoverage(input);
      requireTime(input);
      requireGood(message, input, headers.signature(label));
      if (!policy.nonces().accepts(input)) {
        throw new HttpSignatureException(
            Reason.NONCE_REFUSED, "its nonce is missing or has been used; send a fresh one");
      }
      return new VerifiedSignature(label, input);
    } catch (HttpSignatureException failure) {
      throw failure.in(label);
    }
  }

  private String choose(SignatureHeaders headers) throws HttpSignatureException {
    if (headers.isEmpty()) {
      throw new HttpSignatureException(
          Reason.ABSENT, "the message is not signed; send Signature-Input and Signature");
    }
    if (policy.label().isPresent()) {
      return theOnly(policy.label().filter(headers::has).stream().toList(), "the required label");
    }
    return policy.tag().isPresent()
        ? theOnly(headers.tagged(policy.tag().get()), "tag=\"" + policy.tag().get() + '"')
        : theOnly(headers.labels(), "any label");
  }

  private static String theOnly(List<String> labels, String with) throws HttpSignatureException {
    if (labels.isEmpty()) {
      throw new HttpSignatureException(
          Reason.WRONG_PARAMETER, "the message has no signature with " + with);
    }
    if (labels.size() > 1) {
      throw new HttpSignatureException(
          Reason.WRONG_PARAMETER, "the message has more than one signature with " + with);
    }
    return labels.get(0);
  }

  private void requireTag(SignatureInput input) throws HttpSignatureException {
    if (policy.tag().isPresent() && !policy.tag().equals(input.tag())) {
      throw new HttpSignatureException(
          Reason.WRONG_PARAMETER, "its tag must be \"" + policy.tag().get() + '"');
    }
  }

  private void requireCoverage(SignatureInput input) throws HttpSignatureException {
    for (Component wanted : policy.required()) {
      if (!input.covers(wanted)) {
        throw new HttpSignatureException(Reason.UNCOVERED, "it must be covered").at(wanted);
      }
    }
  }

  private void requireTime(SignatureInput input) throws HttpSignatureException {
    Instant now = policy.clock().instant();
    Instant created =
        input
            .created()
            .orElseThrow(
                () ->
                    new HttpSignatureException(
                        Reason.WRONG_PARAMETER, "it must have the parameter created"));
    if (created.isBefore(now.minus(policy.maxAge()))) {
      throw outOfTime("it was created too long ago; at most %d s are allowed", policy.maxAge());
    }
    if (created.isAfter(now.plus(policy.maxSkew()))) {
      throw outOfTime("it was created in the future; at most %d s are allowed", policy.maxSkew());
    }
    if (input.expires().filter(expires -> !expires.isAfter(now)).isPresent()) {
      throw new HttpSignatureException(Reason.OUT_OF_TIME, "it has expired");
    }
  }

  private static HttpSignatureException outOfTime(String sentence, Duration limit) {
    return new HttpSignatureException(Reason.OUT_OF_TIME, sentence.formatted(limit.toSeconds()));
  }

  private void requireGood(HttpMessage message, SignatureInput input, byte[] signature)
      throws HttpSignatureException {
    VerifyingKey key =
        keys.find(input)
            .orElseThrow(
                () ->
                    new HttpSignatureException(
                        Reason.UNKNOWN_KEY, "no trusted key fits; send the keyid of one"));
    if (input.algorithm().filter(name -> !key.isFor(name)).isPresent()) {
      throw new HttpSignatureException(
          Reason.WRONG_ALGORITHM, "its alg is not that of the key; leave alg out");
    }
    if (!key.verify(SignatureBase.bytes(message, input, policy.types()), signature)) {
      throw new HttpSignatureException(
          Reason.MISMATCH, "it was not made by this key over this message");
    }
  }
}
