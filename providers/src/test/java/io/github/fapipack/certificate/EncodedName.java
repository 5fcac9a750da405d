package io.github.fapipack.certificate;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.security.auth.x500.X500Principal;

/** Encodes names as certificates hold them, in whatever string types. */
final class EncodedName {
  static final int UTF8 = 0x0c;
  static final int PRINTABLE = 0x13;
  static final int T61 = 0x14;
  static final int IA5 = 0x16;
  static final int BMP = 0x1e;

  private final List<byte[]> rdns = new ArrayList<>();

  /** Adds an RDN of one attribute. */
  EncodedName rdn(String oid, int tag, String value) {
    return rdn(attribute(oid, tag, value));
  }

  /** Adds an RDN of these attributes. */
  EncodedName rdn(byte[]... attributes) {
    rdns.add(tlv(0x31, join(List.of(attributes))));
    return this;
  }

  X500Principal build() {
    return new X500Principal(tlv(0x30, join(rdns)));
  }

  static byte[] attribute(String oid, int tag, String value) {
    return attribute(
        oid,
        tag,
        value.getBytes(
            switch (tag) {
              case BMP -> StandardCharsets.UTF_16BE;
              case T61 -> StandardCharsets.ISO_8859_1;
              default -> StandardCharsets.UTF_8;
            }));
  }

  static byte[] attribute(String oid, int tag, byte[] value) {
    return tlv(0x30, join(List.of(oid(oid), tlv(tag, value))));
  }

  private static byte[] oid(String dotted) {
    String[] arcs = dotted.split("\\.");
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    arc(octets, Long.parseLong(arcs[0]) * 40 + Long.parseLong(arcs[1]));
    for (int i = 2; i < arcs.length; i++) {
      arc(octets, Long.parseLong(arcs[i]));
    }
    return tlv(0x06, octets.toByteArray());
  }

  private static void arc(ByteArrayOutputStream octets, long arc) {
    for (int shift = 56; shift > 0; shift -= 7) {
      if (arc >> shift != 0) {
        octets.write((int) (((arc >> shift) & 0x7f) | 0x80));
      }
    }
    octets.write((int) (arc & 0x7f));
  }

  private static byte[] tlv(int tag, byte[] content) {
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    octets.write(tag);
    if (content.length < 0x80) {
      octets.write(content.length);
    } else {
      octets.write(0x82);
      octets.write(content.length >> 8);
      octets.write(content.length);
    }
    octets.writeBytes(content);
    return octets.toByteArray();
  }

  private static byte[] join(List<byte[]> parts) {
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    parts.forEach(octets::writeBytes);
    return octets.toByteArray();
  }
}
