package io.github.fapipack.resourceserver.jws;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The hash of thumbprints, of {@code ath}, and of what is only to be known again. */
public final class Sha256 {
  private Sha256() {}

  /** The 32 bytes. */
  public static byte[] of(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException everyPlatformHasIt) {
      throw new IllegalStateException(everyPlatformHasIt);
    }
  }

  /** The same as JOSE writes it. */
  public static String base64Url(byte[] bytes) {
    return Base64Url.encode(of(bytes));
  }
}
