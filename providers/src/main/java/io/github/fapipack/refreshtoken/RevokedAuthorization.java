package io.github.fapipack.refreshtoken;

import java.util.Optional;
import org.keycloak.common.util.Time;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RevokedTokenProvider;
import org.keycloak.protocol.oidc.token.TokenPostProcessor;
import org.keycloak.protocol.oidc.token.TokenPostProcessorContext;
import org.keycloak.protocol.oidc.token.TokenPostProcessorFactory;
import org.keycloak.representations.AccessToken;
import org.keycloak.representations.RefreshToken;
import org.keycloak.util.TokenUtil;

/**
 * One authorization of a client, which ends when its refresh token is revoked (RFC 7009 2.1).
 * Keycloak would end the client session, which all authorizations of the client in one browser
 * share.
 *
 * <p>The authorization is identified by the {@code jti} of its refresh token, which stays the same.
 * The {@code jti} of its access tokens contains it after Keycloak's own prefix: {@code
 * onrtac:authorization.token}.
 */
public final class RevokedAuthorization implements TokenPostProcessorFactory {

  private static final char END_OF_CONTEXT = ':';
  private static final char END_OF_AUTHORIZATION = '.';

  /** For tokens without an end; far longer than any approval. */
  private static final long TEN_YEARS = 10L * 365 * 24 * 60 * 60;

  @Override
  public TokenPostProcessor create(KeycloakSession session) {
    return context -> name(session, context);
  }

  private static void name(KeycloakSession session, TokenPostProcessorContext context) {
    RefreshToken token =
        context.refreshToken() == null ? context.requestRefreshToken() : context.refreshToken();
    AccessToken accessToken = context.accessToken();
    if (token != null
        && accessToken != null
        && StableRefreshTokenProvider.standsForAuthorization(session, token)) {
      int own = ownPart(accessToken);
      accessToken.id(
          accessToken.getId().substring(0, own)
              + token.getId()
              + END_OF_AUTHORIZATION
              + accessToken.getId().substring(own));
    }
  }

  private static int ownPart(AccessToken token) {
    return token.getId().indexOf(END_OF_CONTEXT) + 1;
  }

  /** The authorization that an access token names. */
  private static Optional<String> authorization(AccessToken token) {
    int own = ownPart(token);
    int end = token.getId().indexOf(END_OF_AUTHORIZATION, own);
    return end < 0 ? Optional.empty() : Optional.of(token.getId().substring(own, end));
  }

  /** Whether a token or its authorization was revoked. */
  public static boolean contains(KeycloakSession session, RealmModel realm, AccessToken token) {
    if (token.getId() == null) {
      return false;
    }
    RevokedTokenProvider revoked = session.revokedTokens();
    return revoked.contains(token.getId())
        || authorization(token)
            .or(() -> unnamed(realm.getClientByClientId(token.getIssuedFor()), token))
            .filter(revoked::contains)
            .isPresent();
  }

  /**
   * A common name for all authorizations of a client in one browser whose access tokens do not name
   * them, because an earlier release issued them. Refresh tokens have none.
   */
  private static Optional<String> unnamed(ClientModel client, AccessToken token) {
    return client == null
            || token.getSessionId() == null
            || StableRefreshTokenProvider.isRefreshToken(token)
        ? Optional.empty()
        : Optional.of(token.getSessionId() + END_OF_AUTHORIZATION + client.getId());
  }

  /**
   * Revokes access tokens of an earlier release that may belong to a refresh token of that release.
   */
  public static void revokeUnnamed(
      KeycloakSession session, ClientModel client, RefreshToken token) {
    if (!StableRefreshTokenProvider.isFromTheStart(token)) {
      unnamed(client, standIn(token)).ifPresent(all -> session.revokedTokens().put(all, TEN_YEARS));
    }
  }

  /**
   * An access token that represents the authorization of a refresh token in Keycloak's revocation,
   * which works by the ids of access tokens.
   */
  public static AccessToken standIn(RefreshToken token) {
    AccessToken standIn = new AccessToken();
    standIn.id(token.getId());
    standIn.type(TokenUtil.TOKEN_TYPE_BEARER);
    standIn.issuer(token.getIssuer());
    standIn.issuedFor(token.getIssuedFor());
    standIn.subject(token.getSubject());
    standIn.setSessionId(token.getSessionId());
    standIn.iat(token.getIat());
    standIn.exp(token.getExp() == null ? Time.currentTimeSeconds() + TEN_YEARS : token.getExp());
    return standIn;
  }

  @Override
  public String getId() {
    return "fapi2-revoked-authorization";
  }
}
