package io.github.fapipack.security;

import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.NoSettings;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.Refusal;
import io.github.fapipack.rule.Rule;
import java.util.regex.Pattern;
import org.keycloak.protocol.oidc.endpoints.request.AuthorizationEndpointRequest;
import org.keycloak.protocol.oidc.par.clientpolicy.context.PushedAuthorizationRequestContext;
import org.keycloak.services.clientpolicy.context.AuthorizationRequestContext;

/** PKCE with {@code S256}; the verifier is compared by Keycloak whenever a challenge was stored. */
@Clause("FAPI2-SP 5.3.2.2-5")
public final class RequirePkce extends Rule<NoSettings> {

  /** A SHA-256 in base64url without padding (RFC 7636 4.2). */
  private static final Pattern CHALLENGE = Pattern.compile("[A-Za-z0-9_-]{43}");

  public RequirePkce() {
    super(NoSettings.class, "Demands PKCE with code_challenge_method S256.");
  }

  @Override
  protected void check(Occasion occasion, NoSettings settings) throws Refusal {
    if (occasion.context() instanceof PushedAuthorizationRequestContext pushed) {
      check(pushed.getRequest());
    } else if (occasion.context() instanceof AuthorizationRequestContext request) {
      check(request.getAuthorizationEndpointRequest());
    }
  }

  /** Checks the parameters of one request. */
  public static void check(AuthorizationEndpointRequest request) throws Refusal {
    if (!"S256".equals(request.getCodeChallengeMethod())) {
      throw Refusal.invalidRequest("PKCE is required; send code_challenge_method S256");
    }
    if (request.getCodeChallenge() == null
        || !CHALLENGE.matcher(request.getCodeChallenge()).matches()) {
      throw Refusal.invalidRequest(
          "code_challenge must be the SHA-256 of the verifier in base64url, 43 characters");
    }
  }
}
