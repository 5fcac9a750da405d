package io.github.fapipack.authentication;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fapipack.request.ClientAssertion;
import io.github.fapipack.request.NumericDate;
import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.Refusal;
import io.github.fapipack.rule.Rule;
import io.github.fapipack.rule.RuleId;
import io.github.fapipack.rule.Setting;
import java.util.Optional;
import java.util.OptionalLong;
import org.keycloak.common.util.Time;

/**
 * A client assertion must be short-lived and unique: {@code exp} and {@code jti} are required,
 * {@code iat} and {@code nbf} are checked if present (FAPI2-SP 5.3.2.1-13).
 */
@RuleId("fapi2-limit-client-assertion-lifetime")
@Clause({"FAPI2-SP 5.3.2.1-13", "RFC7523 3-4", "RFC7523 3-5", "RFC7523 3-6", "RFC7523 3-7"})
public final class LimitClientAssertionLifetime
    extends Rule<LimitClientAssertionLifetime.Lifetime> {

  /**
   * Seconds by which a client's clock may be ahead. The specification requires that 10 are accepted
   * and more than 60 refused, and leaves the choice in between.
   */
  public static final int CLOCK_SKEW = 30;

  private static final int LONGEST_JTI = 256;

  /** The longest lifetime of an assertion. */
  public record Lifetime(
      @Setting(
              label = "Longest lifetime (seconds)",
              help = "Seconds for which a client assertion may be valid, from 10 to 3600.",
              value = "300")
          int maxSeconds) {

    public Lifetime {
      if (maxSeconds < 10 || maxSeconds > 3600) {
        throw new IllegalArgumentException("field 'maxSeconds' must be from 10 to 3600");
      }
    }
  }

  public LimitClientAssertionLifetime() {
    super(
        Lifetime.class, "Client assertions must expire soon and have an identifier of their own.");
  }

  @Override
  protected void check(Occasion occasion, Lifetime settings) throws Refusal {
    Optional<ClientAssertion> assertion = ClientAssertion.in(occasion.context());
    if (assertion.isPresent()) {
      checkClaims(assertion.get().claims(), settings.maxSeconds(), Time.currentTimeSeconds());
    }
  }

  public static void checkClaims(JsonNode claims, int maxSeconds, long now) throws Refusal {
    long expires =
        time(claims, "exp")
            .orElseThrow(() -> refusal("exp is missing; send it as a number of seconds"));
    OptionalLong issued = time(claims, "iat");
    OptionalLong notBefore = time(claims, "nbf");
    if (expires <= now) {
      throw refusal("exp has passed; sign a new assertion for each request");
    }
    if (issued.isPresent() && issued.getAsLong() > now + CLOCK_SKEW) {
      throw refusal("iat is in the future; set the clock right");
    }
    if (notBefore.isPresent() && notBefore.getAsLong() > now + CLOCK_SKEW) {
      throw refusal("nbf is in the future; set the clock right");
    }
    // Subtracted, not added: the client chooses these numbers, and a sum may overflow.
    if (expires - now > maxSeconds + CLOCK_SKEW
        || (issued.isPresent() && expires - maxSeconds > issued.getAsLong())) {
      throw refusal("exp is too far ahead; let it be valid for at most " + maxSeconds + " s");
    }
    checkIdentifier(claims.path("jti"));
  }

  private static void checkIdentifier(JsonNode jti) throws Refusal {
    if (!jti.isTextual() || jti.textValue().isBlank() || jti.textValue().length() > LONGEST_JTI) {
      throw refusal(
          "jti must be a string of 1 to " + LONGEST_JTI + " characters, never used twice");
    }
  }

  private static OptionalLong time(JsonNode claims, String name) throws Refusal {
    JsonNode value = claims.get(name);
    if (value == null) {
      return OptionalLong.empty();
    }
    OptionalLong time = NumericDate.of(value);
    if (time.isEmpty()) {
      throw refusal(name + " " + NumericDate.WANTED);
    }
    return time;
  }

  private static Refusal refusal(String what) {
    return Refusal.invalidClient("client_assertion: " + what);
  }
}
