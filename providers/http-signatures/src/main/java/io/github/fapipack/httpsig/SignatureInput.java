package io.github.fapipack.httpsig;

import io.github.fapipack.httpsig.HttpSignatureException.Reason;
import io.github.fapipack.httpsig.structured.BareItem;
import io.github.fapipack.httpsig.structured.BareItem.IntegerItem;
import io.github.fapipack.httpsig.structured.BareItem.StringItem;
import io.github.fapipack.httpsig.structured.InnerList;
import io.github.fapipack.httpsig.structured.Item;
import io.github.fapipack.httpsig.structured.Member;
import io.github.fapipack.httpsig.structured.Parameters;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a signature covers, and its parameters in their order (RFC 9421 2.3); unregistered
 * parameters are signed and otherwise ignored.
 */
public record SignatureInput(List<Component> components, Parameters parameters) {
  private static final int USUAL_LENGTH = 256;
  private static final String CREATED = "created";
  private static final String EXPIRES = "expires";
  private static final String NONCE = "nonce";
  private static final String ALG = "alg";
  private static final String KEY_ID = "keyid";
  private static final String TAG = "tag";

  public SignatureInput {
    components = List.copyOf(components);
    requireTypes(parameters);
  }

  /** An input that covers these components, without parameters. */
  public static SignatureInput covering(List<Component> components) {
    return new SignatureInput(components, Parameters.NONE);
  }

  /** Parses a member of Signature-Input. */
  static SignatureInput from(InnerList member) throws HttpSignatureException {
    List<Component> components = new ArrayList<>(member.items().size());
    for (Item item : member.items()) {
      components.add(Component.from(item));
    }
    try {
      return new SignatureInput(components, member.parameters());
    } catch (IllegalArgumentException wrongType) {
      throw new HttpSignatureException(Reason.MALFORMED, wrongType.getMessage(), wrongType);
    }
  }

  public SignatureInput withCreated(Instant created) {
    return with(CREATED, new IntegerItem(created.getEpochSecond()));
  }

  public SignatureInput withExpires(Instant expires) {
    return with(EXPIRES, new IntegerItem(expires.getEpochSecond()));
  }

  public SignatureInput withNonce(String nonce) {
    return with(NONCE, new StringItem(nonce));
  }

  /** Adds the algorithm; not for keys with a JOSE algorithm (RFC 9421 3.3.7). */
  public SignatureInput withAlgorithm(String algorithm) {
    return with(ALG, new StringItem(algorithm));
  }

  public SignatureInput withKeyId(String keyId) {
    return with(KEY_ID, new StringItem(keyId));
  }

  public SignatureInput withTag(String tag) {
    return with(TAG, new StringItem(tag));
  }

  public Optional<Instant> created() {
    return instant(CREATED);
  }

  public Optional<Instant> expires() {
    return instant(EXPIRES);
  }

  public Optional<String> nonce() {
    return text(NONCE);
  }

  public Optional<String> algorithm() {
    return text(ALG);
  }

  public Optional<String> keyId() {
    return text(KEY_ID);
  }

  public Optional<String> tag() {
    return text(TAG);
  }

  /** Whether it covers everything that a component does. */
  public boolean covers(Component wanted) {
    return components.contains(wanted)
        || components.stream().anyMatch(component -> component.covers(wanted));
  }

  /** The value of {@code @signature-params} and of the member in Signature-Input (RFC 9421 4.1). */
  public String serialize() {
    return appendTo(new StringBuilder(USUAL_LENGTH)).toString();
  }

  /** Appends the same to a text. */
  StringBuilder appendTo(StringBuilder text) {
    String separator = "(";
    for (Component component : components) {
      text.append(separator).append(component.identifier());
      separator = " ";
    }
    text.append(components.isEmpty() ? "()" : ")");
    return parameters.appendTo(text);
  }

  static Optional<String> tagOf(Member member) {
    return member.parameters().get(TAG).orElse(null) instanceof StringItem tag
        ? Optional.of(tag.value())
        : Optional.empty();
  }

  private SignatureInput with(String parameter, BareItem value) {
    return new SignatureInput(components, parameters.with(parameter, value));
  }

  private Optional<Instant> instant(String parameter) {
    return parameters
        .get(parameter)
        .map(value -> Instant.ofEpochSecond(((IntegerItem) value).value()));
  }

  private Optional<String> text(String parameter) {
    return parameters.get(parameter).map(value -> ((StringItem) value).value());
  }

  private static void requireTypes(Parameters parameters) {
    for (var parameter : parameters.values().entrySet()) {
      if (!isOfItsType(parameter.getKey(), parameter.getValue())) {
        throw new IllegalArgumentException(
            "created and expires must be integers; nonce, alg, keyid and tag strings; not so "
                + parameter.getKey());
      }
    }
  }

  private static boolean isOfItsType(String name, BareItem value) {
    return switch (name) {
      case CREATED, EXPIRES -> value instanceof IntegerItem;
      case NONCE, ALG, KEY_ID, TAG -> value instanceof StringItem;
      default -> true;
    };
  }
}
