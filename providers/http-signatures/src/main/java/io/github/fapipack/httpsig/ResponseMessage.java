package io.github.fapipack.httpsig;

import java.util.List;

/**
 * A response.
 *
 * @param request the request that it answers, as it was sent; {@code ;req} refers to it
 */
public record ResponseMessage(int status, List<HttpField> fields, RequestMessage request)
    implements HttpMessage {

  public ResponseMessage {
    fields = List.copyOf(fields);
  }

  /** A copy with further header fields. */
  public ResponseMessage with(List<HttpField> more) {
    return new ResponseMessage(status, HttpMessage.append(fields, more), request);
  }
}
