package io.github.fapipack.certificate;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The value of an attribute in the form for comparison: text by caseIgnoreMatch (RFC 4517 4.2.11,
 * RFC 5280 7.1), in any string type; all else octet by octet.
 *
 * <p>Stricter than the string preparation of RFC 4518, which maps some characters to others that
 * look similar, or to nothing: here compatibility characters, control characters and unusual spaces
 * stay as they are.
 */
final class NameValue {

  /** Characters that are the same in T.61 and in ASCII; all others are ambiguous. */
  private static final Pattern SAME_IN_T61 = Pattern.compile("[A-Za-z0-9 '()+,\\-./:=?&@_]*");

  private static final Pattern ASCII = Pattern.compile("\\p{ASCII}*");
  private static final Pattern SPACES = Pattern.compile(" +");

  private NameValue() {}

  /** A value that was written as text. */
  static String ofText(String text) {
    return "text " + prepared(text);
  }

  /** An encoded value. */
  static String ofDer(Der value) {
    return text(value).map(NameValue::ofText).orElseGet(() -> "octets " + hex(value));
  }

  private static String hex(Der value) {
    return HexFormat.of().toHexDigits((byte) value.tag())
        + HexFormat.of().formatHex(value.content());
  }

  private static Optional<String> text(Der value) {
    return switch (value.tag()) {
      case 0x0c -> decoded(value, StandardCharsets.UTF_8); // UTF8String
      case 0x12, 0x13, 0x16, 0x1a -> // NumericString, PrintableString, IA5String, VisibleString
          decoded(value, StandardCharsets.US_ASCII);
      case 0x14 -> // TeletexString
          decoded(value, StandardCharsets.US_ASCII).filter(t -> SAME_IN_T61.matcher(t).matches());
      case 0x1c -> decoded(value, Charset.forName("UTF-32BE")); // UniversalString
      case 0x1e -> // BMPString
          decoded(value, StandardCharsets.UTF_16BE)
              .filter(t -> t.chars().noneMatch(c -> Character.isSurrogate((char) c)));
      default -> Optional.empty();
    };
  }

  private static Optional<String> decoded(Der value, Charset charset) {
    try {
      return Optional.of(charset.newDecoder().decode(ByteBuffer.wrap(value.content())).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private static String prepared(String text) {
    StringBuilder folded = new StringBuilder();
    normalised(text).codePoints().map(NameValue::folded).forEach(folded::appendCodePoint);
    // RFC 4518 2.6.1: spaces at the ends, and repeated spaces between words, are not significant.
    return trimmed(SPACES.matcher(folded).replaceAll(" "));
  }

  private static String trimmed(String text) {
    int start = text.startsWith(" ") ? 1 : 0;
    int end = text.endsWith(" ") ? text.length() - 1 : text.length();
    return start < end ? text.substring(start, end) : "";
  }

  /** Combines a letter and its accent into one character; other characters are not mapped. */
  private static String normalised(String text) {
    if (ASCII.matcher(text).matches()
        || text.codePoints()
            .mapToObj(Character::toString)
            .anyMatch(c -> !Normalizer.isNormalized(c, Normalizer.Form.NFC))) {
      return text;
    }
    return Normalizer.normalize(text, Normalizer.Form.NFC);
  }

  /**
   * An upper-case letter becomes lower case only if that mapping is reversible; so the Kelvin sign
   * does not become a k.
   */
  private static int folded(int character) {
    int small = Character.toLowerCase(character);
    return Character.toUpperCase(small) == character ? small : character;
  }
}
