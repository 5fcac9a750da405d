package io.github.fapipack.resourceserver.request;

/** The text form of a UUID (RFC 4122 3). */
public final class Uuids {
  private static final int LENGTH = 36;

  private Uuids() {}

  /** Whether a text is a UUID: 32 hexadecimal digits in five groups. */
  public static boolean isUuid(String text) {
    if (text.length() != LENGTH) {
      return false;
    }
    for (int i = 0; i < LENGTH; i++) {
      char c = text.charAt(i);
      boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
      if (dash ? c != '-' : !isHexadecimal(c)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isHexadecimal(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
  }
}
