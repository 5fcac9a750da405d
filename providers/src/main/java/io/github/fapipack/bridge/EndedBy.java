package io.github.fapipack.bridge;

import io.github.fapipack.rule.JsonName;

/** Who has ended a consent. The names are stored. */
public enum EndedBy {
  /** The bank, whose consent service knows it already. */
  BANK,

  /** The user to whom it belongs. */
  USER,

  /** The client that uses it. */
  CLIENT,

  /** Somebody who administers the realm. */
  ADMINISTRATOR;

  /** As the bank's consent service is told. */
  public String value() {
    return JsonName.of(this);
  }
}
