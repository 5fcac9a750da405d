package io.github.fapipack.grantmanagement;

import io.github.fapipack.refreshtoken.RevokedAuthorization;
import io.github.fapipack.refreshtoken.StableRefreshTokenProvider;
import io.github.fapipack.rule.Clause;
import java.util.Optional;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.representations.AccessToken;
import org.keycloak.representations.RefreshToken;
import org.keycloak.services.util.UserSessionUtil;

/** A token is worth nothing without its grant (Grant Management 6.5, 10). */
@Clause({"GM 6.5-5", "GM 10-2"})
public final class LivingGrant {

  private LivingGrant() {}

  /** The grant that a refresh token stands for, if it has not ended or changed since. */
  public static Optional<Grant> of(KeycloakSession session, RealmModel realm, RefreshToken token) {
    return find(session, realm, token)
        .filter(grant -> GrantClaims.generation(token) == grant.generation());
  }

  /**
   * Whether the authorization behind an access token was not revoked, and its grant is still there
   * and was not replaced since; a token needs no grant. A refresh token that is shown in place of
   * one must be the grant's last. The user of a token that has no session is the grant's from here
   * on.
   */
  public static boolean backs(KeycloakSession session, RealmModel realm, AccessToken token) {
    if (RevokedAuthorization.contains(session, realm, token)) {
      return false;
    }
    if (GrantClaims.grantId(token).isEmpty()) {
      return true;
    }
    int generation = GrantClaims.generation(token);
    boolean refresh = StableRefreshTokenProvider.isRefreshToken(token);
    Optional<Grant> living =
        find(session, realm, token)
            .filter(
                grant ->
                    refresh ? generation == grant.generation() : generation >= grant.validFrom());
    if (token.getSessionId() == null && token.getSubject() != null) {
      living.ifPresent(grant -> GrantUsers.know(session, grant, token.getSubject()));
    }
    return living.isPresent();
  }

  /** The same, and tells an event of it where the grant has ended. */
  public static boolean backs(
      KeycloakSession session, RealmModel realm, AccessToken token, EventBuilder event) {
    boolean living = backs(session, realm, token);
    if (!living) {
      event.detail(Details.REASON, "the grant has ended").error(Errors.INVALID_TOKEN);
    }
    return living;
  }

  /** A session for an answer about an access token of a grant, if it has none of its own. */
  public static Optional<UserSessionUtil.UserSessionValidationResult> userSession(
      KeycloakSession session, ClientModel client, AccessToken token) {
    return token.getSessionId() == null
        ? find(session, client.getRealm(), token)
            .map(grant -> userSession(session, grant, client, token))
        : Optional.empty();
  }

  /**
   * A session of the grant's user for an answer about one of its tokens. Keycloak finds the user of
   * a token without a session by its subject, which for a pairwise client says nothing.
   */
  public static UserSessionUtil.UserSessionValidationResult userSession(
      KeycloakSession session, Grant grant, ClientModel client, AccessToken token) {
    String subject = token.getSubject();
    token.setSessionId(null);
    token.setSubject(grant.userId());
    try {
      return UserSessionUtil.findValidSessionForAccessToken(
          session, client.getRealm(), token, client, gone -> {});
    } finally {
      token.setSubject(subject);
    }
  }

  /** The grant that a token names, however it has changed since. */
  public static Optional<Grant> find(KeycloakSession session, RealmModel realm, AccessToken token) {
    return GrantClaims.grantId(token)
        .flatMap(id -> session.getProvider(Grants.class).find(realm, id));
  }

  /**
   * Makes all tokens of a grant void, in a transaction of its own: requests that call for it tend
   * to be refused, and are rolled back.
   */
  public static void voidTokens(KeycloakSession session, Grant grant) {
    KeycloakModelUtils.runJobInTransaction(
        session.getKeycloakSessionFactory(),
        other ->
            other
                .getProvider(Grants.class)
                .voidTokens(other.realms().getRealm(grant.realmId()), grant.id()));
  }
}
