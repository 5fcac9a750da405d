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

/** Every request must contain its redirect URI, even if the client has registered only one. */
@RuleId("fapi1-require-redirect-uri")
@Clause("FAPI1-BASE 5.2.2-9")
public final class RequireRedirectUri extends Rule<NoSettings> {

  public RequireRedirectUri() {
    super(NoSettings.class, "Demands redirect_uri in every authorization request.");
  }

  @Override
  protected void check(Occasion occasion, NoSettings settings) throws Refusal {
    Optional<SentRequest> sent = SentRequest.in(occasion.context());
    if (sent.isPresent()) {
      check(sent.get().parameters());
    }
  }

  private static void check(AuthorizationEndpointRequest request) throws Refusal {
    if (request.getRedirectUri() == null) {
      throw Refusal.invalidRequest("redirect_uri is missing", "send one that is registered");
    }
  }
}
