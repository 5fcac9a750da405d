package io.github.fapipack.introspection;

import io.github.fapipack.grantmanagement.ActiveGrant;
import io.github.fapipack.grantmanagement.Grant;
import io.github.fapipack.grantmanagement.GrantClaims;
import io.github.fapipack.keycloak.Order;
import io.github.fapipack.participants.RequireActiveParticipant;
import io.github.fapipack.rar.ConsentUse;
import io.github.fapipack.refreshtoken.StableRefreshTokenProvider;
import io.github.fapipack.token.NamedTokenType;
import java.util.Optional;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.RefreshTokenIntrospectionProvider;
import org.keycloak.protocol.oidc.RefreshTokenIntrospectionProviderFactory;
import org.keycloak.protocol.oidc.TokenIntrospectionProvider;
import org.keycloak.services.util.UserSessionUtil;

/**
 * Keycloak's introspection of refresh tokens, extended: a token is inactive if its grant has ended.
 */
public final class RefreshTokenIntrospection extends RefreshTokenIntrospectionProviderFactory {

  @Override
  public TokenIntrospectionProvider create(KeycloakSession session) {
    return new Introspection(session);
  }

  /** Takes precedence over the factory with the same id. */
  @Override
  public int order() {
    return Order.BEFORE_KEYCLOAK;
  }

  private static final class Introspection extends RefreshTokenIntrospectionProvider {

    Introspection(KeycloakSession session) {
      super(session);
    }

    @Override
    protected boolean introspectionChecks(String encoded) {
      return NamedTokenType.isRefreshToken(encoded).orElse(false)
          && super.introspectionChecks(encoded)
          && RequireActiveParticipant.admits(session, realm, client, eventBuilder)
          && !isIdle()
          && new ConsentUse(session).backs(token, eventBuilder);
    }

    private boolean isIdle() {
      AuthenticatedClientSessionModel clientSession =
          userSession.getAuthenticatedClientSessionByClient(client.getId());
      boolean idle =
          clientSession != null && StableRefreshTokenProvider.isIdle(token, clientSession);
      if (idle) {
        eventBuilder.detail(Details.REASON, "not used for too long").error(Errors.INVALID_TOKEN);
      }
      return idle;
    }

    /** A grant's refresh token needs its grant but no session. */
    @Override
    protected UserSessionUtil.UserSessionValidationResult verifyUserSession() {
      if (GrantClaims.grantId(token).isEmpty()) {
        return super.verifyUserSession();
      }
      Optional<Grant> grant = ActiveGrant.of(session, realm, token);
      if (grant.isPresent()) {
        return ActiveGrant.userSession(session, grant.get(), client, token);
      }
      token.setSessionId(null); // which fails without a session
      return super.verifyUserSession();
    }
  }
}
