package io.github.fapipack.resourceserver.request;

import io.github.fapipack.resourceserver.refusal.RefusedRequest;

/** Turns a request as this server received it into the one that the caller has sent. */
public final class Frontend {
  private Frontend() {}

  /** Nothing stands before this API. */
  public static Frontend direct() {
    return new Frontend();
  }

  /** The request with the caller's URI and certificate. */
  public ApiRequest asSent(ApiRequest received) throws RefusedRequest {
    return received;
  }
}
