package io.github.fapipack.scheme;

import com.fasterxml.jackson.annotation.JsonValue;
import io.github.fapipack.rule.JsonName;

/**
 * What a member does for an organisation: a group of the Keycloak organization with this name. A
 * member with no duty sees everything of the organisation and changes nothing.
 */
public enum Duty {
  /** Decides about people and roles, and does all that is technical. */
  ADMINISTRATORS,
  /** Manages software, keys and certificates. */
  TECHNICAL;

  /** The name of the group. */
  @JsonValue
  public String group() {
    return JsonName.of(this);
  }
}
