package io.github.fapipack.resourceserver.token;

import io.github.fapipack.resourceserver.jws.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** SHA-256 of a token, by which it is remembered; the token itself is not kept. */
record TokenHash(long first, long second, long third, long fourth) {

  static TokenHash of(String token) {
    ByteBuffer digest = ByteBuffer.wrap(Sha256.of(token.getBytes(StandardCharsets.ISO_8859_1)));
    return new TokenHash(digest.getLong(), digest.getLong(), digest.getLong(), digest.getLong());
  }

  @Override
  public int hashCode() {
    return Long.hashCode(first);
  }
}
