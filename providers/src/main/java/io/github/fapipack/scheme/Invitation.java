package io.github.fapipack.scheme;

import io.github.fapipack.scheme.SchemeFault.Kind;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.keycloak.OAuth2Constants;
import org.keycloak.authentication.actiontoken.inviteorg.InviteOrgActionToken;
import org.keycloak.email.EmailException;
import org.keycloak.email.EmailTemplateProvider;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OrganizationInvitationModel;
import org.keycloak.models.OrganizationModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.organization.InvitationManager;
import org.keycloak.organization.OrganizationProvider;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.OIDCLoginProtocolService;
import org.keycloak.protocol.oidc.utils.OIDCResponseType;
import org.keycloak.services.Urls;
import org.keycloak.services.resources.LoginActionsService;
import org.keycloak.storage.adapter.InMemoryUserAdapter;

/**
 * Keycloak's invitation into an organization, as its admin API sends it: that one asks for an
 * administrator of the realm, and an organisation invites its people itself.
 */
final class Invitation {

  private static final Logger LOGGER = Logger.getLogger(Invitation.class);

  private final KeycloakSession session;
  private final RealmModel realm;
  private final OrganizationModel organization;

  Invitation(KeycloakSession session, RealmModel realm, OrganizationModel organization) {
    this.session = session;
    this.realm = realm;
    this.organization = organization;
  }

  void send(String email) {
    UserModel user = session.users().getUserByEmail(realm, email);
    if (user != null && organization.isMember(user)) {
      throw Workplace.conflict("this person is a member already");
    }
    if (user == null) {
      user = new InMemoryUserAdapter(session, realm, null);
      user.setEmail(email);
    }
    InvitationManager invitations =
        session.getProvider(OrganizationProvider.class).getInvitationManager();
    OrganizationInvitationModel invitation =
        invitations.create(organization, email, user.getFirstName(), user.getLastName());
    String link = link(user, invitation);
    invitation.setInviteLink(link);
    try {
      session
          .getProvider(EmailTemplateProvider.class)
          .setRealm(realm)
          .setUser(user)
          .sendOrgInviteEmail(
              organization,
              link,
              TimeUnit.SECONDS.toMinutes(realm.getActionTokenGeneratedByAdminLifespan()));
    } catch (EmailException e) {
      LOGGER.warnf(e, "Realm '%s': an invitation cannot be sent", realm.getName());
      session.getTransactionManager().setRollbackOnly();
      throw new SchemeFault(
          Kind.CONFLICT, null, "the mail cannot be sent; the operator must check the mail server");
    }
  }

  /** Somebody with an account confirms, somebody without one registers. */
  private String link(UserModel user, OrganizationInvitationModel invitation) {
    InviteOrgActionToken token =
        new InviteOrgActionToken(
            user.getId(),
            invitation.getExpiresAt(),
            user.getEmail(),
            Constants.ACCOUNT_MANAGEMENT_CLIENT_ID);
    token.setOrgId(organization.getId());
    token.id(invitation.getId());
    token.setRedirectUri(
        Urls.accountBase(session.getContext().getUri().getBaseUri())
            .path("/")
            .build(realm.getName())
            .toString());
    String key = token.serialize(session, realm, session.getContext().getUri());
    if (user.getId() != null) {
      return LoginActionsService.actionTokenProcessor(session.getContext().getUri())
          .queryParam("key", key)
          .build(realm.getName())
          .toString();
    }
    return OIDCLoginProtocolService.registrationsUrl(
            session.getContext().getUri().getBaseUriBuilder())
        .queryParam(OAuth2Constants.RESPONSE_TYPE, OIDCResponseType.CODE)
        .queryParam(Constants.CLIENT_ID, Constants.ACCOUNT_MANAGEMENT_CLIENT_ID)
        .queryParam(Constants.TOKEN, key)
        .buildFromMap(
            Map.of("realm", realm.getName(), "protocol", OIDCLoginProtocol.LOGIN_PROTOCOL))
        .toString();
  }
}
