package io.github.fapipack.scheme;

import com.fasterxml.jackson.annotation.JsonValue;
import io.github.fapipack.rule.JsonName;
import java.util.Arrays;
import java.util.Optional;

/** What the scheme says of an organisation, a role, a software or a proof, the best one first. */
public enum Standing {
  ACTIVE,
  /** Applied for; the operator has not decided yet. */
  PENDING,
  /** Ended for a while. */
  SUSPENDED,
  /** Ended for good. */
  WITHDRAWN;

  /** The worse of two. */
  public Standing worse(Standing other) {
    return compareTo(other) < 0 ? other : this;
  }

  /** The name in JSON and in forms. */
  @JsonValue
  public String jsonName() {
    return JsonName.of(this);
  }

  /** The one with a name in JSON. */
  public static Optional<Standing> named(String name) {
    return Arrays.stream(values()).filter(standing -> standing.jsonName().equals(name)).findFirst();
  }
}
