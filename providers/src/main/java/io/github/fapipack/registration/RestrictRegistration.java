package io.github.fapipack.registration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.client.ProposedClient;
import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.Endpoint;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.Refusal;
import io.github.fapipack.rule.Rule;
import io.github.fapipack.rule.RuleId;
import io.github.fapipack.rule.Setting;
import java.util.List;
import java.util.Map;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.services.clientpolicy.context.ClientCRUDContext;
import org.keycloak.services.clientpolicy.context.DynamicClientRegisterContext;
import org.keycloak.services.clientpolicy.context.DynamicClientUpdateContext;

/**
 * A registration or update without an administrator's token may set only client metadata of the
 * specifications. Keycloak's other client settings affect tokens, logins or pages: they must be
 * sent unchanged or left out.
 */
@RuleId("fapi2-restrict-registration")
@Clause({"RFC7592 2.2-4", "RFC7592 2.2-3", "RFC7591 5-3", "RFC7591 3.2.2-1"})
public final class RestrictRegistration extends Rule<RestrictRegistration.Settings> {

  /** What a registration may set beyond the metadata of the specifications. */
  public record Settings(
      @Setting(
              label = "Further members",
              help =
                  "Members and attributes of Keycloak's client representation that a registration"
                      + " may set as well, such as serviceAccountsEnabled.",
              value = "")
          List<String> members) {

    public Settings {
      members = members == null ? List.of() : List.copyOf(members);
    }
  }

  /**
   * Checked first, because their sentences say more than those for the members that come with them.
   */
  private static final List<String> TELLING = List.of("protocol", "authorizationSettings");

  public RestrictRegistration() {
    super(
        Settings.class,
        "Lets a registration set the client metadata of the specifications, and leaves everything"
            + " else to administrators.");
  }

  @Override
  public boolean isStanding() {
    return true;
  }

  @Override
  protected void check(Occasion occasion, Settings settings) throws Refusal {
    if (!(occasion.context() instanceof DynamicClientRegisterContext)
        && !(occasion.context() instanceof DynamicClientUpdateContext)) {
      return;
    }
    ClientCRUDContext saving = (ClientCRUDContext) occasion.context();
    ClientRepresentation proposed = saving.getProposedClientRepresentation();
    StorableClient.check(proposed);
    if (Registrar.isAdministrator(occasion.session(), saving.getToken())) {
      return;
    }
    ClientModel stored = saving.getTargetClient();
    if (!occasion.isEnforced()) {
      try {
        check(occasion, proposed, stored, settings);
      } finally {
        OwnMetadata.remember(proposed, stored);
      }
      return;
    }
    check(occasion, proposed, stored, settings);
    // Sent as it was read; Keycloak would misread one role as the text of a list.
    proposed.setDefaultRoles(null);
    if (stored != null && proposed.getWebOrigins() == null) {
      // If an administrator has removed all of them, Keycloak would derive them from the redirect
      // URIs.
      proposed.setWebOrigins(List.copyOf(stored.getWebOrigins()));
    }
    RegisteredScopes.keep(proposed, stored);
    OwnMetadata.hold(occasion.session(), proposed, stored);
  }

  private static void check(
      Occasion occasion, ClientRepresentation proposed, ClientModel stored, Settings settings)
      throws Refusal {
    StorableClient.checkSize(proposed);
    Baseline baseline = Baseline.of(occasion.session(), stored);
    boolean openIdConnect = isOpenIdConnect(occasion.session());
    Vouched vouched = Vouched.in(occasion.session());
    checkMembers(proposed, baseline, settings, vouched, openIdConnect);
    checkAttributes(proposed, baseline, settings, vouched, openIdConnect);
    if (!vouched.scopes()) {
      RegisteredScopes.check(occasion.realm(), proposed, stored, openIdConnect);
    }
    RegisteredText.check(proposed, stored, openIdConnect);
  }

  private static void checkMembers(
      ClientRepresentation proposed,
      Baseline baseline,
      Settings settings,
      Vouched vouched,
      boolean openIdConnect)
      throws Refusal {
    ObjectNode members = Baseline.json(proposed);
    for (String name : TELLING) {
      if (members.has(name) && !baseline.has(name, members.get(name))) {
        throw refusal(name, openIdConnect).at("/" + name);
      }
    }
    for (Map.Entry<String, ?> member : members.properties()) {
      String name = member.getKey();
      if (!ListedMembers.hasMember(name)
          && !settings.members().contains(name)
          && !vouched.hasMember(name)
          && !RegisteredScopes.MEMBERS.contains(name)
          && !name.equals("attributes")
          && !(name.equals("clientId") && baseline.isNew())
          && !baseline.has(name, members.get(name))) {
        throw refusal(name, openIdConnect).at("/" + name);
      }
    }
  }

  private static void checkAttributes(
      ClientRepresentation proposed,
      Baseline baseline,
      Settings settings,
      Vouched vouched,
      boolean openIdConnect)
      throws Refusal {
    if (proposed.getAttributes() == null) {
      return;
    }
    for (Map.Entry<String, String> attribute : proposed.getAttributes().entrySet()) {
      String name = attribute.getKey();
      if (!ListedMembers.hasAttribute(name)
          && !settings.members().contains(name)
          && !vouched.hasAttribute(name)
          && !baseline.hasAttribute(name, attribute.getValue())) {
        throw refusal(name, openIdConnect).at("/attributes/" + name);
      }
    }
  }

  static Refusal refusal(String member, boolean openIdConnect) {
    String name = ListedMembers.name(member, openIdConnect);
    return ProposedClient.refusal(
        (name.length() > 80 ? name.substring(0, 80) + "..." : name)
            + " is for an administrator to set; leave it out, or send it as it was read");
  }

  /** Whether the client is described in the format of RFC 7591 instead of Keycloak's own. */
  private static boolean isOpenIdConnect(KeycloakSession session) {
    return Endpoint.of(session) == Endpoint.OPENID_REGISTRATION;
  }
}
