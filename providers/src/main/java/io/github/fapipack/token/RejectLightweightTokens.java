package io.github.fapipack.token;

import io.github.fapipack.client.ProposedClient;
import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.NoSettings;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.Refusal;
import io.github.fapipack.rule.Rule;
import io.github.fapipack.rule.RuleId;
import java.util.Optional;
import org.keycloak.models.Constants;

/**
 * Access tokens must contain what a resource server needs (RFC 9068 2.2). Lightweight ones leave it
 * out, and Keycloak's own userinfo endpoint refuses them. A client that has them already keeps them
 * until it is repaired.
 */
@RuleId("fapi2-reject-lightweight-tokens")
@Clause("RFC9068 2.2")
public final class RejectLightweightTokens extends Rule<NoSettings> {

  private static final String SWITCH = Constants.USE_LIGHTWEIGHT_ACCESS_TOKEN_ENABLED;

  public RejectLightweightTokens() {
    super(NoSettings.class, "Lets no client switch lightweight access tokens on.");
  }

  @Override
  public boolean isStanding() {
    return true;
  }

  @Override
  protected void check(Occasion occasion, NoSettings settings) throws Refusal {
    Optional<ProposedClient> proposed = ProposedClient.in(occasion.context());
    if (proposed.isPresent() && proposed.get().isOn(SWITCH) && proposed.get().changes(SWITCH)) {
      throw ProposedClient.refusal(
          SWITCH + " must be off; lightweight access tokens lack what resource servers check",
          SWITCH);
    }
  }
}
