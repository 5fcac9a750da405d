package io.github.fapipack.httpsig;

import io.github.fapipack.httpsig.HttpSignatureException.Reason;
import io.github.fapipack.httpsig.structured.BareItem.BytesItem;
import io.github.fapipack.httpsig.structured.FieldType;
import io.github.fapipack.httpsig.structured.InnerList;
import io.github.fapipack.httpsig.structured.Item;
import io.github.fapipack.httpsig.structured.Keys;
import io.github.fapipack.httpsig.structured.Member;
import io.github.fapipack.httpsig.structured.StructuredFieldException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The fields Signature-Input and Signature of a message (RFC 9421 4), label by label. */
final class SignatureHeaders {
  static final String SIGNATURE_INPUT = "Signature-Input";
  static final String SIGNATURE = "Signature";

  private final Map<String, Member> inputs;
  private final Map<String, Member> signatures;

  private SignatureHeaders(Map<String, Member> inputs, Map<String, Member> signatures) {
    this.inputs = inputs;
    this.signatures = signatures;
  }

  /**
   * Parses both fields. A label that is only in one of them is refused, even if it is not the one
   * that is verified: the message was changed on its way.
   */
  static SignatureHeaders of(HttpMessage message) throws HttpSignatureException {
    Map<String, Member> inputs = members(message, SIGNATURE_INPUT);
    for (var member : inputs.entrySet()) {
      if (!(member.getValue() instanceof InnerList)) {
        throw malformed("its member in Signature-Input must be an inner list").in(member.getKey());
      }
    }
    Map<String, Member> signatures = members(message, SIGNATURE);
    for (var member : signatures.entrySet()) {
      if (!(member.getValue() instanceof Item item && item.value() instanceof BytesItem)) {
        throw malformed("its member in Signature must be a byte sequence").in(member.getKey());
      }
    }
    requireBoth(inputs.keySet(), signatures.keySet(), "it is in Signature-Input, not in Signature");
    requireBoth(signatures.keySet(), inputs.keySet(), "it is in Signature, not in Signature-Input");
    return new SignatureHeaders(inputs, signatures);
  }

  /** The two header fields of one signature. */
  static List<HttpField> fields(String label, SignatureInput input, byte[] signature) {
    Keys.require(label);
    return List.of(
        new HttpField(SIGNATURE_INPUT, label + '=' + input.serialize()),
        new HttpField(SIGNATURE, label + '=' + new BytesItem(signature).serialize()));
  }

  boolean isEmpty() {
    return inputs.isEmpty();
  }

  boolean has(String label) {
    return inputs.containsKey(label);
  }

  /** The labels of the signatures with a tag. */
  List<String> tagged(String tag) {
    List<String> found = new ArrayList<>(1);
    for (var input : inputs.entrySet()) {
      if (SignatureInput.tagOf(input.getValue()).filter(tag::equals).isPresent()) {
        found.add(input.getKey());
      }
    }
    return found;
  }

  List<String> labels() {
    return List.copyOf(inputs.keySet());
  }

  SignatureInput input(String label) throws HttpSignatureException {
    return SignatureInput.from((InnerList) inputs.get(label));
  }

  byte[] signature(String label) {
    return ((BytesItem) ((Item) signatures.get(label)).value()).value();
  }

  private static Map<String, Member> members(HttpMessage message, String field)
      throws HttpSignatureException {
    try {
      return FieldType.parseDictionary(FieldComponents.joined(message, field)).members();
    } catch (StructuredFieldException wrong) {
      throw new HttpSignatureException(
          Reason.MALFORMED, field + " must be a dictionary: " + wrong.getMessage(), wrong);
    }
  }

  private static void requireBoth(Set<String> labels, Set<String> others, String otherwise)
      throws HttpSignatureException {
    for (String label : labels) {
      if (!others.contains(label)) {
        throw malformed(otherwise).in(label);
      }
    }
  }

  private static HttpSignatureException malformed(String sentence) {
    return new HttpSignatureException(Reason.MALFORMED, sentence);
  }
}
