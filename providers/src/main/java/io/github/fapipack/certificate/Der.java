package io.github.fapipack.certificate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One value in the distinguished encoding rules (DER), the encoding of names in certificates.
 *
 * @param tag its first octet; longer tags are not used here
 * @param content the octets of the value
 */
record Der(int tag, byte[] content) {

  static final int OCTET_STRING = 0x04;
  static final int OID = 0x06;
  static final int SEQUENCE = 0x30;
  static final int SET = 0x31;

  private static final int LONG_FORM = 0x80;
  private static final int MOST_LENGTH_OCTETS = 3;

  /** Parses octets that are exactly one value. */
  static Der of(byte[] encoded) {
    List<Der> values = all(encoded);
    if (values.size() != 1) {
      throw new IllegalArgumentException("not one value");
    }
    return values.get(0);
  }

  /** The values inside a value with the given tag. */
  List<Der> in(int expected) {
    return all(expect(expected).content);
  }

  Der expect(int expected) {
    if (tag != expected) {
      throw new IllegalArgumentException("a value of another type");
    }
    return this;
  }

  private static List<Der> all(byte[] encoded) {
    List<Der> values = new ArrayList<>();
    int at = 0;
    while (at < encoded.length) {
      int tag = encoded[at] & 0xff;
      if (at + 1 >= encoded.length || (tag & 0x1f) == 0x1f) {
        throw new IllegalArgumentException("cut off, or a tag of several octets");
      }
      int length = encoded[at + 1] & 0xff;
      int start = at + 2;
      if (length >= LONG_FORM) {
        int octets = length - LONG_FORM;
        if (octets == 0 || octets > MOST_LENGTH_OCTETS || start + octets > encoded.length) {
          throw new IllegalArgumentException("a length that cannot be");
        }
        length = 0;
        for (int i = 0; i < octets; i++) {
          length = (length << 8) | (encoded[start + i] & 0xff);
        }
        start += octets;
      }
      if (length > encoded.length - start) {
        throw new IllegalArgumentException("cut off");
      }
      values.add(new Der(tag, Arrays.copyOfRange(encoded, start, start + length)));
      at = start + length;
    }
    return values;
  }

  /** An object identifier in dotted decimal. */
  String oid() {
    expect(OID);
    StringBuilder text = new StringBuilder();
    long arc = 0;
    for (int i = 0; i < content.length; i++) {
      if (arc > Long.MAX_VALUE >> 8) {
        throw new IllegalArgumentException("an OID that is too large");
      }
      arc = (arc << 7) | (content[i] & 0x7f);
      if (content[i] >= 0) {
        if (text.isEmpty()) {
          long first = Math.min(arc / 40, 2);
          text.append(first).append('.').append(arc - first * 40);
        } else {
          text.append('.').append(arc);
        }
        arc = 0;
      }
    }
    return text.toString();
  }
}
