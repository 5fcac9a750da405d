package io.github.fapipack.authorization;

import io.github.fapipack.client.ProposedClient;
import io.github.fapipack.occasion.LoginEvent;
import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.Refusal;
import io.github.fapipack.rule.Rule;
import io.github.fapipack.rule.RuleId;
import io.github.fapipack.rule.Setting;
import java.util.List;
import org.keycloak.OAuthErrorException;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.ClientModel;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.services.clientpolicy.ClientPolicyEvent;
import org.keycloak.services.clientpolicy.context.ClientCRUDContext;
import org.keycloak.services.clientpolicy.context.SamlAuthnRequestContext;

/**
 * Clients may use the listed protocols only. The other rules do not cover SAML assertions, which
 * may be unsigned and are not sender-constrained.
 */
@RuleId("fapi2-restrict-protocols")
@Clause("FAPI2-SP 5.1.2-p3")
public final class RestrictProtocols extends Rule<RestrictProtocols.Protocols> {

  /** The protocols that clients may use. */
  public record Protocols(
      @Setting(
              label = "Protocols",
              help =
                  "Protocols that clients may use: openid-connect, which the rules are about, and"
                      + " others that you answer for, such as saml.",
              value = OIDCLoginProtocol.LOGIN_PROTOCOL)
          List<String> protocols) {

    public Protocols {
      if (protocols == null || !protocols.contains(OIDCLoginProtocol.LOGIN_PROTOCOL)) {
        throw new IllegalArgumentException("field 'protocols' must name openid-connect");
      }
      protocols = List.copyOf(protocols);
    }
  }

  public RestrictProtocols() {
    super(Protocols.class, "Clients use only the listed protocols.");
  }

  @Override
  public boolean isStanding() {
    return true;
  }

  @Override
  protected void check(Occasion occasion, Protocols settings) throws Refusal {
    try {
      checkProtocol(occasion, settings);
    } catch (Refusal refusal) {
      if (!isLeftToTheAdministrator(occasion)) {
        throw refusal;
      }
    }
  }

  /**
   * Whether the realm had clients of other protocols before the rule existed: those keep working
   * until an administrator adds the rule to the profile.
   */
  private boolean isLeftToTheAdministrator(Occasion occasion) {
    String profiles = occasion.realm().getAttribute(Constants.CLIENT_PROFILES);
    return (profiles == null || !profiles.contains(getId()))
        && !inUse(occasion.session(), occasion.realm()).isEmpty();
  }

  /** The other protocols that enabled clients of a realm use. */
  public static List<String> inUse(KeycloakSession session, RealmModel realm) {
    return session
        .getProvider(JpaConnectionProvider.class)
        .getEntityManager()
        .createQuery(
            "select distinct c.protocol from ClientEntity c where c.realmId = :realm"
                + " and c.enabled = true and c.protocol is not null and c.protocol <> :own"
                + " order by c.protocol",
            String.class)
        .setParameter("realm", realm.getId())
        .setParameter("own", OIDCLoginProtocol.LOGIN_PROTOCOL)
        .getResultList();
  }

  private static void checkProtocol(Occasion occasion, Protocols settings) throws Refusal {
    if (occasion.context() instanceof ClientCRUDContext crud) {
      checkProposed(crud, settings);
    } else if (occasion.context() instanceof SamlAuthnRequestContext) {
      checkUse(protocolOf(occasion.client()), settings);
    } else if (occasion.context() instanceof LoginEvent login) {
      checkUse(login.protocol(), settings);
    }
  }

  private static void checkUse(String protocol, Protocols settings) throws Refusal {
    if (!isAllowed(protocol, settings)) {
      throw new Refusal(
          OAuthErrorException.ACCESS_DENIED,
          "logins by " + protocol + " are not served here",
          "use " + String.join(" or ", settings.protocols()));
    }
  }

  /** Switching such a client off, or changing its protocol, is allowed. */
  private static void checkProposed(ClientCRUDContext crud, Protocols settings) throws Refusal {
    ClientRepresentation proposed = crud.getProposedClientRepresentation();
    boolean registers = crud.getEvent() == ClientPolicyEvent.REGISTER;
    if (proposed == null || !(registers || crud.getEvent() == ClientPolicyEvent.UPDATE)) {
      return;
    }
    String protocol =
        proposed.getProtocol() != null || registers
            ? proposed.getProtocol()
            : protocolOf(crud.getTargetClient());
    boolean switchedOff = !registers && Boolean.FALSE.equals(proposed.isEnabled());
    if (!isAllowed(protocol, settings) && !switchedOff) {
      throw ProposedClient.refusal(
              "field 'protocol' must be one of "
                  + String.join(", ", settings.protocols())
                  + "; a client of another one can only be switched off")
          .at("/protocol");
    }
  }

  private static String protocolOf(ClientModel client) {
    return client == null ? null : client.getProtocol();
  }

  /** A client without a protocol uses OpenID Connect. */
  private static boolean isAllowed(String protocol, Protocols settings) {
    return protocol == null || settings.protocols().contains(protocol);
  }
}
