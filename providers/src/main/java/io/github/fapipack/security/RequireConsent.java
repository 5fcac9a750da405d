package io.github.fapipack.security;

import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.ClientSettingRule;
import io.github.fapipack.rule.NoSettings;
import io.github.fapipack.rule.Occasion;
import org.keycloak.models.ClientModel;
import org.keycloak.representations.idm.ClientRepresentation;

/** The user sees who asks and for what, and consents, before a client gets anything of hers. */
@Clause("FAPI2-SP 5.3.2.2-13")
public final class RequireConsent extends ClientSettingRule<NoSettings> {

  public RequireConsent() {
    super(NoSettings.class, "Asks the user for consent, for every client.");
  }

  @Override
  protected void correct(ClientRepresentation proposed, NoSettings settings) {
    proposed.setConsentRequired(true);
  }

  @Override
  protected void correct(Occasion occasion, ClientModel client, NoSettings settings) {
    if (!client.isConsentRequired()) {
      occasion.correct(client, "consent required", () -> client.setConsentRequired(true));
    }
  }
}
