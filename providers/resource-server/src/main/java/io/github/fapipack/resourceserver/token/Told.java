package io.github.fapipack.resourceserver.token;

import io.github.fapipack.resourceserver.refusal.RefusedRequest;

/** What came of an introspection: a token, or why there is none. */
record Told(AccessToken tokenOrNull, RefusedRequest refusalOrNull) {

  static Told good(AccessToken token) {
    return new Told(token, null);
  }

  static Told refused(RefusedRequest refusal) {
    return new Told(null, refusal);
  }

  boolean isGood() {
    return tokenOrNull != null;
  }

  AccessToken token() throws RefusedRequest {
    if (refusalOrNull != null) {
      throw refusalOrNull;
    }
    return tokenOrNull;
  }
}
