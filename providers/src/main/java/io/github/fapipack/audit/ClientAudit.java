package io.github.fapipack.audit;

import io.github.fapipack.condition.EveryClient;
import io.github.fapipack.console.Consoles;
import io.github.fapipack.profile.ProfileFile;
import io.github.fapipack.profile.RealmFields;
import io.github.fapipack.profile.Severity;
import io.github.fapipack.profile.StoredClient;
import io.github.fapipack.profile.Where;
import io.github.fapipack.rule.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.keycloak.models.CibaConfig;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OAuth2DeviceConfig;
import org.keycloak.protocol.oidc.OIDCConfigAttributes;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.representations.idm.ClientPolicyConditionRepresentation;
import org.keycloak.representations.idm.ClientRepresentation;

/**
 * Compares single clients with one profile; a client with broken data results in a finding, not in
 * an error.
 */
public final class ClientAudit {

  /** The result for a client as a whole. */
  public enum State {
    /** Nothing was found. */
    clean,
    /** Something was found. */
    findings,
    /** One of Keycloak's consoles with Keycloak's settings; the profile's policy exempts it. */
    exempt,
    /** Disabled, or without a flow in which it could get or use a token. */
    inactive,
    /** With another protocol than OpenID Connect. */
    other
  }

  /** The result for one client. */
  public record Result(Where where, State state, List<Finding> findings) {}

  public static final String BROKEN = "fapi-client-data";

  private static final Logger LOGGER = Logger.getLogger(ClientAudit.class);

  private final ProfileFile profile;
  private final List<String> exemptConsoles;
  private final BuiltInSwitches builtIn = new BuiltInSwitches();
  private final ProtocolsInUse otherProtocol = new ProtocolsInUse();
  private final List<ClientCheck> checks;

  public ClientAudit(ProfileFile profile, KeySetFetch fetch) {
    this.profile = profile;
    this.exemptConsoles = exemptConsoles(profile);
    this.checks =
        List.of(
            new FlowSwitches(),
            new Lifespans(),
            new ClientMappers(),
            new ClientKeySet(fetch),
            new RegisteredPowers());
  }

  /** The checks in addition to the rules. */
  public List<ClientCheck> checks() {
    List<ClientCheck> all = new ArrayList<>(checks);
    all.add(builtIn);
    all.add(otherProtocol);
    return all;
  }

  private static List<String> exemptConsoles(ProfileFile profile) {
    return profile.clientPolicies().stream()
        .flatMap(policy -> policy.getConditions().stream())
        .filter(condition -> Rule.id(EveryClient.class).equals(condition.getConditionProviderId()))
        .map(ClientPolicyConditionRepresentation::getConfiguration)
        .map(settings -> settings.path("exemptConsoles"))
        .flatMap(names -> RealmFields.texts(names).stream())
        .toList();
  }

  public Result of(KeycloakSession session, ClientModel client) {
    List<Finding> findings = new ArrayList<>();
    Where where = new Where(Where.Kind.client, client.getClientId(), client.getId(), "");
    State state;
    try {
      state = audit(session, client, CitedClause.in(profile, findings::add));
      state = state == State.clean && !findings.isEmpty() ? State.findings : state;
    } catch (RuntimeException e) {
      LOGGER.debugf(e, "Client '%s' cannot be audited", client.getClientId());
      findings.add(
          new Finding(
              Severity.ERROR,
              BROKEN,
              null,
              where,
              "the client's data are broken and cannot be checked",
              "delete the client and register it again",
              List.of()));
      state = State.findings;
    }
    return new Result(where, state, findings);
  }

  /** The client's state: clean, unless there are findings. */
  private State audit(KeycloakSession session, ClientModel stored, Consumer<Finding> findings) {
    if (stored.getProtocol() != null
        && !OIDCLoginProtocol.LOGIN_PROTOCOL.equals(stored.getProtocol())) {
      otherProtocol.check(
          new ClientUnderAudit(
              session, profile, stored, new StoredClient(stored, session), findings));
      return State.other;
    }
    if (exemptConsoles.contains(stored.getClientId()) && Consoles.areUntouched(stored)) {
      return State.exempt;
    }
    if (isInternal(session, stored)) {
      return State.inactive;
    }
    ClientRepresentation proposed = new StoredClient(stored, session);
    if (isInactive(proposed)) {
      return State.inactive;
    }
    ClientUnderAudit client = new ClientUnderAudit(session, profile, stored, proposed, findings);
    builtIn.check(client);
    if (!isInactive(proposed)) {
      checks.forEach(check -> check.check(client));
      ClientRules.check(client);
    }
    return State.clean;
  }

  /**
   * Whether it is the client for the realm's fine-grained admin permissions: Keycloak lets nobody
   * change it, and the pack's rules let nobody use it.
   */
  public static boolean isInternal(KeycloakSession session, ClientModel client) {
    ClientModel internal = session.getContext().getRealm().getAdminPermissionsClient();
    return internal != null && internal.getId().equals(client.getId());
  }

  /** Such a client cannot do anything; if it is enabled, it is saved and the policy checks it. */
  private static boolean isInactive(ClientRepresentation client) {
    return !Boolean.TRUE.equals(client.isEnabled())
        || Boolean.TRUE.equals(client.isBearerOnly())
        || (Boolean.TRUE.equals(client.isPublicClient()) && !hasFlow(client));
  }

  private static boolean hasFlow(ClientRepresentation client) {
    return Boolean.TRUE.equals(client.isStandardFlowEnabled())
        || Boolean.TRUE.equals(client.isImplicitFlowEnabled())
        || Boolean.TRUE.equals(client.isDirectAccessGrantsEnabled())
        || List.of(
                OAuth2DeviceConfig.OAUTH2_DEVICE_AUTHORIZATION_GRANT_ENABLED,
                CibaConfig.OIDC_CIBA_GRANT_ENABLED,
                OIDCConfigAttributes.STANDARD_TOKEN_EXCHANGE_ENABLED,
                OIDCConfigAttributes.JWT_AUTHORIZATION_GRANT_ENABLED)
            .stream()
            .anyMatch(name -> Boolean.parseBoolean(client.getAttributes().get(name)));
  }
}
