package io.github.fapipack.certificate;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Parses a name in the format of RFC 4514, and with the spaces, quotes and semicolons of RFC 2253
 * 4, which earlier releases accepted. Throws an IllegalArgumentException with a short text.
 */
final class NameReader {

  private static final int LONGEST = 10_000;
  private static final String ESCAPABLE = " \"#+,;<=>\\";

  private final String text;
  private int at;

  private NameReader(String text) {
    this.text = text;
  }

  /** The RDNs in the written order, which is the reverse of a certificate's. */
  static List<List<DistinguishedName.Attribute>> read(String text) {
    if (text.length() > LONGEST) {
      throw new IllegalArgumentException("it has more than " + LONGEST + " characters");
    }
    NameReader reader = new NameReader(text);
    List<List<DistinguishedName.Attribute>> rdns = new ArrayList<>();
    reader.skipSpaces();
    if (reader.isAtEnd()) {
      return rdns;
    }
    List<DistinguishedName.Attribute> rdn = new ArrayList<>();
    while (true) {
      rdn.add(reader.attribute());
      if (reader.isAtEnd()) {
        rdns.add(rdn);
        return rdns;
      }
      if (reader.next() != '+') {
        rdns.add(rdn);
        rdn = new ArrayList<>();
      }
    }
  }

  private DistinguishedName.Attribute attribute() {
    int end = text.indexOf('=', at);
    if (end < 0) {
      throw new IllegalArgumentException("a part of it has no '='");
    }
    String type = text.substring(at, end).replace('\n', ' ').strip();
    at = end + 1;
    String oid =
        AttributeTypes.oid(type)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "'"
                            + (type.length() > 40 ? type.substring(0, 40) + "..." : type)
                            + "' is not a known attribute; write its OID, such as 2.5.4.97"));
    skipSpaces();
    return new DistinguishedName.Attribute(oid, value());
  }

  private String value() {
    if (!isAtEnd() && peek() == '#') {
      at++;
      return encoded(rest());
    }
    if (!isAtEnd() && peek() == '"') {
      at++;
      String value = characters(true);
      if (!rest().isEmpty()) {
        throw new IllegalArgumentException("something stands behind a quoted value");
      }
      return NameValue.ofText(value);
    }
    return NameValue.ofText(characters(false));
  }

  /** The text up to the next part, without spaces. */
  private String rest() {
    int start = at;
    while (!isAtEnd() && ",;+".indexOf(peek()) < 0) {
      at++;
    }
    return text.substring(start, at).strip();
  }

  private static String encoded(String hex) {
    try {
      return NameValue.ofDer(Der.of(HexFormat.of().parseHex(hex)));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("a value after '#' is not DER in hexadecimal digits", e);
    }
  }

  /** The characters of a value; escaped octets are UTF-8 (RFC 4514 2.4). */
  private String characters(boolean quoted) {
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    while (!isAtEnd() && !(quoted ? peek() == '"' : ",;+".indexOf(peek()) >= 0)) {
      char c = next();
      if (c == '\\') {
        escaped(octets);
      } else if (!quoted && "\"<>".indexOf(c) >= 0) {
        throw new IllegalArgumentException("'" + c + "' must be escaped");
      } else {
        int start = at - 1;
        if (Character.isHighSurrogate(c) && !isAtEnd()) {
          at++;
        }
        octets.writeBytes(utf8(text.substring(start, at)));
      }
    }
    if (quoted) {
      if (isAtEnd()) {
        throw new IllegalArgumentException("a quoted value has no end");
      }
      at++;
    }
    return decoded(octets.toByteArray());
  }

  private void escaped(ByteArrayOutputStream octets) {
    if (!isAtEnd() && ESCAPABLE.indexOf(peek()) >= 0) {
      octets.write(next());
      return;
    }
    if (at + 2 > text.length() || !text.substring(at, at + 2).matches("[0-9A-Fa-f]{2}")) {
      throw new IllegalArgumentException(
          "a backslash stands before something that needs none; double it");
    }
    octets.write(HexFormat.fromHexDigits(text, at, at + 2));
    at += 2;
  }

  private static byte[] utf8(String characters) {
    try {
      ByteBuffer bytes =
          StandardCharsets.UTF_8.newEncoder().encode(java.nio.CharBuffer.wrap(characters));
      byte[] octets = new byte[bytes.remaining()];
      bytes.get(octets);
      return octets;
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("it holds half a character", e);
    }
  }

  private static String decoded(byte[] octets) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("escaped octets are not UTF-8", e);
    }
  }

  private void skipSpaces() {
    while (!isAtEnd() && (peek() == ' ' || peek() == '\n')) {
      at++;
    }
  }

  private boolean isAtEnd() {
    return at >= text.length();
  }

  private char peek() {
    return text.charAt(at);
  }

  private char next() {
    return text.charAt(at++);
  }
}
