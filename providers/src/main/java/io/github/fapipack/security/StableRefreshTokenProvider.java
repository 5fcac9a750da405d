package io.github.fapipack.security;

import org.keycloak.Config;
import org.keycloak.OAuthErrorException;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.RealmModelDelegate;
import org.keycloak.protocol.oidc.TokenManager;
import org.keycloak.protocol.oidc.grants.OAuth2GrantType;
import org.keycloak.protocol.oidc.refresh.DefaultRefreshTokenProvider;
import org.keycloak.protocol.oidc.refresh.InitialRefreshTokenContext;
import org.keycloak.protocol.oidc.refresh.RefreshTokenContext;
import org.keycloak.protocol.oidc.refresh.RefreshTokenProvider;
import org.keycloak.protocol.oidc.refresh.RefreshTokenProviderFactory;

/**
 * Refreshes as Keycloak does, in the eyes of a realm that does not revoke used refresh tokens. It
 * steps in only for clients under {@link RejectRefreshTokenRotation}.
 */
public final class StableRefreshTokenProvider extends DefaultRefreshTokenProvider {

  private StableRefreshTokenProvider(KeycloakSession session) {
    super(session);
  }

  /** New refresh tokens are Keycloak's own business. */
  @Override
  public boolean supports(InitialRefreshTokenContext context) {
    return false;
  }

  @Override
  public boolean supports(RefreshTokenContext context) {
    return RejectRefreshTokenRotation.isActive(session) && super.supports(context);
  }

  @Override
  public TokenManager.AccessTokenResponseBuilder refreshAccessToken(RefreshTokenContext context)
      throws OAuthErrorException {
    return super.refreshAccessToken(stable(session, context));
  }

  /** The same refresh in a realm without rotation, if the client's policy wants that. */
  public static RefreshTokenContext stable(KeycloakSession session, RefreshTokenContext context) {
    return RejectRefreshTokenRotation.isActive(session)
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

  /** Makes the provider; asked before Keycloak's own. */
  public static final class Factory implements RefreshTokenProviderFactory {

    @Override
    public RefreshTokenProvider create(KeycloakSession session) {
      return new StableRefreshTokenProvider(session);
    }

    @Override
    public String getId() {
      return "fapi2-stable-refresh-token";
    }

    @Override
    public int order() {
      return 100;
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public void close() {}
  }
}
