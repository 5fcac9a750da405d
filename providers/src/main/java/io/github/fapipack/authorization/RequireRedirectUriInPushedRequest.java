package io.github.fapipack.authorization;

import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.NoSettings;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.Refusal;
import io.github.fapipack.rule.Rule;
import io.github.fapipack.rule.RuleId;
import org.keycloak.protocol.oidc.par.clientpolicy.context.PushedAuthorizationRequestContext;

/** A pushed request must contain its redirect URI, even if the client has registered only one. */
@RuleId("fapi2-require-redirect-uri-in-pushed-request")
@Clause("FAPI2-SP 5.3.2.2-6")
public final class RequireRedirectUriInPushedRequest extends Rule<NoSettings> {

  public RequireRedirectUriInPushedRequest() {
    super(NoSettings.class, "Demands redirect_uri in every pushed authorization request.");
  }

  @Override
  protected void check(Occasion occasion, NoSettings settings) throws Refusal {
    if (occasion.context() instanceof PushedAuthorizationRequestContext pushed
        && pushed.getRequest().getRedirectUri() == null) {
      throw Refusal.invalidRequest("redirect_uri is missing from the pushed request");
    }
  }
}
