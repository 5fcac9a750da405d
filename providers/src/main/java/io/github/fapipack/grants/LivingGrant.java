package io.github.fapipack.grants;

import io.github.fapipack.rar.TokenDetails;
import io.github.fapipack.rule.Clause;
import java.util.Optional;
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
        .filter(grant -> TokenDetails.generation(token) == grant.generation());
  }

  /**
   * Whether the grant behind an access token is still there, and was not replaced since; true for a
   * token without a grant. The user of a token that has no session is the grant's from here on.
   */
  public static boolean backs(KeycloakSession session, RealmModel realm, AccessToken token) {
    if (TokenDetails.grantId(token).isEmpty()) {
      return true;
    }
    Optional<Grant> living =
        find(session, realm, token)
            .filter(grant -> TokenDetails.generation(token) >= grant.validFrom());
    if (token.getSessionId() == null && token.getSubject() != null) {
      living.ifPresent(grant -> GrantUsers.know(session, grant, token.getSubject()));
    }
    return living.isPresent();
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
    return TokenDetails.grantId(token)
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
