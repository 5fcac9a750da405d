package io.github.fapipack.fapi1;

import io.github.fapipack.request.SentRequest;
import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.NoSettings;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.Refusal;
import io.github.fapipack.rule.Rule;
import io.github.fapipack.rule.RuleId;
import java.util.Optional;
import org.keycloak.protocol.oidc.endpoints.request.AuthorizationEndpointRequest;
import org.keycloak.util.TokenUtil;

/**
 * A client must be able to recognize its own response: by nonce, or by state without OpenID
 * Connect.
 */
@RuleId("fapi1-require-nonce-or-state")
@Clause({"FAPI1-BASE 5.2.2.2-1", "FAPI1-BASE 5.2.2.3-1"})
public final class RequireNonceOrState extends Rule<NoSettings> {

  public RequireNonceOrState() {
    super(NoSettings.class, "Demands nonce with the scope openid, and state without it.");
  }

  @Override
  protected void check(Occasion occasion, NoSettings settings) throws Refusal {
    Optional<SentRequest> sent = SentRequest.in(occasion.context());
    if (sent.isPresent()) {
      check(sent.get().parameters());
    }
  }

  private static void check(AuthorizationEndpointRequest request) throws Refusal {
    boolean openId = TokenUtil.isOIDCRequest(request.getScope());
    if (openId && isBlank(request.getNonce())) {
      throw Refusal.invalidRequest("nonce is missing", "send one with the scope openid");
    }
    if (!openId && isBlank(request.getState())) {
      throw Refusal.invalidRequest("state is missing", "send one where the scope has no openid");
    }
  }

  private static boolean isBlank(String value) {
    return value == null || value.isBlank();
  }
}
