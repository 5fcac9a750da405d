package io.github.fapipack.authorization;

import io.github.fapipack.client.ProposedClient;
import io.github.fapipack.request.SentRequest;
import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.NoSettings;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.Refusal;
import io.github.fapipack.rule.Rule;
import io.github.fapipack.rule.RuleId;
import java.util.Optional;
import org.keycloak.protocol.oidc.endpoints.request.AuthorizationEndpointRequest;

/** The only response type is {@code code}; implicit, hybrid and {@code none} are refused. */
@RuleId("fapi2-require-code-response-type")
@Clause("FAPI2-SP 5.3.2.2-1")
public final class RequireCodeResponseType extends Rule<NoSettings> {

  public RequireCodeResponseType() {
    super(NoSettings.class, "Accepts no other response_type than code.");
  }

  @Override
  protected void check(Occasion occasion, NoSettings settings) throws Refusal {
    Optional<SentRequest> sent = SentRequest.in(occasion.context());
    if (sent.isPresent()) {
      check(sent.get().parameters());
    }
    Optional<ProposedClient> proposed = ProposedClient.in(occasion.context());
    if (proposed.isPresent() && proposed.get().addsImplicitFlow()) {
      throw ProposedClient.refusal(
              "response_types must contain only code, and grant_types not implicit"
                  + " (implicitFlowEnabled must be off)")
          .at("/implicitFlowEnabled");
    }
  }

  private static void check(AuthorizationEndpointRequest request) throws Refusal {
    if (request.getResponseType() == null) {
      throw Refusal.invalidRequest("response_type is missing", "send code");
    }
    if (!"code".equals(request.getResponseType())) {
      throw new Refusal(
          "unsupported_response_type",
          "response_type is not supported",
          "send code and nothing else");
    }
  }
}
