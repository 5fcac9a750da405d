package io.github.fapipack.identity;

import io.github.fapipack.ecosystem.EcosystemProfile;
import io.github.fapipack.ecosystem.EcosystemProfiles;
import io.github.fapipack.ecosystem.PurposeRules;
import io.github.fapipack.occasion.BackchannelRequestEvent;
import io.github.fapipack.request.SentParameter;
import io.github.fapipack.request.SentRequest;
import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.NoSettings;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.Refusal;
import io.github.fapipack.rule.Rule;
import io.github.fapipack.rule.RuleId;
import java.util.Optional;

/**
 * The parameter {@code purpose}, which is shown to the user, has the length and the characters that
 * the profile of the realm's ecosystem allows.
 */
@RuleId("fapi2-restrict-purpose")
@Clause("OIDC 3.1.2.1")
public final class RestrictPurpose extends Rule<NoSettings> {

  public RestrictPurpose() {
    super(NoSettings.class, "Accepts a purpose as the ecosystem allows it.");
  }

  @Override
  public boolean isStanding() {
    return true;
  }

  @Override
  protected void check(Occasion occasion, NoSettings settings) throws Refusal {
    if (!(occasion.context() instanceof BackchannelRequestEvent)
        && SentRequest.in(occasion.context()).isEmpty()) {
      return;
    }
    Optional<PurposeRules> rules =
        EcosystemProfiles.of(occasion.session()).inUse().map(EcosystemProfile::purpose);
    if (rules.isEmpty()) {
      return;
    }
    Optional<String> purpose = SentParameter.text(occasion, Purpose.PARAMETER);
    if (purpose.isPresent()) {
      Purpose.check(rules.get(), purpose.get());
    } else if (rules.get().required()) {
      throw Refusal.invalidRequest("the request has no purpose; say why the data are needed");
    }
  }
}
