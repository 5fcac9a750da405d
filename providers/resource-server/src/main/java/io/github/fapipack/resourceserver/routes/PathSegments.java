package io.github.fapipack.resourceserver.routes;

import io.github.fapipack.resourceserver.request.NormalUri;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The segments of a path that can be read in one way only. Whatever a proxy or a framework might
 * normalize, decode twice or cut off is refused here, so that the path whose demands were checked
 * is the path that is served.
 */
final class PathSegments {
  private static final int MAX_LENGTH = 4096;

  private PathSegments() {}

  /**
   * The decoded segments of a raw path; none for {@code /}.
   *
   * @throws AmbiguousPath says what must not be in it
   */
  static List<String> of(String rawPath) throws AmbiguousPath {
    if (rawPath == null || rawPath.isEmpty() || rawPath.charAt(0) != '/') {
      throw new AmbiguousPath("the path must begin with a slash");
    }
    if (rawPath.length() > MAX_LENGTH) {
      throw new AmbiguousPath("the path is longer than " + MAX_LENGTH + " characters");
    }
    List<String> segments = new ArrayList<>(8);
    for (int from = 1; from < rawPath.length(); ) {
      int slash = rawPath.indexOf('/', from);
      int to = slash < 0 ? rawPath.length() : slash;
      segments.add(segment(rawPath, from, to));
      if (slash == rawPath.length() - 1) {
        throw new AmbiguousPath("the path must not end with a slash");
      }
      from = to + 1;
    }
    return segments;
  }

  private static String segment(String path, int from, int to) throws AmbiguousPath {
    if (from == to) {
      throw new AmbiguousPath("the path must not contain two slashes in a row");
    }
    boolean encoded = false;
    for (int i = from; i < to; i++) {
      char c = path.charAt(i);
      encoded |= c == '%';
      checkLiteral(c);
    }
    String text = encoded ? decoded(path, from, to) : path.substring(from, to);
    if (text.equals(".") || text.equals("..")) {
      throw new AmbiguousPath("the path must not contain . or .. as a segment");
    }
    return text;
  }

  private static void checkLiteral(char c) throws AmbiguousPath {
    if (c == ';') {
      throw new AmbiguousPath("the path must not contain a semicolon");
    }
    if (c <= ' ' || c >= 0x7f || c == '\\' || c == '?' || c == '#') {
      throw new AmbiguousPath("the path contains a character that must be percent-encoded");
    }
  }

  private static String decoded(String path, int from, int to) throws AmbiguousPath {
    ByteBuffer bytes = ByteBuffer.allocate(to - from);
    for (int i = from; i < to; i++) {
      char c = path.charAt(i);
      if (c == '%') {
        bytes.put((byte) octet(path, i, to));
        i += 2;
      } else {
        bytes.put((byte) c);
      }
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
    } catch (CharacterCodingException notUtf8) {
      throw new AmbiguousPath("the percent-encoded characters of the path must be UTF-8");
    }
  }

  /** The octet of a percent-encoding, if it stands for nothing that has a meaning in paths. */
  private static int octet(String path, int at, int to) throws AmbiguousPath {
    int high = at + 2 < to ? Character.digit(path.charAt(at + 1), 16) : -1;
    int low = at + 2 < to ? Character.digit(path.charAt(at + 2), 16) : -1;
    if (high < 0 || low < 0) {
      throw new AmbiguousPath("the path contains a percent sign without two hexadecimal digits");
    }
    int octet = high << 4 | low;
    if (NormalUri.isUnreserved((char) octet)) {
      throw new AmbiguousPath(
          "the path must not percent-encode letters, digits, hyphen, dot, underscore and tilde");
    }
    if (octet < ' ' || octet == 0x7f || "/\\;%?#".indexOf(octet) >= 0) {
      throw new AmbiguousPath(
          "the path must not contain an encoded slash, backslash, semicolon, percent sign, question"
              + " mark, number sign or control character");
    }
    return octet;
  }
}
