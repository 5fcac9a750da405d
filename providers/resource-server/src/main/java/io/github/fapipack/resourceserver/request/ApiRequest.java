package io.github.fapipack.resourceserver.request;

import io.github.fapipack.httpsig.HttpField;
import io.github.fapipack.resourceserver.refusal.Problem;
import io.github.fapipack.resourceserver.refusal.RefusedRequest;
import java.util.List;
import java.util.Optional;

/**
 * A request to the API, as an adapter got it.
 *
 * @param method as sent; case-sensitive
 * @param targetUri the whole URI with its query, percent-encoded as received
 * @param fields the header fields, in their order; one that came twice is there twice
 */
public record ApiRequest(
    String method, String targetUri, List<HttpField> fields, ApiBody body, Peer peer) {

  public ApiRequest {
    fields = List.copyOf(fields);
  }

  /** The values of a header field, in their order. */
  public List<String> values(String name) {
    return fields.stream()
        .filter(field -> field.name().equalsIgnoreCase(name))
        .map(HttpField::value)
        .toList();
  }

  /**
   * The value of a header field that may come once.
   *
   * @throws RefusedRequest if it came more than once
   */
  public Optional<String> single(String name) throws RefusedRequest {
    List<String> values = values(name);
    if (values.size() > 1) {
      throw new RefusedRequest(
          Problem.INVALID_REQUEST,
          "the header field %s came more than once; send it once".formatted(name),
          "RFC9110 5.3");
    }
    return values.stream().findFirst();
  }
}
