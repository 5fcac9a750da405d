package io.github.fapipack.bridge;

import java.util.regex.Pattern;

/**
 * Which texts can be the id of a consent: 1 to 255 visible ASCII characters, without a quotation
 * mark and a backslash, and not all of them dots. So it can be a part of a scope (RFC 6749 3.3) and
 * a segment of an address, and every database stores it as it is.
 */
public final class ConsentId {

  private static final Pattern ID =
      Pattern.compile("(?!\\.+$)[\\x21\\x23-\\x5B\\x5D-\\x7E]{1,255}");

  private ConsentId() {}

  /** Whether a text can be the id of a consent; null cannot. */
  public static boolean isValid(String id) {
    return id != null && ID.matcher(id).matches();
  }
}
