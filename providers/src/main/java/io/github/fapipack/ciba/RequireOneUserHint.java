package io.github.fapipack.ciba;

import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.NoSettings;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.Refusal;
import io.github.fapipack.rule.Rule;
import io.github.fapipack.rule.RuleId;
import java.util.List;
import java.util.Optional;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.grants.ciba.CibaGrantType;

/** A request must name the user by exactly one hint, of the kind that the realm supports. */
@RuleId("fapi2-require-one-user-hint")
@Clause("CIBA 7.1-3")
public final class RequireOneUserHint extends Rule<NoSettings> {

  private static final List<String> HINTS =
      List.of(
          OIDCLoginProtocol.LOGIN_HINT_PARAM,
          OIDCLoginProtocol.ID_TOKEN_HINT,
          CibaGrantType.LOGIN_HINT_TOKEN);

  public RequireOneUserHint() {
    super(NoSettings.class, "Demands exactly one hint that names the user.");
  }

  @Override
  protected void check(Occasion occasion, NoSettings settings) throws Refusal {
    Optional<AuthenticationRequest> request = AuthenticationRequest.in(occasion);
    if (request.isEmpty()) {
      return;
    }
    String understood = request.get().policy().getAuthRequestedUserHint();
    List<String> sent = HINTS.stream().filter(request.get()::has).toList();
    if (sent.size() > 1) {
      throw Refusal.invalidRequest(
          "the request has " + String.join(" and ", sent), "send only " + understood);
    }
    if (!sent.contains(understood) || request.get().text(understood).isEmpty()) {
      throw Refusal.invalidRequest(understood + " is missing", "send one that names the user");
    }
  }
}
