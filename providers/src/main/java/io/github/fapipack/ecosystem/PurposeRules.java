package io.github.fapipack.ecosystem;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * The request parameter {@code purpose}, which is shown to the user.
 *
 * @param min the least number of Unicode characters
 * @param max the greatest number of Unicode characters
 * @param forbidden characters that it must not contain, besides control characters
 * @param required whether a request must have it
 */
@JsonNaming(SnakeCaseStrategy.class)
public record PurposeRules(int min, int max, String forbidden, boolean required) {

  public PurposeRules {
    forbidden = forbidden == null ? "" : forbidden;
    if (min > max) {
      throw new IllegalArgumentException("purpose.min must not be more than purpose.max");
    }
  }
}
