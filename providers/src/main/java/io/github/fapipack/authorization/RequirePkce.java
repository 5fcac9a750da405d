package io.github.fapipack.authorization;

import io.github.fapipack.client.ProposedClient;
import io.github.fapipack.occasion.ClientAuthenticationEvent;
import io.github.fapipack.request.SentRequest;
import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.NoSettings;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.Refusal;
import io.github.fapipack.rule.Rule;
import io.github.fapipack.rule.RuleId;
import java.util.Optional;
import java.util.regex.Pattern;
import org.keycloak.models.ClientModel;
import org.keycloak.protocol.oidc.OIDCConfigAttributes;
import org.keycloak.protocol.oidc.endpoints.request.AuthorizationEndpointRequest;
import org.keycloak.services.clientpolicy.context.PreAuthorizationRequestContext;

/**
 * Requires PKCE with {@code S256}; Keycloak compares the verifier whenever a challenge was stored.
 */
@RuleId("fapi2-require-pkce")
@Clause("FAPI2-SP 5.3.2.2-5")
public final class RequirePkce extends Rule<NoSettings> {

  /** A SHA-256 in base64url without padding (RFC 7636 4.2). */
  private static final Pattern CHALLENGE = Pattern.compile("[A-Za-z0-9_-]{43}");

  private static final String METHOD = OIDCConfigAttributes.PKCE_CODE_CHALLENGE_METHOD;

  public RequirePkce() {
    super(NoSettings.class, "Demands PKCE with code_challenge_method S256.");
  }

  @Override
  protected void check(Occasion occasion, NoSettings settings) throws Refusal {
    Optional<SentRequest> sent = SentRequest.in(occasion.context());
    if (sent.isPresent()) {
      check(sent.get().parameters());
    }
    checkClient(occasion);
  }

  /**
   * Keycloak accepts only the method that is stored for a client. Another method than S256 is
   * refused when a client is saved, and replaced in a client that is stored already.
   */
  public static void checkClient(Occasion occasion) throws Refusal {
    Optional<ProposedClient> proposed = ProposedClient.in(occasion.context());
    if (proposed.isPresent() && isOther(proposed.get().value(METHOD))) {
      proposed.get().refuseNew("code_challenge_method", METHOD, "must be S256, or be left out");
    }
    if (occasion.context() instanceof ClientAuthenticationEvent
        || occasion.context() instanceof PreAuthorizationRequestContext) {
      ClientModel client = occasion.client();
      if (client != null && isOther(client.getAttribute(METHOD))) {
        occasion.correct(client, METHOD + " S256", stored -> stored.setAttribute(METHOD, "S256"));
      }
    }
  }

  private static boolean isOther(String method) {
    return method != null && !method.isBlank() && !method.equals("S256");
  }

  /** Checks the parameters of one request. */
  public static void check(AuthorizationEndpointRequest request) throws Refusal {
    if (!"S256".equals(request.getCodeChallengeMethod())) {
      throw Refusal.invalidRequest("PKCE is required", "send code_challenge_method S256");
    }
    if (request.getCodeChallenge() == null
        || !CHALLENGE.matcher(request.getCodeChallenge()).matches()) {
      throw Refusal.invalidRequest(
          "code_challenge must be the SHA-256 of the verifier in base64url, 43 characters");
    }
  }
}
