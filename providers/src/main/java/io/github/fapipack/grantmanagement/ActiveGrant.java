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

/**
 * Checks the grant of a token: without its grant a token is not valid (Grant Management 6.5, 10).
 */
@Clause({"GM 6.5-5", "GM 10-2"})
public final class ActiveGrant {

  private ActiveGrant() {}

  /** The grant of a refresh token, if it has not ended or changed since. */
  public static Optional<Grant> of(KeycloakSession session, RealmModel realm, RefreshToken token) {
    return find(session, realm, token)
        .filter(grant -> GrantClaims.generation(token) == grant.generation());
  }

  /** The same, and nobody can change or revoke it until the session's transaction ends. */
  public static Optional<Grant> hold(
      KeycloakSession session, RealmModel realm, RefreshToken token) {
    return GrantClaims.grantId(token)
        .flatMap(id -> session.getProvider(Grants.class).hold(realm, id))
        .filter(grant -> GrantClaims.generation(token) == grant.generation());
  }

  /**
   * Whether a token is still backed: its authorization was not revoked, and its grant, if it has
   * one, exists and was not replaced since. A refresh token that is used as an access token must be
   * the latest of the grant. For a token without a session, the grant's user is registered for the
   * rest of the request.
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

  /** The same; adds the error to an event if the grant has ended. */
  public static boolean backs(
      KeycloakSession session, RealmModel realm, AccessToken token, EventBuilder event) {
    boolean living = backs(session, realm, token);
    if (!living) {
      event.detail(Details.REASON, "the grant has ended").error(Errors.INVALID_TOKEN);
    }
    return living;
  }

  /** A session for a response about an access token of a grant, if the token has none. */
  public static Optional<UserSessionUtil.UserSessionValidationResult> userSession(
      KeycloakSession session, ClientModel client, AccessToken token) {
    return token.getSessionId() == null
        ? find(session, client.getRealm(), token)
            .map(grant -> userSession(session, grant, client, token))
        : Optional.empty();
  }

  /**
   * A session of the grant's user for a response about one of its tokens. Keycloak finds the user
   * of a token without a session by its subject, which is not the user's id for a pairwise client.
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

  /** The grant that a token names, even if it has changed since. */
  public static Optional<Grant> find(KeycloakSession session, RealmModel realm, AccessToken token) {
    return GrantClaims.grantId(token)
        .flatMap(id -> session.getProvider(Grants.class).find(realm, id));
  }

  /**
   * Makes all tokens of a grant void, in a separate transaction: the requests that cause this are
   * often refused and rolled back.
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
