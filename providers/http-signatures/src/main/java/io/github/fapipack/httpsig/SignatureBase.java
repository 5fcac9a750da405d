package io.github.fapipack.httpsig;

import io.github.fapipack.httpsig.HttpSignatureException.Reason;
import io.github.fapipack.httpsig.structured.BareItem.BooleanItem;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The bytes that are signed (RFC 9421 2.5). */
public final class SignatureBase {
  /** The most components of a message; more are refused to limit the work. */
  static final int MOST_COMPONENTS = 64;

  private static final int USUAL_LENGTH = 2048;
  private static final long ONES = 0x0101_0101_0101_0101L;
  private static final long SPACES = ' ' * ONES;
  private static final long HIGH_BITS = ONES << 7;
  private static final Set<String> FIELD_PARAMETERS =
      Set.of(Component.STRICT, Component.MEMBER, Component.AS_BYTES, Component.OF_REQUEST);
  private static final Set<String> QUERY_PARAM_PARAMETERS =
      Set.of(Component.QUERY_NAME, Component.OF_REQUEST);
  private static final Set<String> DERIVED_PARAMETERS = Set.of(Component.OF_REQUEST);
  private static final Set<String> FLAGS =
      Set.of(Component.STRICT, Component.AS_BYTES, Component.OF_REQUEST);

  private SignatureBase() {}

  /**
   * The signature base of a message as a text of printable ASCII.
   *
   * @throws HttpSignatureException names the component that is malformed, unsupported, repeated or
   *     missing from the message
   */
  public static String of(HttpMessage message, SignatureInput input, FieldTypes types)
      throws HttpSignatureException {
    return new String(bytes(message, input, types), StandardCharsets.US_ASCII);
  }

  static byte[] bytes(HttpMessage message, SignatureInput input, FieldTypes types)
      throws HttpSignatureException {
    List<Component> components = input.components();
    if (components.size() > MOST_COMPONENTS) {
      throw new HttpSignatureException(
          Reason.UNSUPPORTED, "at most " + MOST_COMPONENTS + " components can be covered");
    }
    StringBuilder base = new StringBuilder(USUAL_LENGTH);
    Set<Component> seen = new HashSet<>();
    for (Component component : components) {
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
    input.appendTo(base.append("\"@signature-params\": "));
    // In UTF-8, all characters beyond ASCII have negative bytes.
    byte[] bytes = base.toString().getBytes(StandardCharsets.UTF_8);
    requireWritable(bytes, components);
    return bytes;
  }

  /**
   * A base is ASCII with one line for each component (RFC 9421 2.5); a line break in a value would
   * add a forged line.
   */
  private static void requireWritable(byte[] base, List<Component> components)
      throws HttpSignatureException {
    ByteBuffer buffer = ByteBuffer.wrap(base);
    int line = 0;
    for (int i = 0; i < base.length; i++) {
      if (i <= base.length - Long.BYTES && isPrintable(buffer.getLong(i))) {
        i += Long.BYTES - 1;
      } else if (base[i] == '\n') {
        line++;
      } else if ((base[i] < ' ' && base[i] != '\t') || base[i] > '~') {
        throw new HttpSignatureException(
                Reason.MALFORMED,
                "a value that is not printable ASCII can only be covered with ;bs")
            .at(components.get(line));
      }
    }
    if (line != components.size()) {
      throw new HttpSignatureException(Reason.MALFORMED, "a value must not have line breaks");
    }
  }

  /**
   * Whether eight bytes are all printable; the result has a high bit for each byte below a space or
   * above a tilde.
   */
  private static boolean isPrintable(long bytes) {
    return ((bytes | (bytes - SPACES) | (bytes + ONES)) & HIGH_BITS) == 0;
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
    if (component.parameters().isEmpty()) {
      return;
    }
    if (component.has(Component.OF_TRAILER)) {
      throw new HttpSignatureException(
          Reason.UNSUPPORTED, "trailers (;tr) are not supported; cover a header field instead");
    }
    Set<String> allowed = allowedParameters(component);
    for (var parameter : component.parameters().values().entrySet()) {
      String name = parameter.getKey();
      if (!allowed.contains(name)) {
        throw new HttpSignatureException(
            Reason.UNSUPPORTED,
            "it does not take the parameter ;" + HttpSignatureException.shortened(name));
      }
      if (FLAGS.contains(name) && !parameter.getValue().equals(BooleanItem.TRUE)) {
        throw new HttpSignatureException(
            Reason.MALFORMED, "the flag ;" + name + " must not have a value");
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
        : DERIVED_PARAMETERS;
  }
}
