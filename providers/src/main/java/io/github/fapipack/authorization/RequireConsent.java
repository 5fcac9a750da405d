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

/**
 * The user is shown which client asks and for what, and must consent before the client gets
 * anything.
 */
@RuleId("fapi2-require-consent")
@Clause({"FAPI2-SP 5.3.2.2-13", "FAPI1-BASE 5.2.2-12"})
public final class RequireConsent extends ClientSettingRule<NoSettings> {

  /**
   * Without this attribute Keycloak shows no consent page if a client asks only for {@code openid}.
   */
  private static final String SHOW_CLIENT = ClientScopeModel.DISPLAY_ON_CONSENT_SCREEN;

  /** Otherwise the page would list the client's own name as one of the requested scopes. */
  private static final String TEXT = ClientScopeModel.CONSENT_SCREEN_TEXT;

  /** A key in the message bundles of the pack's themes. */
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
        // The client was not proven before, so its settings could not be corrected and the user was
        // not asked.
        throw Refusal.invalidRequest(
            "the user was not asked for consent", "go back to the application and start again");
      }
    }
  }

  private static boolean isBlank(String text) {
    return text == null || text.isBlank();
  }
}
