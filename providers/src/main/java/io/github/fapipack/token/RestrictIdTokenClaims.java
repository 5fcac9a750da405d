package io.github.fapipack.token;

import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.Rule;
import io.github.fapipack.rule.RuleId;
import io.github.fapipack.rule.Setting;
import java.util.Optional;
import org.keycloak.OAuthErrorException;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.OIDCAdvancedConfigWrapper;
import org.keycloak.protocol.oidc.TokenManager;
import org.keycloak.representations.IDToken;
import org.keycloak.util.TokenUtil;
import org.keycloak.utils.StringUtil;

/**
 * ID tokens do not contain claims that Keycloak adds for its own use: {@code typ} is removed, and
 * {@code sid} stays only for clients that need it for logout. Keycloak needs both claims when an ID
 * token is sent back as a hint; so the session id is encrypted into {@code jti}, and {@link Hints}
 * restores both.
 */
@RuleId("fapi2-restrict-id-token-claims")
@Clause("FAPI2-SP 5.3.2.1-14")
public final class RestrictIdTokenClaims extends Rule<RestrictIdTokenClaims.Settings> {

  /**
   * Whether the rule is on, which only realm files set.
   *
   * @param required whether the claims are left out
   */
  public record Settings(
      @Setting(
              label = "Required",
              help =
                  "Whether typ, and sid for clients that need none, are left out of ID tokens."
                      + " Logout knows them without.",
              value = "false")
          boolean required) {}

  public RestrictIdTokenClaims() {
    super(Settings.class, "Leaves claims for Keycloak's own use out of ID tokens.");
  }

  @Override
  protected void check(Occasion occasion, Settings settings) {
    if (!settings.required()) {
      return;
    }
    TokenResponses.of(occasion.context())
        .filter(made -> made.getIdToken() != null && occasion.isEnforced())
        .ifPresent(
            made ->
                restrict(
                    occasion.session(),
                    made.getClientSessionCtx().getClientSession().getClient(),
                    made.getIdToken()));
  }

  private static void restrict(KeycloakSession session, ClientModel client, IDToken token) {
    if (token.getSessionId() != null) {
      token.id(SealedSession.seal(session, client.getRealm(), token.getSessionId()));
    }
    token.type(null);
    if (!needsSession(OIDCAdvancedConfigWrapper.fromClientModel(client))) {
      token.setSessionId(null);
    }
  }

  /** Whether the client has registered for logout requests that contain the session. */
  private static boolean needsSession(OIDCAdvancedConfigWrapper client) {
    return (StringUtil.isNotBlank(client.getBackchannelLogoutUrl())
            && client.isBackchannelLogoutSessionRequired())
        || (client.isFrontChannelLogoutEnabled() && client.isFrontChannelLogoutSessionRequired());
  }

  /** Reads ID tokens that are sent back as a hint, regardless of the rule's present setting. */
  public static final class Hints extends TokenManager {

    @Override
    public IDToken verifyIDTokenSignature(KeycloakSession session, String encoded)
        throws OAuthErrorException {
      IDToken token = super.verifyIDTokenSignature(session, encoded);
      if (token.getType() == null && token.getId() != null) {
        Optional<String> id =
            SealedSession.open(session, session.getContext().getRealm(), token.getId());
        id.ifPresent(
            known -> {
              token.type(TokenUtil.TOKEN_TYPE_ID);
              token.setSessionId(known);
            });
      }
      return token;
    }
  }
}
