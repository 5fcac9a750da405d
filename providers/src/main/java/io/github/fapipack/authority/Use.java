package io.github.fapipack.authority;

import com.fasterxml.jackson.annotation.JsonValue;
import io.github.fapipack.rule.JsonName;

/** What a certificate is for. */
public enum Use {
  /** Mutual TLS as a client. */
  TRANSPORT,
  /** Signing JWTs. */
  SIGNING;

  /** The name in JSON and in forms. */
  @JsonValue
  public String jsonName() {
    return JsonName.of(this);
  }
}
