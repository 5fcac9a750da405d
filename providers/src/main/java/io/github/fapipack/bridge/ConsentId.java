package io.github.fapipack.bridge;

import java.util.regex.Pattern;

/**
 * Which texts can be the id of a consent: 1 to 255 visible ASCII characters, not all of them dots.
 * So every database stores it as it is, and it can be a segment of an address.
 */
public final class ConsentId {

  private static final Pattern ID = Pattern.compile("(?!\\.+$)[\\x21-\\x7E]{1,255}");

  private ConsentId() {}

  /** Whether a text can be the id of a consent; null cannot. */
  public static boolean isValid(String id) {
    return id != null && ID.matcher(id).matches();
  }
}
