package io.github.fapipack.authority;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.regex.Pattern;

/** Serial numbers: positive, random, of 20 octets (RFC 5280 4.1.2.2). */
final class SerialNumber {

  private static final int BITS = 159;
  private static final Pattern HEX = Pattern.compile("[0-9a-f]{1,40}");

  private SerialNumber() {}

  static BigInteger random() {
    return new BigInteger(BITS, new SecureRandom()).setBit(BITS - 1);
  }

  /** As the list has it. */
  static String text(BigInteger serial) {
    return serial.toString(16);
  }

  /** What somebody has sent, as the list would have it; null if it is no serial number. */
  static String normal(String sent) {
    if (sent == null) {
      return null;
    }
    String text = sent.strip().toLowerCase(Locale.ROOT).replace(":", "");
    return HEX.matcher(text).matches() ? new BigInteger(text, 16).toString(16) : null;
  }
}
