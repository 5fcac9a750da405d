package io.github.fapipack.requestobject;

import io.github.fapipack.request.RequestObject;
import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.Refusal;
import io.github.fapipack.rule.Rule;
import io.github.fapipack.rule.RuleId;
import io.github.fapipack.rule.Setting;
import java.util.Optional;
import java.util.OptionalLong;
import org.keycloak.common.util.Time;

/** Requires that a request object states its validity period, and that the period is short. */
@RuleId("fapi2-limit-request-object-lifetime")
@Clause({
  "FAPI2-MS 5.3.1-3",
  "FAPI2-MS 5.3.1-4",
  "CIBA 7.1.1-2",
  "FAPI1-ADV 5.2.2-13",
  "FAPI1-ADV 5.2.2-17"
})
public final class LimitRequestObjectLifetime extends Rule<LimitRequestObjectLifetime.Lifetime> {

  /** Seconds by which a client's clock may be ahead (FAPI2-SP 5.3.2.1-13: from 10 to 60). */
  private static final int CLOCK_SKEW = 30;

  /** The longest validity period of a request object. */
  public record Lifetime(
      @Setting(
              label = "Longest lifetime",
              help = "Seconds from nbf to exp, and since nbf, from 60 to 3600.",
              value = "3600")
          int maxSeconds) {

    public Lifetime {
      if (maxSeconds < 60 || maxSeconds > 3600) {
        throw new IllegalArgumentException("field 'maxSeconds' must be from 60 to 3600");
      }
    }
  }

  public LimitRequestObjectLifetime() {
    super(Lifetime.class, "Request objects must have a short validity period (nbf and exp).");
  }

  @Override
  protected void check(Occasion occasion, Lifetime settings) throws Refusal {
    Optional<RequestObject> object = RequestObject.in(occasion);
    if (object.isPresent()) {
      checkTimes(object.get(), settings.maxSeconds(), Time.currentTimeSeconds());
    }
  }

  static void checkTimes(RequestObject object, int maxSeconds, long now) throws Refusal {
    long notBefore = required(object, "nbf");
    long expires = required(object, "exp");
    OptionalLong issued = object.time("iat");
    if (notBefore > now + CLOCK_SKEW) {
      throw object.refusal("nbf is in the future; set the clock right");
    }
    if (issued.isPresent() && issued.getAsLong() > now + CLOCK_SKEW) {
      throw object.refusal("iat is in the future; set the clock right");
    }
    if (expires <= now) {
      throw object.refusal("exp has passed; sign a new one for each request");
    }
    // Subtracted, not added: the client chooses these numbers, and a sum may overflow.
    if (now - notBefore > maxSeconds) {
      throw object.refusal("nbf is more than " + maxSeconds + " s ago; sign a new one");
    }
    if (expires - notBefore > maxSeconds) {
      throw object.refusal("exp must be at most " + maxSeconds + " s after nbf");
    }
  }

  private static long required(RequestObject object, String claim) throws Refusal {
    return object
        .time(claim)
        .orElseThrow(() -> object.refusal(claim + " is missing; send it as a number of seconds"));
  }
}
