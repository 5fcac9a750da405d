package io.github.fapipack.grants;

import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.NoSettings;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.Rule;
import org.keycloak.models.KeycloakSession;
import org.keycloak.representations.RefreshToken;
import org.keycloak.services.clientpolicy.context.TokenRevokeContext;

/**
 * A client that gives up a refresh token gives up all tokens of its grant, and not the grant (Grant
 * Management 6.5). Keycloak would end the session of a token, and a grant outlives sessions.
 */
@Clause("GM 6.5-6")
public final class VoidRevokedTokens extends Rule<NoSettings> {

  public VoidRevokedTokens() {
    super(NoSettings.class, "Voids the tokens of a grant when a refresh token of it is revoked.");
  }

  @Override
  protected void check(Occasion occasion, NoSettings settings) {
    if (!(occasion.context() instanceof TokenRevokeContext revoked)) {
      return;
    }
    String encoded = revoked.getParams().getFirst("token");
    KeycloakSession session = occasion.session();
    RefreshToken token =
        encoded == null ? null : session.tokens().decode(encoded, RefreshToken.class);
    if (token == null || !revoked.getClient().getClientId().equals(token.getIssuedFor())) {
      return; // Keycloak says so
    }
    if (GrantRefreshTokens.ID.equals(token.getProvider())) {
      LivingGrant.of(session, occasion.realm(), token)
          .ifPresent(grant -> LivingGrant.voidTokens(session, grant));
    }
  }
}
