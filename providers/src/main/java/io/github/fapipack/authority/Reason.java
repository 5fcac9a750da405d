package io.github.fapipack.authority;

import com.fasterxml.jackson.annotation.JsonValue;
import io.github.fapipack.rule.JsonName;

/** Why a certificate was revoked (RFC 5280 5.3.1). */
public enum Reason {
  UNSPECIFIED(0),
  KEY_COMPROMISE(1),
  AFFILIATION_CHANGED(3),
  SUPERSEDED(4),
  CESSATION_OF_OPERATION(5),
  PRIVILEGE_WITHDRAWN(9);

  private final int code;

  Reason(int code) {
    this.code = code;
  }

  /** The value of CRLReason. */
  public int code() {
    return code;
  }

  /** The name in JSON and in forms. */
  @JsonValue
  public String jsonName() {
    return JsonName.of(this);
  }
}
