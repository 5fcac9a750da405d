package io.github.fapipack.rar;

import io.github.fapipack.grantmanagement.Grant;
import io.github.fapipack.grantmanagement.GrantClaims;
import io.github.fapipack.keycloak.PlainFactory;
import io.github.fapipack.refreshtoken.RefreshTokenAnswer;
import io.github.fapipack.refreshtoken.StableRefreshTokenProvider;
import io.github.fapipack.rule.Clause;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.UriInfo;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.OAuthErrorException;
import org.keycloak.common.ClientConnection;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.TokenManager;
import org.keycloak.protocol.oidc.refresh.AbstractRefreshTokenProvider;
import org.keycloak.protocol.oidc.refresh.InitialRefreshTokenContext;
import org.keycloak.protocol.oidc.refresh.RefreshTokenContext;
import org.keycloak.protocol.oidc.refresh.RefreshTokenProvider;
import org.keycloak.protocol.oidc.refresh.RefreshTokenProviderFactory;
import org.keycloak.representations.RefreshToken;
import org.keycloak.services.Urls;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.services.managers.AuthenticationSessionManager;
import org.keycloak.services.managers.UserSessionManager;
import org.keycloak.services.util.DefaultClientSessionContext;
import org.keycloak.services.util.UserSessionUtil;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Refresh tokens of a grant: they end with the grant, even if the user's browser session ends
 * earlier.
 */
@Clause({"GM 5.6.3-1", "FAPI2-SP 6.1-p3"})
public final class GrantRefreshTokens extends AbstractRefreshTokenProvider {

  /** The id of this provider, written into its tokens. */
  static final String ID = GrantClaims.REFRESH_TOKEN_PROVIDER;

  private RefreshToken refreshed;

  private GrantRefreshTokens(KeycloakSession session) {
    super(session);
  }

  private Optional<Grant> grant() {
    return TokenDetails.of(session).map(TokenDetails::grant);
  }

  @Override
  public boolean supports(InitialRefreshTokenContext context) {
    return grant().isPresent();
  }

  @Override
  public RefreshToken generateRefreshToken(InitialRefreshTokenContext context) {
    if (refreshed != null && StableRefreshTokenProvider.isWanted(session)) {
      new RefreshTokenAnswer(null, true).keep(session);
      return refreshed;
    }
    RefreshToken token =
        createRefreshToken(context.responseBuilder().getAccessToken(), context.confirmation(), ID);
    Long end = grant().orElseThrow().expiresAt();
    token.exp(end);
    return token;
  }

  @Override
  public boolean supports(RefreshTokenContext context) {
    return grant().isPresent() && ID.equals(context.oldRefreshToken().getProvider());
  }

  @Override
  public TokenManager.AccessTokenResponseBuilder refreshAccessToken(RefreshTokenContext context)
      throws OAuthErrorException {
    refreshed = context.oldRefreshToken();
    return super.refreshAccessToken(StableRefreshTokenProvider.stable(session, context));
  }

  /** The user's session if it still exists, otherwise a transient one for this request. */
  @Override
  protected TokenManager.TokenValidation validateToken(
      KeycloakSession session,
      UriInfo uri,
      ClientConnection connection,
      RealmModel realm,
      RefreshToken old,
      HttpHeaders headers,
      String scope,
      ClientModel client,
      TokenManager tokens,
      EventBuilder event)
      throws OAuthErrorException {
    UserModel user = session.users().getUserById(realm, grant().orElseThrow().userId());
    if (user == null || !user.isEnabled()) {
      throw new OAuthErrorException(
          OAuthErrorException.INVALID_GRANT, "the user of the grant cannot log in any more");
    }
    UserSessionModel living =
        UserSessionUtil.findValidSessionForRefreshToken(session, realm, old, client, gone -> {})
            .getUserSession();
    ClientSessionContext context =
        living == null || !living.getUser().getId().equals(user.getId())
            ? session(user, client, connection, scope)
            : DefaultClientSessionContext.fromClientSessionAndScopeParameter(
                living.getAuthenticatedClientSessionByClient(client.getId()), scope, session);
    UserSessionModel userSession = context.getClientSession().getUserSession();
    event.session(userSession);
    return new TokenManager.TokenValidation(user, userSession, context);
  }

  private ClientSessionContext session(
      UserModel user, ClientModel client, ClientConnection connection, String scope) {
    RealmModel realm = client.getRealm();
    AuthenticationSessionModel authentication =
        new AuthenticationSessionManager(session)
            .createAuthenticationSession(realm, false)
            .createAuthenticationSession(client);
    authentication.setAuthenticatedUser(user);
    authentication.setProtocol(OIDCLoginProtocol.LOGIN_PROTOCOL);
    authentication.setClientNote(
        OIDCLoginProtocol.ISSUER,
        Urls.realmIssuer(session.getContext().getUri().getBaseUri(), realm.getName()));
    authentication.setClientNote(OIDCLoginProtocol.SCOPE_PARAM, scope);
    UserSessionModel userSession =
        new UserSessionManager(session)
            .createUserSession(
                authentication.getParentSession().getId(),
                realm,
                user,
                user.getUsername(),
                connection.getRemoteHost(),
                ID,
                false,
                null,
                null,
                UserSessionModel.SessionPersistenceState.TRANSIENT);
    AuthenticationManager.setClientScopesInSession(session, authentication);
    return TokenManager.attachAuthenticationSession(session, userSession, authentication);
  }

  /**
   * Keycloak would look for the session that a token names, which does not exist after this
   * request.
   */
  @Override
  protected void afterRefreshTokenGenerated(
      RefreshTokenContext context, TokenManager.AccessTokenResponseBuilder response) {
    AuthenticatedClientSessionModel clientSession =
        response.getClientSessionCtx().getClientSession();
    UserSessionModel userSession = clientSession.getUserSession();
    if (userSession.getPersistenceState() != UserSessionModel.SessionPersistenceState.TRANSIENT) {
      context.grant().updateClientSession(clientSession);
      context.grant().updateUserSessionFromClientAuth(userSession);
      return;
    }
    // Not in the refresh token: Keycloak fails to revoke one without it.
    Stream.of(response.getAccessToken(), response.getIdToken())
        .filter(Objects::nonNull)
        .forEach(token -> token.setSessionId(null));
  }

  @Override
  public void close() {}

  /** Creates the provider; asked before all others. */
  public static final class Factory
      implements RefreshTokenProviderFactory, PlainFactory<RefreshTokenProvider> {

    @Override
    public RefreshTokenProvider create(KeycloakSession session) {
      return new GrantRefreshTokens(session);
    }

    @Override
    public String getId() {
      return ID;
    }

    @Override
    public int order() {
      return 200;
    }
  }
}
