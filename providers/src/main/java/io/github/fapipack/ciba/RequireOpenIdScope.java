package io.github.fapipack.ciba;

import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.NoSettings;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.Refusal;
import io.github.fapipack.rule.Rule;
import io.github.fapipack.rule.RuleId;
import java.util.Arrays;
import java.util.Optional;
import org.keycloak.OAuth2Constants;
import org.keycloak.OAuthErrorException;

/** CIBA is OpenID Connect: the scope of a request must contain {@code openid}. */
@RuleId("fapi2-require-open-id-scope")
@Clause("CIBA 7.1-2")
public final class RequireOpenIdScope extends Rule<NoSettings> {

  public RequireOpenIdScope() {
    super(NoSettings.class, "Demands openid in the scope of backchannel authentication requests.");
  }

  @Override
  protected void check(Occasion occasion, NoSettings settings) throws Refusal {
    Optional<AuthenticationRequest> request = AuthenticationRequest.in(occasion);
    if (request.isEmpty()) {
      return;
    }
    String scope =
        request
            .get()
            .text(OAuth2Constants.SCOPE)
            .orElseThrow(() -> Refusal.invalidRequest("scope is missing", "send at least openid"));
    if (!Arrays.asList(scope.split(" ")).contains(OAuth2Constants.SCOPE_OPENID)) {
      throw new Refusal(OAuthErrorException.INVALID_SCOPE, "scope must contain openid");
    }
  }
}
