package io.github.fapipack.scheme;

import io.github.fapipack.rule.JsonName;

/** What the scheme says of an organisation, a role or a software. */
public enum Standing {
  /** Applied for; the operator has not decided yet. */
  PENDING,
  ACTIVE,
  /** Ended for a while. */
  SUSPENDED,
  /** Ended for good. */
  WITHDRAWN;

  /** The name in JSON and in forms. */
  public String jsonName() {
    return JsonName.of(this);
  }
}
