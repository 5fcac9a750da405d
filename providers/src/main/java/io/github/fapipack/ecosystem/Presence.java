package io.github.fapipack.ecosystem;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether a member must be there. */
public enum Presence {
  @JsonProperty("required")
  REQUIRED,

  @JsonProperty("optional")
  OPTIONAL
}
