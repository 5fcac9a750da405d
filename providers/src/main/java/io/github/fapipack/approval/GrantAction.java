package io.github.fapipack.approval;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What an authorization request does to a grant (Grant Management 5.2). */
public enum GrantAction {
  CREATE,
  MERGE,
  REPLACE;

  /** The value of {@code grant_management_action}. */
  public String value() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The action with a value; empty for an unknown one. */
  public static Optional<GrantAction> of(String value) {
    return Arrays.stream(values()).filter(action -> action.value().equals(value)).findFirst();
  }
}
