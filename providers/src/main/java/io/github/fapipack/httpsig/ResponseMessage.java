package io.github.fapipack.httpsig;

import java.util.List;

/**
 * A response.
 *
 * @param request the request that it answers, as it was sent: what {@code ;req} refers to
 */
public record ResponseMessage(int status, List<HttpField> fields, RequestMessage request)
    implements HttpMessage {

  public ResponseMessage {
    fields = List.copyOf(fields);
  }

  /** This response with some more header fields. */
  public ResponseMessage with(List<HttpField> more) {
    return new ResponseMessage(status, HttpMessage.append(fields, more), request);
  }
}
