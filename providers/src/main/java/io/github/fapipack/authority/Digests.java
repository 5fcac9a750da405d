package io.github.fapipack.authority;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Digests that name keys and documents. */
final class Digests {

  private Digests() {}

  /** In lowercase hexadecimal. */
  static String sha256(byte[] content) {
    return HexFormat.of().formatHex(of("SHA-256", content));
  }

  static byte[] of(String algorithm, byte[] content) {
    try {
      return MessageDigest.getInstance(algorithm).digest(content);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
