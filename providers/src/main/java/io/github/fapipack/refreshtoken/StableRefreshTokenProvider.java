package io.github.fapipack.refreshtoken;

import io.github.fapipack.keycloak.PlainFactory;
import io.github.fapipack.rule.Clause;
import io.github.fapipack.token.RejectRefreshTokenRotation;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.UriInfo;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.keycloak.OAuthErrorException;
import org.keycloak.common.ClientConnection;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.models.utils.RealmModelDelegate;
import org.keycloak.models.utils.SessionExpirationUtils;
import org.keycloak.protocol.oidc.TokenManager;
import org.keycloak.protocol.oidc.grants.OAuth2GrantType;
import org.keycloak.protocol.oidc.refresh.DefaultRefreshTokenProvider;
import org.keycloak.protocol.oidc.refresh.InitialRefreshTokenContext;
import org.keycloak.protocol.oidc.refresh.RefreshTokenContext;
import org.keycloak.protocol.oidc.refresh.RefreshTokenProvider;
import org.keycloak.protocol.oidc.refresh.RefreshTokenProviderFactory;
import org.keycloak.representations.AccessToken;
import org.keycloak.representations.RefreshToken;
import org.keycloak.util.TokenUtil;

/**
 * Issues a refresh token that stays the same: a refresh returns exactly the token that was sent.
 * Its {@code exp} is the end of session or approval; the idle time is checked here. Keycloak's own
 * tokens, as earlier releases issued them, are exchanged for such a token. All this is for clients
 * under {@link RejectRefreshTokenRotation}; if another client uses such a token, its idle time is
 * checked too.
 */
@Clause({"FAPI2-SP 5.3.2.1-9", "RFC9700 4.14.2-1"})
public final class StableRefreshTokenProvider extends DefaultRefreshTokenProvider {

  /** The id of this provider, written into its tokens. */
  private static final String ID = "fapi2-stable-refresh-token";

  /** A claim of tokens that were exchanged. */
  private static final String EXCHANGED = "fapi_exchanged";

  private static final Set<String> REFRESH_TOKENS =
      Set.of(TokenUtil.TOKEN_TYPE_REFRESH, TokenUtil.TOKEN_TYPE_OFFLINE);

  private RefreshToken refreshed;

  private StableRefreshTokenProvider(KeycloakSession session) {
    super(session);
  }

  /** Whether a token is a refresh token at all. */
  public static boolean isRefreshToken(AccessToken token) {
    return token.getType() != null && REFRESH_TOKENS.contains(token.getType());
  }

  /** Whether a token stays the same. */
  static boolean isOwn(RefreshToken token) {
    return ID.equals(token.getProvider());
  }

  /** Whether a token was issued by this provider since its authorization. */
  static boolean isFromTheStart(RefreshToken token) {
    return isOwn(token) && !token.getOtherClaims().containsKey(EXCHANGED);
  }

  /** Whether the client of the current request gets such tokens. */
  public static boolean isWanted(KeycloakSession session) {
    return RejectRefreshTokenRotation.isActive(session);
  }

  /** Whether an authorization is identified by the id of this refresh token. */
  public static boolean standsForAuthorization(KeycloakSession session, RefreshToken token) {
    return isOwn(token) || isWanted(session);
  }

  @Override
  public boolean supports(InitialRefreshTokenContext context) {
    return isWanted(session);
  }

  @Override
  public RefreshToken generateRefreshToken(InitialRefreshTokenContext context) {
    RefreshToken made = super.generateRefreshToken(context);
    AuthenticatedClientSessionModel clientSession = clientSession(context);
    boolean same = refreshed != null && isOwn(refreshed);
    RefreshToken token = same ? refreshed : made;
    if (!same) {
      token.exp(end(clientSession));
    }
    RefreshTokenIdleTime idleTime = new RefreshTokenIdleTime(clientSession);
    if (refreshed != null) {
      if (!same) {
        exchange(token);
      }
      idleTime.restart(token);
    }
    new RefreshTokenAnswer(idleTime.end(token), same).keep(session);
    return token;
  }

  /** The client session of the token; for the first offline token it was created just now. */
  private AuthenticatedClientSessionModel clientSession(InitialRefreshTokenContext context) {
    AuthenticatedClientSessionModel current = context.clientSessionCtx().getClientSession();
    if (!context.offlineTokenRequested() || current.getUserSession().isOffline()) {
      return current;
    }
    UserSessionModel offline =
        session
            .sessions()
            .getOfflineUserSession(current.getRealm(), current.getUserSession().getId());
    return offline.getAuthenticatedClientSessionByClient(current.getClient().getId());
  }

  /**
   * Returns the same token again if the older one is used again, because a response may be lost.
   */
  private void exchange(RefreshToken token) {
    token.id(refreshed.getId());
    token.iat(refreshed.getIat());
    token.setOtherClaims(EXCHANGED, true);
  }

  @Override
  protected RefreshToken createRefreshToken(
      AccessToken accessToken, AccessToken.Confirmation confirmation, String provider) {
    return super.createRefreshToken(accessToken, confirmation, ID);
  }

  /** The end of the session in seconds since the epoch, or null if it has none. */
  private static Long end(AuthenticatedClientSessionModel clientSession) {
    UserSessionModel userSession = clientSession.getUserSession();
    long end =
        SessionExpirationUtils.calculateClientSessionMaxLifespanTimestamp(
            userSession.isOffline(),
            userSession.isRememberMe(),
            TimeUnit.SECONDS.toMillis(clientSession.getStarted()),
            TimeUnit.SECONDS.toMillis(userSession.getStarted()),
            userSession.getRealm(),
            clientSession.getClient());
    return end > 0 ? TimeUnit.MILLISECONDS.toSeconds(end) : null;
  }

  @Override
  public boolean supports(RefreshTokenContext context) {
    RefreshToken token = context.oldRefreshToken();
    return super.supports(context)
        && (standsForAuthorization(session, token)
            || session.revokedTokens().contains(token.getId()));
  }

  @Override
  public TokenManager.AccessTokenResponseBuilder refreshAccessToken(RefreshTokenContext context)
      throws OAuthErrorException {
    refreshed = context.oldRefreshToken();
    return super.refreshAccessToken(stable(session, context));
  }

  @Override
  protected TokenManager.TokenValidation validateToken(
      KeycloakSession session,
      UriInfo uri,
      ClientConnection connection,
      RealmModel realm,
      RefreshToken token,
      HttpHeaders headers,
      String scope,
      ClientModel client,
      TokenManager tokens,
      EventBuilder event)
      throws OAuthErrorException {
    if (session.revokedTokens().contains(token.getId())) {
      throw new OAuthErrorException(
          OAuthErrorException.INVALID_GRANT, "the refresh token was revoked; ask the user again");
    }
    TokenManager.TokenValidation valid =
        super.validateToken(
            session, uri, connection, realm, token, headers, scope, client, tokens, event);
    if (isIdle(token, valid.clientSessionCtx.getClientSession())) {
      throw new OAuthErrorException(
          OAuthErrorException.INVALID_GRANT,
          "the refresh token was not used for too long; ask the user again");
    }
    return valid;
  }

  /** Whether a token that stays the same was unused for too long. */
  public static boolean isIdle(RefreshToken token, AuthenticatedClientSessionModel clientSession) {
    return isOwn(token) && new RefreshTokenIdleTime(clientSession).isOver(token);
  }

  /** The same refresh in a realm without rotation, if the rule applies to the client. */
  public static RefreshTokenContext stable(KeycloakSession session, RefreshTokenContext context) {
    return isWanted(session)
        ? new RefreshTokenContext(
            context.oldRefreshToken(),
            new WithoutRotation(context.grantContext()),
            context.grant(),
            context.tokenManager(),
            context.scopeParameter(),
            context.resourceParameter())
        : context;
  }

  /** The same request in a realm without rotation. */
  private static final class WithoutRotation extends OAuth2GrantType.Context {

    WithoutRotation(OAuth2GrantType.Context original) {
      super(
          original.getSession(),
          original.getClientConfig(),
          original.getClientAuthAttributes(),
          original.getFormParams(),
          original.getEvent(),
          original.getCors(),
          original.getTokenManager());
      realm = new RealmView(original.getRealm());
    }
  }

  private static final class RealmView extends RealmModelDelegate {

    RealmView(RealmModel realm) {
      super(realm);
    }

    @Override
    public boolean isRevokeRefreshToken() {
      return false;
    }
  }

  /** Creates the provider; asked before Keycloak's own. */
  public static final class Factory
      implements RefreshTokenProviderFactory, PlainFactory<RefreshTokenProvider> {

    @Override
    public RefreshTokenProvider create(KeycloakSession session) {
      return new StableRefreshTokenProvider(session);
    }

    @Override
    public String getId() {
      return ID;
    }

    @Override
    public int order() {
      return 100;
    }
  }
}
