package io.github.fapipack.ecosystem;

import com.fasterxml.jackson.annotation.JsonValue;
import io.github.fapipack.rule.JsonName;

/** What an ecosystem allows an organisation, or a software of it, to do; the worst comes last. */
public enum ParticipantState {
  /** Everything that the rules allow. */
  ACTIVE,
  /** No new authorization and no token; what users have granted is kept. */
  SUSPENDED,
  /** As suspended, and what users have granted has ended. */
  WITHDRAWN,
  /** The client is deleted. */
  REMOVED;

  /** The worse of two states. */
  public static ParticipantState worst(ParticipantState a, ParticipantState b) {
    return a.compareTo(b) < 0 ? b : a;
  }

  /** The name in JSON documents: {@code active}, {@code suspended} and so on. */
  @JsonValue
  public String jsonName() {
    return JsonName.of(this);
  }
}
