package io.github.fapipack.httpsig;

import io.github.fapipack.httpsig.HttpSignatureException.Reason;
import java.util.List;

/** Signs messages with one key (RFC 9421 3.1). */
public record MessageSigner(SigningKey key, FieldTypes types) {

  public MessageSigner(SigningKey key) {
    this(key, FieldTypes.REGISTERED);
  }

  /**
   * Signs a message that may already have other signatures.
   *
   * @param label in lower case, not yet used in the message
   * @param input what to cover; the key's id is added unless there is one
   * @return the two header fields to add to the message
   */
  public List<HttpField> sign(HttpMessage message, String label, SignatureInput input)
      throws HttpSignatureException {
    if (SignatureHeaders.of(message).has(label)) {
      throw new HttpSignatureException(
              Reason.MALFORMED, "the message already has a signature of this label")
          .in(label);
    }
    SignatureInput complete = input.keyId().isPresent() ? input : input.withKeyId(key.keyId());
    try {
      byte[] base = SignatureBase.bytes(message, complete, types);
      return SignatureHeaders.fields(label, complete, key.sign(base));
    } catch (HttpSignatureException failure) {
      throw failure.in(label);
    }
  }
}
