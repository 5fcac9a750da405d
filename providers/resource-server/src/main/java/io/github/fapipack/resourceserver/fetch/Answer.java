package io.github.fapipack.resourceserver.fetch;

import java.util.Locale;

/**
 * What the issuer has answered.
 *
 * @param mediaType in lower case, without parameters; empty if there is none
 */
public record Answer(int status, String mediaType, byte[] body) {

  static String mediaTypeOf(String contentType) {
    int semicolon = contentType.indexOf(';');
    return (semicolon < 0 ? contentType : contentType.substring(0, semicolon))
        .strip()
        .toLowerCase(Locale.ROOT);
  }
}
