package io.github.fapipack.resourceserver.request;

import io.github.fapipack.httpsig.HttpField;
import io.github.fapipack.resourceserver.refusal.RefusedRequest;
import java.util.Optional;

/** Fields that the proxy sets, each once. A second one may be the caller's. */
final class ProxyFields {
  private ProxyFields() {}

  /**
   * The value; empty if the field is not there, or is empty.
   *
   * @throws RefusedRequest if it came more than once, or is longer than that
   */
  static Optional<String> single(ApiRequest received, String name, int longest)
      throws RefusedRequest {
    String value = null;
    for (HttpField field : received.fields()) {
      if (field.name().equalsIgnoreCase(name)) {
        if (value != null || field.value().length() > longest) {
          throw RequestSyntax.malformed(
              "a field of the proxy came more than once or is too long; the proxy must replace"
                  + " those of the caller",
              "RFC7239 8.1");
        }
        value = field.value().strip();
      }
    }
    return Optional.ofNullable(value).filter(text -> !text.isEmpty());
  }
}
