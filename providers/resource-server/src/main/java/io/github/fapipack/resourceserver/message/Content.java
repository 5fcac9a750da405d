package io.github.fapipack.resourceserver.message;

import io.github.fapipack.resourceserver.refusal.Problem;
import io.github.fapipack.resourceserver.refusal.RefusedRequest;
import io.github.fapipack.resourceserver.request.ApiRequest;
import java.io.IOException;
import java.util.Locale;

/** The content of a request, and what it says to be. */
final class Content {
  private Content() {}

  /**
   * All bytes.
   *
   * @throws RefusedRequest if there are more than this API reads
   */
  static byte[] of(ApiRequest request, int limit) throws RefusedRequest {
    byte[] bytes;
    try {
      bytes = request.body().bytes();
    } catch (IOException tooLongOrEnded) {
      throw tooLarge();
    }
    if (bytes.length > limit) {
      throw tooLarge();
    }
    return bytes;
  }

  private static RefusedRequest tooLarge() {
    return new RefusedRequest(
        Problem.TOO_LARGE,
        "the content is longer than this API reads, or is not complete; send less",
        "RFC9110 15.5.14");
  }

  /** The media type in lower case, without parameters; empty if there is none. */
  static String type(ApiRequest request) throws RefusedRequest {
    String value = request.single("Content-Type").orElse("");
    int semicolon = value.indexOf(';');
    return (semicolon < 0 ? value : value.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
  }
}
