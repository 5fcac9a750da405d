package io.github.fapipack.it.consent;

import java.util.Arrays;
import java.util.Optional;

/** What a consent service can be asked for over HTTP. */
public enum Operation {
  FIND("GET", ""),
  AUTHORISE("POST", "authorisation"),
  REJECT("POST", "rejection"),
  REVOKE("POST", "revocation"),
  KEYS("GET", "jwks");

  private final String method;
  private final String place;

  Operation(String method, String place) {
    this.method = method;
    this.place = place;
  }

  /** The operation on a consent, by method and by what follows the consent's id in the path. */
  static Optional<Operation> of(String method, String place) {
    return Arrays.stream(values())
        .filter(each -> each != KEYS && each.method.equals(method) && each.place.equals(place))
        .findFirst();
  }
}
