package io.github.fapipack.fapi1;

import io.github.fapipack.authorization.RequirePkce;
import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.NoSettings;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.Refusal;
import io.github.fapipack.rule.Rule;
import io.github.fapipack.rule.RuleId;
import org.keycloak.protocol.oidc.endpoints.request.AuthorizationEndpointRequest;
import org.keycloak.protocol.oidc.par.clientpolicy.context.PushedAuthorizationRequestContext;
import org.keycloak.services.clientpolicy.context.AuthorizationRequestContext;

/**
 * A pushed request must use PKCE with {@code S256}. A request object by value need not, because the
 * response is signed; if it uses PKCE, then also with S256.
 */
@RuleId("fapi1-require-pkce-when-pushed")
@Clause({"FAPI1-ADV 5.2.2-18", "FAPI1-BASE 5.2.2-7"})
public final class RequirePkceWhenPushed extends Rule<NoSettings> {

  public RequirePkceWhenPushed() {
    super(NoSettings.class, "Demands PKCE in pushed requests, and S256 wherever PKCE is used.");
  }

  @Override
  protected void check(Occasion occasion, NoSettings settings) throws Refusal {
    if (occasion.context() instanceof PushedAuthorizationRequestContext pushed) {
      RequirePkce.check(pushed.getRequest());
    } else if (occasion.context() instanceof AuthorizationRequestContext request
        && (request.isParRequest() || usesPkce(request.getAuthorizationEndpointRequest()))) {
      RequirePkce.check(request.getAuthorizationEndpointRequest());
    }
    RequirePkce.checkClient(occasion);
  }

  private static boolean usesPkce(AuthorizationEndpointRequest request) {
    return request.getCodeChallenge() != null || request.getCodeChallengeMethod() != null;
  }
}
