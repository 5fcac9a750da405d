package io.github.fapipack.httpsig;

import io.github.fapipack.httpsig.HttpSignatureException.Reason;
import io.github.fapipack.httpsig.structured.BareItem.BytesItem;
import io.github.fapipack.httpsig.structured.BareItem.StringItem;
import io.github.fapipack.httpsig.structured.FieldType;
import io.github.fapipack.httpsig.structured.Member;
import io.github.fapipack.httpsig.structured.StructuredFieldException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The values of header fields as components (RFC 9421 2.1). */
final class FieldComponents {
  private FieldComponents() {}

  /** The value; characters beyond printable ASCII are refused later, by the signature base. */
  static String value(Component component, HttpMessage message, FieldTypes types)
      throws HttpSignatureException {
    List<String> lines = canonicalLines(message, component.name());
    if (lines.isEmpty()) {
      throw new HttpSignatureException(Reason.ABSENT, "the message has no such header field");
    }
    if (component.has(Component.AS_BYTES)) {
      return asBytes(lines);
    }
    String joined = joined(lines);
    try {
      if (component.has(Component.MEMBER)) {
        return member(component, joined);
      }
      return component.has(Component.STRICT) ? type(component, types).canonical(joined) : joined;
    } catch (StructuredFieldException malformed) {
      throw new HttpSignatureException(Reason.MALFORMED, malformed.getMessage(), malformed);
    }
  }

  /** All lines of a field, trimmed and joined, as parsers of structured fields expect them. */
  static String joined(HttpMessage message, String name) throws HttpSignatureException {
    try {
      return joined(canonicalLines(message, name));
    } catch (HttpSignatureException failure) {
      throw failure.at(Component.of(name));
    }
  }

  private static String joined(List<String> lines) {
    return lines.size() == 1 ? lines.get(0) : String.join(", ", lines);
  }

  private static FieldType type(Component component, FieldTypes types)
      throws HttpSignatureException {
    return types
        .of(component.name())
        .orElseThrow(
            () ->
                new HttpSignatureException(
                    Reason.UNSUPPORTED, "its type as a structured field is not known here"));
  }

  private static String member(Component component, String joined)
      throws HttpSignatureException, StructuredFieldException {
    if (component.parameters().get(Component.MEMBER).orElse(null) instanceof StringItem key) {
      return FieldType.parseDictionary(joined)
          .get(key.value())
          .map(Member::serialize)
          .orElseThrow(
              () -> new HttpSignatureException(Reason.ABSENT, "the field has no such member"));
    }
    throw new HttpSignatureException(Reason.MALFORMED, "it needs ;key with a string");
  }

  private static String asBytes(List<String> lines) throws HttpSignatureException {
    if (lines.stream().flatMapToInt(String::chars).anyMatch(c -> c > 0xff)) {
      throw new HttpSignatureException(
          Reason.MALFORMED, "a header field has one character for each byte");
    }
    return lines.stream()
        .map(line -> new BytesItem(line.getBytes(StandardCharsets.ISO_8859_1)).serialize())
        .collect(Collectors.joining(", "));
  }

  private static List<String> canonicalLines(HttpMessage message, String name)
      throws HttpSignatureException {
    List<String> lines = message.lines(name);
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      lines.set(i, line.indexOf('\n') < 0 ? trimmed(line) : unfolded(line));
    }
    return lines;
  }

  /** RFC 9421 2.1, 4: an obsolete line folding becomes one space. */
  private static String unfolded(String line) throws HttpSignatureException {
    List<String> pieces = new ArrayList<>();
    for (String piece : line.split("\r?\n", -1)) {
      if (!pieces.isEmpty() && !piece.startsWith(" ") && !piece.startsWith("\t")) {
        throw new HttpSignatureException(Reason.MALFORMED, "a value must not have line breaks");
      }
      pieces.add(trimmed(piece));
    }
    return trimmed(String.join(" ", pieces));
  }

  private static String trimmed(String line) {
    int start = 0;
    int end = line.length();
    while (start < end && isBlank(line.charAt(start))) {
      start++;
    }
    while (end > start && isBlank(line.charAt(end - 1))) {
      end--;
    }
    return line.substring(start, end);
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }
}
