package io.github.fapipack.httpsig;

import io.github.fapipack.httpsig.HttpSignatureException.Reason;
import io.github.fapipack.httpsig.structured.BareItem.BytesItem;
import io.github.fapipack.httpsig.structured.Dictionary;
import io.github.fapipack.httpsig.structured.FieldType;
import io.github.fapipack.httpsig.structured.InnerList;
import io.github.fapipack.httpsig.structured.Item;
import io.github.fapipack.httpsig.structured.Member;
import io.github.fapipack.httpsig.structured.Parameters;
import io.github.fapipack.httpsig.structured.StructuredFieldException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The fields Signature-Input and Signature of a message (RFC 9421 4), label by label. */
final class SignatureHeaders {
  static final String SIGNATURE_INPUT = "Signature-Input";
  static final String SIGNATURE = "Signature";

  private final Map<String, InnerList> inputs;
  private final Map<String, BytesItem> signatures;

  private SignatureHeaders(Map<String, InnerList> inputs, Map<String, BytesItem> signatures) {
    this.inputs = inputs;
    this.signatures = signatures;
  }

  /**
   * Reads both fields. A label that is only in one of them is refused, whether it is the one looked
   * for or not: something between signer and verifier has changed the message.
   */
  static SignatureHeaders of(HttpMessage message) throws HttpSignatureException {
    Map<String, InnerList> inputs = new LinkedHashMap<>();
    for (var member : members(message, SIGNATURE_INPUT).entrySet()) {
      if (!(member.getValue() instanceof InnerList input)) {
        throw malformed("its member in Signature-Input must be an inner list").in(member.getKey());
      }
      inputs.put(member.getKey(), input);
    }
    Map<String, BytesItem> signatures = new LinkedHashMap<>();
    for (var member : members(message, SIGNATURE).entrySet()) {
      if (!(member.getValue() instanceof Item item && item.value() instanceof BytesItem bytes)) {
        throw malformed("its member in Signature must be a byte sequence").in(member.getKey());
      }
      signatures.put(member.getKey(), bytes);
    }
    requireBoth(inputs.keySet(), signatures.keySet(), "it is in Signature-Input, not in Signature");
    requireBoth(signatures.keySet(), inputs.keySet(), "it is in Signature, not in Signature-Input");
    return new SignatureHeaders(inputs, signatures);
  }

  /** The two header fields that carry one signature. */
  static List<HttpField> fields(String label, SignatureInput input, byte[] signature) {
    Item value = new Item(new BytesItem(signature), Parameters.NONE);
    return List.of(
        field(SIGNATURE_INPUT, label, input.toInnerList()), field(SIGNATURE, label, value));
  }

  boolean isEmpty() {
    return inputs.isEmpty();
  }

  boolean has(String label) {
    return inputs.containsKey(label);
  }

  /** The labels of the signatures with a tag. */
  List<String> tagged(String tag) {
    return inputs.entrySet().stream()
        .filter(input -> SignatureInput.tagOf(input.getValue()).filter(tag::equals).isPresent())
        .map(Map.Entry::getKey)
        .toList();
  }

  List<String> labels() {
    return List.copyOf(inputs.keySet());
  }

  SignatureInput input(String label) throws HttpSignatureException {
    return SignatureInput.from(inputs.get(label));
  }

  byte[] signature(String label) {
    return signatures.get(label).value();
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

  private static HttpField field(String name, String label, Member member) {
    return new HttpField(name, new Dictionary(Map.of(label, member)).serialize());
  }

  private static HttpSignatureException malformed(String sentence) {
    return new HttpSignatureException(Reason.MALFORMED, sentence);
  }
}
