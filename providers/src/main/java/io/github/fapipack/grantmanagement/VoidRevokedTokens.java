package io.github.fapipack.grantmanagement;

import io.github.fapipack.refreshtoken.RevokedAuthorization;
import io.github.fapipack.refreshtoken.StableRefreshTokenProvider;
import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.NoSettings;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.Rule;
import io.github.fapipack.rule.RuleId;
import io.github.fapipack.token.NamedTokenType;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.endpoints.TokenRevocationEndpoint;
import org.keycloak.representations.AccessToken;
import org.keycloak.representations.RefreshToken;
import org.keycloak.services.clientpolicy.context.TokenRevokeContext;

/**
 * Revoking a refresh token revokes all tokens of that authorization, and nothing else (RFC 7009
 * 2.1): not the user's consent, not other authorizations in the same browser, and not the grant
 * (Grant Management 6.5). Keycloak would end the client session, which all of these share.
 */
@RuleId("fapi2-void-revoked-tokens")
@Clause({"GM 6.5-6", "RFC7009 2.1-1"})
public final class VoidRevokedTokens extends Rule<NoSettings> {

  private static final String TOKEN = TokenRevocationEndpoint.PARAM_TOKEN;

  public VoidRevokedTokens() {
    super(
        NoSettings.class,
        "Ends the authorization of a refresh token that is revoked, and no other.");
  }

  @Override
  protected void check(Occasion occasion, NoSettings settings) {
    if (!(occasion.context() instanceof TokenRevokeContext revoked)) {
      return;
    }
    String encoded = revoked.getParams().getFirst(TOKEN);
    KeycloakSession session = occasion.session();
    RefreshToken token =
        encoded == null ? null : session.tokens().decode(encoded, RefreshToken.class);
    if (token == null
        || !NamedTokenType.isRefreshToken(encoded).orElse(false)
        || !revoked.getClient().getClientId().equals(token.getIssuedFor())) {
      return; // an access token, or Keycloak reports the error
    }
    Optional<AccessToken> standIn = Optional.empty();
    if (GrantClaims.REFRESH_TOKEN_PROVIDER.equals(token.getProvider())) {
      standIn = Optional.of(voidTokens(occasion, token));
    } else if (StableRefreshTokenProvider.standsForAuthorization(session, token)) {
      RevokedAuthorization.revokeUnnamed(session, revoked.getClient(), token);
      standIn = Optional.of(RevokedAuthorization.standIn(token));
    }
    standIn.ifPresent(
        other -> revoked.getParams().putSingle(TOKEN, session.tokens().encode(other)));
  }

  /**
   * Without the session, which may have ended before the grant, or belong to other authorizations
   * too.
   */
  private static AccessToken voidTokens(Occasion occasion, RefreshToken token) {
    AccessToken standIn = RevokedAuthorization.standIn(token);
    standIn.setSessionId(null);
    ActiveGrant.of(occasion.session(), occasion.realm(), token)
        .ifPresent(
            grant -> {
              ActiveGrant.voidTokens(occasion.session(), grant);
              standIn.subject(grant.userId());
            });
    return standIn;
  }
}
