package io.github.fapipack.httpsig;

import java.util.List;

/**
 * A request.
 *
 * @param method as sent; case-sensitive
 * @param targetUri the whole target URI as the client used it, with its query, even if proxies have
 *     changed it; {@code @authority}, {@code @scheme}, {@code @path} and {@code @query} are parts
 *     of it
 */
public record RequestMessage(String method, String targetUri, List<HttpField> fields)
    implements HttpMessage {

  public RequestMessage {
    fields = List.copyOf(fields);
  }

  /** A copy with further header fields. */
  public RequestMessage with(List<HttpField> more) {
    return new RequestMessage(method, targetUri, HttpMessage.append(fields, more));
  }
}
