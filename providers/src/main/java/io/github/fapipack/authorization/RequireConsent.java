package io.github.fapipack.authorization;

import io.github.fapipack.occasion.AuthorizationResponseEvent;
import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.ClientSettingRule;
import io.github.fapipack.rule.NoSettings;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.Refusal;
import io.github.fapipack.rule.RuleId;
import java.util.HashMap;
import java.util.Map;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.representations.idm.ClientRepresentation;

/** The user sees who asks and for what, and consents, before a client gets anything of hers. */
@RuleId("fapi2-require-consent")
@Clause({"FAPI2-SP 5.3.2.2-13", "FAPI1-BASE 5.2.2-12"})
public final class RequireConsent extends ClientSettingRule<NoSettings> {

  /** Without it Keycloak shows no page to a client that asks for nothing but {@code openid}. */
  private static final String SHOW_CLIENT = ClientScopeModel.DISPLAY_ON_CONSENT_SCREEN;

  /** Otherwise the page would list the client's own name among what it gets. */
  private static final String TEXT = ClientScopeModel.CONSENT_SCREEN_TEXT;

  /** In the message bundles of our themes. */
  public static final String IDENTITY = "${fapiIdentityConsentText}";

  public RequireConsent() {
    super(NoSettings.class, "Asks the user for consent, for every client.");
  }

  @Override
  protected void correct(ClientRepresentation proposed, NoSettings settings) {
    proposed.setConsentRequired(true);
    Map<String, String> attributes =
        proposed.getAttributes() == null ? new HashMap<>() : proposed.getAttributes();
    attributes.put(SHOW_CLIENT, "true");
    if (isBlank(attributes.get(TEXT))) {
      attributes.put(TEXT, IDENTITY);
    }
    proposed.setAttributes(attributes);
  }

  @Override
  protected void correct(Occasion occasion, ClientModel client, NoSettings settings)
      throws Refusal {
    if (!client.isConsentRequired()
        || !client.isDisplayOnConsentScreen()
        || isBlank(client.getAttribute(TEXT))) {
      occasion.correct(
          client,
          "consent required",
          stored -> {
            stored.setConsentRequired(true);
            stored.setAttribute(SHOW_CLIENT, "true");
            if (isBlank(stored.getAttribute(TEXT))) {
              stored.setAttribute(TEXT, IDENTITY);
            }
          });
      if (occasion.context() instanceof AuthorizationResponseEvent && occasion.isEnforced()) {
        // Nothing has proven the client before, and the user was not asked.
        throw Refusal.invalidRequest(
            "the user was not asked for consent", "go back to the application and start again");
      }
    }
  }

  private static boolean isBlank(String text) {
    return text == null || text.isBlank();
  }
}
