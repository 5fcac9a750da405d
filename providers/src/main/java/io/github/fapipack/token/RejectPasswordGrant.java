package io.github.fapipack.token;

import io.github.fapipack.client.ProposedClient;
import io.github.fapipack.occasion.ClientAuthenticationEvent;
import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.Endpoint;
import io.github.fapipack.rule.NoSettings;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.Refusal;
import io.github.fapipack.rule.Rule;
import io.github.fapipack.rule.RuleId;
import java.util.Optional;
import org.keycloak.OAuth2Constants;
import org.keycloak.OAuthErrorException;

/** Users must not give their password to a client (FAPI2-SP 5.3.2.1-2). */
@RuleId("fapi2-reject-password-grant")
@Clause("FAPI2-SP 5.3.2.1-2")
public final class RejectPasswordGrant extends Rule<NoSettings> {

  public RejectPasswordGrant() {
    super(NoSettings.class, "Refuses the password grant.");
  }

  @Override
  protected void check(Occasion occasion, NoSettings settings) throws Refusal {
    if (occasion.context() instanceof ClientAuthenticationEvent request
        && request.endpoint() == Endpoint.TOKEN
        && OAuth2Constants.PASSWORD.equals(request.form().getFirst(OAuth2Constants.GRANT_TYPE))) {
      throw new Refusal(
          OAuthErrorException.UNSUPPORTED_GRANT_TYPE,
          "the password grant is not served",
          "send the user to the authorization endpoint");
    }
    Optional<ProposedClient> proposed = ProposedClient.in(occasion.context());
    if (proposed.isPresent()) {
      checkRegistered(proposed.get());
    }
  }

  private static void checkRegistered(ProposedClient client) throws Refusal {
    if (client.hasDirectAccessGrants()) {
      throw ProposedClient.refusal(
              "grant_types must not hold password (directAccessGrantsEnabled must be false)")
          .at("/directAccessGrantsEnabled");
    }
    // Regardless of Keycloak's default: a client that does not ask for the password grant does not
    // get it.
    client.representation().setDirectAccessGrantsEnabled(false);
  }
}
