package io.github.fapipack.publication;

import io.github.fapipack.rule.OAuthError;
import io.github.fapipack.scheme.SchemeFault;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import org.keycloak.OAuthErrorException;

/** Errors of the directory's API, as JSON. */
final class Errors {

  private Errors() {}

  /** An error, which nobody stores. */
  static Response response(Status status, String error, String sentence) {
    return OAuthError.response(status, error, sentence)
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .build();
  }

  /** What could not be done. */
  static Response of(SchemeFault fault) {
    String error =
        switch (fault.kind()) {
          case INVALID -> OAuthErrorException.INVALID_REQUEST;
          case FORBIDDEN -> OAuthErrorException.ACCESS_DENIED;
          case UNKNOWN -> "not_found";
          case CONFLICT -> "conflict";
          case TOO_LARGE -> "too_large";
          case TOO_MANY -> "too_many";
        };
    return response(Status.fromStatusCode(fault.kind().status()), error, fault.getMessage());
  }
}
