package io.github.fapipack.authority;

import io.github.fapipack.rule.JsonName;

/** What a certificate is for. */
public enum Use {
  /** Mutual TLS as a client. */
  TRANSPORT,
  /** Signing JWTs. */
  SIGNING;

  /** The name in JSON and in forms. */
  public String jsonName() {
    return JsonName.of(this);
  }
}
