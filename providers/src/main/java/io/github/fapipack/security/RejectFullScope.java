package io.github.fapipack.security;

import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.ClientSettingRule;
import io.github.fapipack.rule.NoSettings;
import io.github.fapipack.rule.Occasion;
import org.keycloak.models.ClientModel;
import org.keycloak.representations.idm.ClientRepresentation;

/** A token carries only the roles that its client was given, never all that its user has. */
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
  protected void correct(Occasion occasion, ClientModel client, NoSettings settings) {
    if (client.isFullScopeAllowed()) {
      occasion.correct(client, "full scope off", () -> client.setFullScopeAllowed(false));
    }
  }
}
