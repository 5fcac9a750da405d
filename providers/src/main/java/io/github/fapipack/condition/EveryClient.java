package io.github.fapipack.condition;

import io.github.fapipack.console.ConsoleToken;
import io.github.fapipack.console.Consoles;
import io.github.fapipack.occasion.GrantEvent;
import io.github.fapipack.occasion.ResourceRequestEvent;
import io.github.fapipack.occasion.TokenEvent;
import io.github.fapipack.rule.Condition;
import io.github.fapipack.rule.RuleId;
import io.github.fapipack.rule.Setting;
import java.util.List;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.clientpolicy.ClientPolicyContext;
import org.keycloak.services.clientpolicy.ClientPolicyEvent;
import org.keycloak.services.clientpolicy.ClientPolicyVote;

/**
 * Every client of the realm, except Keycloak's own consoles if they have Keycloak's own settings:
 * public clients of the server's own origin that use only the authorization code with PKCE and
 * whose tokens carry nothing more than needed. The policy does apply to a console whose settings
 * were extended, and to a token that only claims to be issued to a console.
 */
@RuleId("fapi2-every-client")
public final class EveryClient extends Condition<EveryClient.Settings> {

  /** Which of Keycloak's own consoles are exempt. */
  public record Settings(
      @Setting(
              label = "Exempt consoles",
              help =
                  "Keycloak's own consoles that keep working outside FAPI; no other client can be"
                      + " named here.",
              value = "account-console security-admin-console")
          List<String> exemptConsoles) {

    public Settings {
      if (!Consoles.CLIENT_IDS.containsAll(exemptConsoles)) {
        throw new IllegalArgumentException(
            "field 'exemptConsoles' can only name account-console and security-admin-console");
      }
    }
  }

  public EveryClient() {
    super(
        Settings.class,
        "Every client on every occasion, except the realm's own account and admin console as"
            + " Keycloak made them.");
  }

  @Override
  protected ClientPolicyVote vote(
      KeycloakSession session, ClientPolicyContext context, Settings settings) {
    if (context.getEvent() == ClientPolicyEvent.REGISTER || context instanceof GrantEvent) {
      return ClientPolicyVote.YES;
    }
    ClientModel client = client(session, context);
    // An administrator must be able to save a console to repair it; its settings are checked when
    // it is used.
    return client != null
            && settings.exemptConsoles().contains(client.getClientId())
            && (context.getEvent() == ClientPolicyEvent.UPDATE
                || (Consoles.areUntouched(client) && concernsConsoleOnly(session, context, client)))
        ? ClientPolicyVote.NO
        : ClientPolicyVote.YES;
  }

  /** If there is a token, its content decides, not the client that it names. */
  private static boolean concernsConsoleOnly(
      KeycloakSession session, ClientPolicyContext context, ClientModel console) {
    if (context instanceof ResourceRequestEvent request) {
      return ConsoleToken.isPresented(session, console, request.claims());
    }
    return !(context instanceof TokenEvent tokens)
        || tokens.accessToken() == null
        || ConsoleToken.isPlain(console, tokens.accessToken());
  }
}
