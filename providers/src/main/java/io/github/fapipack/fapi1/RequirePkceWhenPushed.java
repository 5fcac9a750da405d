package io.github.fapipack.fapi1;

import io.github.fapipack.authorization.RequirePkce;
import io.github.fapipack.request.SentRequest;
import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.NoSettings;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.Refusal;
import io.github.fapipack.rule.Rule;
import io.github.fapipack.rule.RuleId;
import java.util.Optional;
import org.keycloak.protocol.oidc.endpoints.request.AuthorizationEndpointRequest;

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
    Optional<SentRequest> sent = SentRequest.in(occasion.context());
    if (sent.isPresent() && (sent.get().usesPushing() || usesPkce(sent.get().parameters()))) {
      RequirePkce.check(sent.get().parameters());
    }
    RequirePkce.checkClient(occasion);
  }

  private static boolean usesPkce(AuthorizationEndpointRequest request) {
    return request.getCodeChallenge() != null || request.getCodeChallengeMethod() != null;
  }
}
