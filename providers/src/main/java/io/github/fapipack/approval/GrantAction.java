package io.github.fapipack.approval;

import io.github.fapipack.rule.JsonName;
import java.util.Arrays;
import java.util.Optional;

/** What an authorization request does to a grant (Grant Management 5.2). */
public enum GrantAction {
  CREATE,
  MERGE,
  REPLACE;

  /** The value of {@code grant_management_action}. */
  public String value() {
    return JsonName.of(this);
  }

  /** The action with a value; empty for an unknown one. */
  public static Optional<GrantAction> of(String value) {
    return Arrays.stream(values()).filter(action -> action.value().equals(value)).findFirst();
  }
}
