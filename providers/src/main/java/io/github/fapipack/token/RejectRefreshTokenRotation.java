package io.github.fapipack.token;

import io.github.fapipack.occasion.ClientAuthenticationEvent;
import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.NoSettings;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.RequestKey;
import io.github.fapipack.rule.Rule;
import io.github.fapipack.rule.RuleId;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.clientpolicy.context.TokenRefreshContext;

/**
 * A refresh token stays valid after use, even if the realm revokes used refresh tokens: a lost
 * response must not cost the client its grant. {@code StableRefreshTokenProvider} implements this
 * for the clients to which this rule applies.
 */
@RuleId("fapi2-reject-refresh-token-rotation")
@Clause("FAPI2-SP 5.3.2.1-9")
public final class RejectRefreshTokenRotation extends Rule<NoSettings> {

  private static final RequestKey<Boolean> ACTIVE = new RequestKey<>();

  public RejectRefreshTokenRotation() {
    super(NoSettings.class, "Keeps used refresh tokens valid, whatever the realm says.");
  }

  @Override
  protected void check(Occasion occasion, NoSettings settings) {
    boolean refresh =
        occasion.context() instanceof ClientAuthenticationEvent
            || occasion.context() instanceof TokenRefreshContext;
    if (refresh && occasion.isEnforced()) {
      ACTIVE.set(occasion.session(), true);
    }
  }

  /** Whether the rule applies to the client of the current request. */
  public static boolean isActive(KeycloakSession session) {
    return ACTIVE.isIn(session);
  }
}
