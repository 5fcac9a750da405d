package io.github.fapipack.httpsig;

import java.util.List;

/**
 * A request.
 *
 * @param method as sent; its case counts
 * @param targetUri the whole target URI as the client meant it, with its query, whatever proxies
 *     made of it; {@code @authority}, {@code @scheme}, {@code @path} and {@code @query} are parts
 *     of it
 */
public record RequestMessage(String method, String targetUri, List<HttpField> fields)
    implements HttpMessage {

  public RequestMessage {
    fields = List.copyOf(fields);
  }

  /** This request with some more header fields. */
  public RequestMessage with(List<HttpField> more) {
    return new RequestMessage(method, targetUri, HttpMessage.append(fields, more));
  }
}
