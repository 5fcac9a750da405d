package io.github.fapipack.trust;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fapipack.keys.SignedJwt;
import io.github.fapipack.request.NumericDate;
import io.github.fapipack.rule.Refusal;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.StreamSupport;
import org.keycloak.common.util.Time;

/**
 * Checks the times and the audience of a statement or a signed request.
 *
 * @param jwt what is checked
 * @param subject what it is called in sentences
 * @param error the error code
 */
record JwtLimits(SignedJwt jwt, String subject, String error) {

  /** Seconds by which the clock of the issuer may be ahead. */
  private static final int CLOCK_SKEW = 30;

  private static final int LONGEST_JTI = 256;

  /**
   * @param oldest seconds since {@code iat}, or null for no limit
   * @param longest seconds between {@code iat} and {@code exp}, or null for no limit
   * @param expires whether {@code exp} is required
   */
  void checkTimes(Integer oldest, Integer longest, boolean expires) throws Refusal {
    long now = Time.currentTime();
    OptionalLong issued = time("iat");
    OptionalLong end = time("exp");
    OptionalLong start = time("nbf");
    if (issued.isEmpty() && (oldest != null || longest != null)) {
      throw refusal("iat is missing");
    }
    if (end.isEmpty() && expires) {
      throw refusal("exp is missing");
    }
    if (issued.isPresent() && issued.getAsLong() > now + CLOCK_SKEW) {
      throw refusal("iat is in the future");
    }
    if (start.isPresent() && start.getAsLong() > now + CLOCK_SKEW) {
      throw refusal("nbf is in the future");
    }
    if (end.isPresent() && end.getAsLong() <= now) {
      throw refusal("exp has passed");
    }
    if (oldest != null && now - issued.getAsLong() > oldest) {
      throw refusal("iat is more than " + oldest + " s ago");
    }
    // Subtracted, not added: a sum of these numbers may overflow.
    if (longest != null && end.isPresent() && end.getAsLong() - longest > issued.getAsLong()) {
      throw refusal("exp is more than " + longest + " s after iat");
    }
  }

  private OptionalLong time(String claim) throws Refusal {
    JsonNode value = jwt.claims().get(claim);
    OptionalLong time = NumericDate.of(value);
    if (value != null && time.isEmpty()) {
      throw refusal(claim + " " + NumericDate.WANTED);
    }
    return time;
  }

  /**
   * @param expected the values of which {@code aud} must have one; empty for any audience
   */
  void checkAudience(List<String> expected) throws Refusal {
    JsonNode audience = jwt.claims().path("aud");
    boolean named =
        audience.isArray()
            ? StreamSupport.stream(audience.spliterator(), false)
                .anyMatch(one -> one.isTextual() && expected.contains(one.textValue()))
            : audience.isTextual() && expected.contains(audience.textValue());
    if (!expected.isEmpty() && !named) {
      throw refusal("aud does not name this server");
    }
  }

  /** The {@code jti}, which must be there. */
  String identifier() throws Refusal {
    String jti = jwt.text("jti").orElse("");
    if (jti.isEmpty() || jti.length() > LONGEST_JTI) {
      throw refusal("jti must be a string of 1 to " + LONGEST_JTI + " characters");
    }
    return jti;
  }

  /** Seconds after which the JWT is refused anyway, because of its age or its end. */
  long secondsLeft(Integer oldest) {
    long now = Time.currentTime();
    long end = NumericDate.of(jwt.claims().get("exp")).orElse(Long.MAX_VALUE);
    long issued = NumericDate.of(jwt.claims().get("iat")).orElse(now);
    if (oldest != null) {
      end = Math.min(end, issued + oldest);
    }
    return Math.max(1, end - now) + CLOCK_SKEW;
  }

  private Refusal refusal(String what) {
    return new Refusal(error, subject + ": " + what, "send a new one");
  }
}
