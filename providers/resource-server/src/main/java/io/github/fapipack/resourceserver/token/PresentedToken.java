package io.github.fapipack.resourceserver.token;

import io.github.fapipack.resourceserver.refusal.Problem;
import io.github.fapipack.resourceserver.refusal.RefusedRequest;
import io.github.fapipack.resourceserver.request.ApiRequest;

/** The token of a request, and the scheme with which it was presented. */
public record PresentedToken(Scheme scheme, String value) {

  /** How a token may be presented. */
  public enum Scheme {
    BEARER,
    DPOP
  }

  /** The token of a request: in the field Authorization, once, and nowhere else. */
  public static PresentedToken of(ApiRequest request) throws RefusedRequest {
    throw new RefusedRequest(
        Problem.NO_TOKEN, "send an access token in the field Authorization", "RFC6750 3");
  }
}
