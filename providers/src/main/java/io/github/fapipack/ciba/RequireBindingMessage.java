package io.github.fapipack.ciba;

import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.NoSettings;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.Refusal;
import io.github.fapipack.rule.Rule;
import io.github.fapipack.rule.RuleId;
import java.util.Optional;
import org.keycloak.protocol.oidc.grants.ciba.CibaGrantType;

/**
 * A request must contain {@code binding_message}, which both devices show, so that the user sees
 * that they belong to one request. Keycloak supports no other authorization context in such a
 * request, and checks the form of the message itself ({@code invalid_binding_message}).
 */
@RuleId("fapi2-require-binding-message")
@Clause("FAPI-CIBA 4.1.1-2")
public final class RequireBindingMessage extends Rule<NoSettings> {

  public RequireBindingMessage() {
    super(NoSettings.class, "Demands a binding message in backchannel authentication requests.");
  }

  @Override
  protected void check(Occasion occasion, NoSettings settings) throws Refusal {
    Optional<AuthenticationRequest> request = AuthenticationRequest.in(occasion);
    if (request.isPresent() && request.get().text(CibaGrantType.BINDING_MESSAGE).isEmpty()) {
      throw Refusal.invalidRequest(
          "binding_message is missing", "send a few characters that both devices show to the user");
    }
  }
}
