package io.github.fapipack.authorization;

import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.Refusal;
import io.github.fapipack.rule.Rule;
import io.github.fapipack.rule.RuleId;
import io.github.fapipack.rule.Setting;
import org.keycloak.common.util.Time;
import org.keycloak.services.clientpolicy.context.TokenRequestContext;

/**
 * An authorization code can be used for at most 60 seconds, even if the realm's setting is longer.
 */
@RuleId("fapi2-limit-code-lifetime")
@Clause("FAPI2-SP 5.3.2.1-11")
public final class LimitCodeLifetime extends Rule<LimitCodeLifetime.Settings> {

  private static final int LONGEST = 60;

  /** The longest lifetime. */
  public record Settings(
      @Setting(
              label = "Longest lifetime (seconds)",
              help = "Seconds from the authorization response to the token request, 60 at most.",
              value = "60")
          int seconds) {

    public Settings {
      if (seconds < 1 || seconds > LONGEST) {
        throw new IllegalArgumentException("field 'seconds' must be between 1 and 60");
      }
    }
  }

  public LimitCodeLifetime() {
    super(Settings.class, "Refuses authorization codes that are older than the limit.");
  }

  @Override
  protected void check(Occasion occasion, Settings settings) throws Refusal {
    if (!(occasion.context() instanceof TokenRequestContext request)) {
      return;
    }
    // For a code without time of issue, only the expiry is known: the time of issue plus the
    // present lifespan.
    int issued =
        CodeTime.ofCurrent(occasion.session())
            .orElseGet(
                () ->
                    request.getParseResult().getCodeData().getExpiration()
                        - occasion.realm().getAccessCodeLifespan());
    if (Time.currentTimeSeconds() > issued + settings.seconds()) {
      throw new Refusal("invalid_grant", "the authorization code is expired", "start again");
    }
  }
}
