package io.github.fapipack.resourceserver.refusal;

import java.util.Optional;

/**
 * What can be wrong with a request to an API: the status and the error code that the specification
 * of each one gives.
 */
public enum Problem {
  /** No access token at all; the challenge has no error code then (RFC 6750 3.1). */
  NO_TOKEN(401, null),
  /** The request is malformed, or sends a token in a way that is not allowed (RFC 6750 3.1). */
  INVALID_REQUEST(400, "invalid_request"),
  /** The token is unknown, expired, revoked, altered, or is not this sender's (RFC 6750 3.1). */
  INVALID_TOKEN(401, "invalid_token"),
  /** The proof does not fit the request (RFC 9449 7.1). */
  INVALID_DPOP_PROOF(401, "invalid_dpop_proof"),
  /** The proof needs a nonce of this API, which the answer brings (RFC 9449 9). */
  USE_DPOP_NONCE(401, "use_dpop_nonce"),
  /** The token lacks a scope (RFC 6750 3.1). */
  INSUFFICIENT_SCOPE(403, "insufficient_scope"),
  /** The user has to log in again, or more strongly (RFC 9470 3). */
  INSUFFICIENT_USER_AUTHENTICATION(401, "insufficient_user_authentication"),
  /** What was approved does not cover the request (RFC 9396; the code is this kit's). */
  INSUFFICIENT_AUTHORIZATION_DETAILS(403, "insufficient_authorization_details"),
  /** The signature of the message or of its body is missing or wrong. */
  INVALID_SIGNATURE(401, "invalid_signature"),
  /**
   * The body is not signed, or its signature is wrong: 400 in Brazil (Financial-grade API Security
   * Profile 1.0, clause on message content signing) and in the United Kingdom (Read/Write Data API
   * Profile, Message Signing).
   */
  BAD_SIGNATURE(400, "invalid_signature"),
  /** The jti of a signed body was used before: 403 in Brazil (same clause, 9). */
  USED_AGAIN(403, "invalid_request"),
  /** The API has no such operation (RFC 9110 15.5.5). */
  UNKNOWN_OPERATION(404, "invalid_request"),
  /** The body has another type than this API reads. */
  UNSUPPORTED_MEDIA_TYPE(415, "invalid_request"),
  /** The body, or a header field, is longer than this API reads. */
  TOO_LARGE(413, "invalid_request"),
  /** Something that the check needs does not answer; nothing is let through (RFC 9110 15.6.4). */
  UNAVAILABLE(503, "temporarily_unavailable");

  private final int status;
  private final String code;

  Problem(int status, String code) {
    this.status = status;
    this.code = code;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** The error code; empty if the answer has none. */
  public Optional<String> code() {
    return Optional.ofNullable(code);
  }
}
