package io.github.fapipack.httpsig;

import io.github.fapipack.httpsig.HttpSignatureException.Reason;
import io.github.fapipack.httpsig.structured.BareItem.BooleanItem;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The bytes that are signed (RFC 9421 2.5). */
public final class SignatureBase {
  /** A message that needs more of them is not one that this library should work for. */
  static final int MOST_COMPONENTS = 64;

  private static final int USUAL_LENGTH = 2048;
  private static final Set<String> FIELD_PARAMETERS =
      Set.of(Component.STRICT, Component.MEMBER, Component.AS_BYTES, Component.OF_REQUEST);
  private static final Set<String> QUERY_PARAM_PARAMETERS =
      Set.of(Component.QUERY_NAME, Component.OF_REQUEST);
  private static final List<String> FLAGS =
      List.of(Component.STRICT, Component.AS_BYTES, Component.OF_REQUEST);

  private SignatureBase() {}

  /**
   * The signature base of a message as a text of printable ASCII.
   *
   * @throws HttpSignatureException names the component that is malformed, unsupported, repeated or
   *     absent from the message
   */
  public static String of(HttpMessage message, SignatureInput input, FieldTypes types)
      throws HttpSignatureException {
    if (input.components().size() > MOST_COMPONENTS) {
      throw new HttpSignatureException(
          Reason.UNSUPPORTED, "at most " + MOST_COMPONENTS + " components can be covered");
    }
    StringBuilder base = new StringBuilder(USUAL_LENGTH);
    Set<Component> seen = new HashSet<>();
    for (Component component : input.components()) {
      try {
        if (!seen.add(component)) {
          throw new HttpSignatureException(Reason.MALFORMED, "it must not be covered twice");
        }
        String value = value(component, message, types);
        base.append(component.identifier()).append(": ").append(value).append('\n');
      } catch (HttpSignatureException failure) {
        throw failure.at(component);
      }
    }
    base.append("\"@signature-params\": ").append(input.serialize());
    return base.toString();
  }

  static byte[] bytes(HttpMessage message, SignatureInput input, FieldTypes types)
      throws HttpSignatureException {
    // It is ASCII by now; in Latin-1 the bytes are but copied.
    return of(message, input, types).getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String value(Component component, HttpMessage message, FieldTypes types)
      throws HttpSignatureException {
    requireSoundParameters(component);
    HttpMessage source = message;
    if (component.has(Component.OF_REQUEST)) {
      if (!(message instanceof ResponseMessage response)) {
        throw new HttpSignatureException(
            Reason.UNSUPPORTED, ";req must not be used in the signature of a request");
      }
      source = response.request();
    }
    if (component.derived()) {
      return DerivedComponents.value(component, source);
    }
    if (!Tokens.isLowerCaseToken(component.name())) {
      throw new HttpSignatureException(
          Reason.MALFORMED, "the name of a header field must be a token in lower case");
    }
    return FieldComponents.value(component, source, types);
  }

  /** RFC 9421 2.5: an unknown parameter, or two that exclude each other, is an error. */
  private static void requireSoundParameters(Component component) throws HttpSignatureException {
    if (component.parameters().values().isEmpty()) {
      return;
    }
    if (component.has(Component.OF_TRAILER)) {
      throw new HttpSignatureException(
          Reason.UNSUPPORTED, "trailers (;tr) are not supported; cover a header field instead");
    }
    for (String parameter : component.parameters().values().keySet()) {
      if (!allowedParameters(component).contains(parameter)) {
        throw new HttpSignatureException(
            Reason.UNSUPPORTED,
            "it does not take the parameter ;" + HttpSignatureException.shortened(parameter));
      }
    }
    for (String flag : FLAGS) {
      if (!component.parameters().get(flag).orElse(BooleanItem.TRUE).equals(BooleanItem.TRUE)) {
        throw new HttpSignatureException(
            Reason.MALFORMED, "the flag ;" + flag + " must not have a value");
      }
    }
    if (component.has(Component.AS_BYTES)
        && (component.has(Component.STRICT) || component.has(Component.MEMBER))) {
      throw new HttpSignatureException(
          Reason.MALFORMED, ";bs must not be used together with ;sf or ;key");
    }
  }

  private static Set<String> allowedParameters(Component component) {
    if (!component.derived()) {
      return FIELD_PARAMETERS;
    }
    return component.name().equals(DerivedComponents.QUERY_PARAM)
        ? QUERY_PARAM_PARAMETERS
        : Set.of(Component.OF_REQUEST);
  }
}
