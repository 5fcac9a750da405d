package io.github.fapipack.authentication;

import io.github.fapipack.client.ProposedClient;
import io.github.fapipack.occasion.ClientAuthenticationEvent;
import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.NoSettings;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.Refusal;
import io.github.fapipack.rule.Rule;
import io.github.fapipack.rule.RuleId;
import java.util.Optional;
import org.keycloak.OAuthErrorException;
import org.keycloak.models.ClientModel;
import org.keycloak.services.clientpolicy.context.PreAuthorizationRequestContext;

/**
 * Requires clients that can authenticate, at every endpoint (FAPI2-SP 5.3.2.1-3); so a pushed
 * request without client authentication is refused too (5.3.2.2-4).
 */
@RuleId("fapi2-require-confidential-client")
@Clause({"FAPI2-SP 5.3.2.1-3", "FAPI2-SP 5.3.2.2-4", "FAPI-CIBA 4.1.1-1", "FAPI1-ADV 5.2.2-16"})
public final class RequireConfidentialClient extends Rule<NoSettings> {

  public RequireConfidentialClient() {
    super(NoSettings.class, "Refuses public clients, at every endpoint and at registration.");
  }

  @Override
  protected void check(Occasion occasion, NoSettings settings) throws Refusal {
    if (occasion.context() instanceof ClientAuthenticationEvent request
        && request.client().isPublicClient()) {
      throw Refusal.invalidClient(
          "the client is public", "register it with private_key_jwt or tls_client_auth");
    }
    if (occasion.context() instanceof PreAuthorizationRequestContext request) {
      checkAuthorization(occasion, request);
    }
    Optional<ProposedClient> proposed = ProposedClient.in(occasion.context());
    if (proposed.isPresent() && proposed.get().isPublic()) {
      throw ProposedClient.refusal(
              "token_endpoint_auth_method must not be none (publicClient must be false; in the"
                  + " admin console: Client authentication on)")
          .at("/publicClient");
    }
  }

  private static void checkAuthorization(Occasion occasion, PreAuthorizationRequestContext request)
      throws Refusal {
    ClientModel client =
        request.getClientId() == null
            ? null
            : occasion.realm().getClientByClientId(request.getClientId());
    if (client != null && client.isPublicClient()) {
      throw new Refusal(
          OAuthErrorException.UNAUTHORIZED_CLIENT,
          "the client is public",
          "register it with private_key_jwt or tls_client_auth");
    }
  }
}
