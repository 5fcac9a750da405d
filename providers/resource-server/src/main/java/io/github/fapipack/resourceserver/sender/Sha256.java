package io.github.fapipack.resourceserver.sender;

import io.github.fapipack.resourceserver.jws.Base64Url;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The hash of thumbprints and of {@code ath}. */
final class Sha256 {
  private Sha256() {}

  static String base64Url(byte[] bytes) {
    try {
      return Base64Url.encode(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException everyPlatformHasIt) {
      throw new IllegalStateException(everyPlatformHasIt);
    }
  }
}
