package io.github.fapipack.portal;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Text in the query of an address. */
final class Encoded {

  private Encoded() {}

  static String of(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
