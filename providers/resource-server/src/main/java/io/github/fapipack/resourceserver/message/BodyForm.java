package io.github.fapipack.resourceserver.message;

import io.github.fapipack.resourceserver.refusal.RefusedRequest;
import io.github.fapipack.resourceserver.request.ApiRequest;
import io.github.fapipack.resourceserver.token.AccessToken;

/** One way to sign a body. */
interface BodyForm {
  /** Where the clauses are: both ecosystems demand the same of their banks. */
  String CLAUSE = "RFC7515 5.2";

  /** Whether the body is signed in this way. */
  boolean isSigned(ApiRequest request) throws RefusedRequest;

  /** The refusal of a request that must be. */
  RefusedRequest missing();

  /** What was signed, if it is the client's and is for us, now and for the first time. */
  SignedBody verify(ApiRequest request, AccessToken token, byte[] content)
      throws RefusedRequest, BodyFault;
}
