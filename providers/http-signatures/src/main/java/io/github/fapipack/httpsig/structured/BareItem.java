package io.github.fapipack.httpsig.structured;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * A bare item (RFC 8941 3.3). The constructors refuse values that a structured field cannot
 * contain, with an {@link IllegalArgumentException}; the parser refuses them earlier.
 */
public sealed interface BareItem {

  /** The canonical serialization (RFC 8941 4.1.3.1). */
  String serialize();

  /** An integer of at most 15 digits (RFC 8941 3.3.1). */
  record IntegerItem(long value) implements BareItem {
    private static final long LARGEST = 999_999_999_999_999L;

    public IntegerItem {
      require(-LARGEST <= value && value <= LARGEST, "an integer has at most 15 digits");
    }

    @Override
    public String serialize() {
      return Long.toString(value);
    }
  }

  /**
   * A decimal of at most 12 digits and 3 after the point, rounded half to even (RFC 8941 3.3.2).
   */
  record DecimalItem(BigDecimal value) implements BareItem {
    private static final int FRACTION = 3;
    private static final BigDecimal LIMIT = BigDecimal.TEN.pow(12);

    public DecimalItem {
      require(value.abs().compareTo(LIMIT) < 0, "a decimal has at most 12 digits");
      value = value.setScale(FRACTION, RoundingMode.HALF_EVEN).stripTrailingZeros();
      require(value.abs().compareTo(LIMIT) < 0, "a decimal has at most 12 digits");
      if (value.scale() < 1) {
        value = value.setScale(1);
      }
    }

    @Override
    public String serialize() {
      return value.toPlainString();
    }
  }

  /** A string of printable ASCII (RFC 8941 3.3.3). */
  record StringItem(String value) implements BareItem {
    public StringItem {
      for (int i = 0; i < value.length(); i++) {
        char c = value.charAt(i);
        require(c >= ' ' && c <= '~', "a string is printable ASCII");
      }
    }

    @Override
    public String serialize() {
      if (value.indexOf('"') < 0 && value.indexOf('\\') < 0) {
        return '"' + value + '"';
      }
      return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
  }

  /** A token (RFC 8941 3.3.4). */
  record TokenItem(String value) implements BareItem {
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z*][!#$%&'*+.^_`|~0-9A-Za-z:/-]*+");

    public TokenItem {
      require(TOKEN.matcher(value).matches(), "a token begins with a letter or *");
    }

    @Override
    public String serialize() {
      return value;
    }
  }

  /** A boolean (RFC 8941 3.3.6). */
  record BooleanItem(boolean value) implements BareItem {
    public static final BooleanItem TRUE = new BooleanItem(true);

    @Override
    public String serialize() {
      return value ? "?1" : "?0";
    }
  }

  /** A byte sequence (RFC 8941 3.3.5). */
  final class BytesItem implements BareItem {
    private final byte[] value;

    public BytesItem(byte[] value) {
      this.value = value.clone();
    }

    public byte[] value() {
      return value.clone();
    }

    @Override
    public String serialize() {
      return ':' + Base64.getEncoder().encodeToString(value) + ':';
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof BytesItem bytes && Arrays.equals(value, bytes.value);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(value);
    }

    @Override
    public String toString() {
      return serialize();
    }
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
