package io.github.fapipack.token;

import io.github.fapipack.occasion.TokenEvent;
import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.ClientSettingRule;
import io.github.fapipack.rule.NoSettings;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.Refusal;
import io.github.fapipack.rule.RuleId;
import org.keycloak.models.ClientModel;
import org.keycloak.representations.idm.ClientRepresentation;

/**
 * A token must contain only the roles that were assigned to its client, not all roles of its user.
 */
@RuleId("fapi2-reject-full-scope")
@Clause("FAPI2-SP 5.3.2.1-14")
public final class RejectFullScope extends ClientSettingRule<NoSettings> {

  public RejectFullScope() {
    super(NoSettings.class, "Switches 'full scope allowed' off, for every client.");
  }

  @Override
  protected void correct(ClientRepresentation proposed, NoSettings settings) {
    proposed.setFullScopeAllowed(false);
  }

  @Override
  protected void correct(Occasion occasion, ClientModel client, NoSettings settings)
      throws Refusal {
    if (!client.isFullScopeAllowed()) {
      return;
    }
    occasion.correct(client, "full scope off", stored -> stored.setFullScopeAllowed(false));
    if (occasion.context() instanceof TokenEvent && occasion.isEnforced()) {
      // The client was not proven before, so its setting could not be corrected, and the token has
      // all roles already.
      throw Refusal.invalidRequest(
          "the client no longer gets all roles of its user", "ask for a token again");
    }
  }
}
