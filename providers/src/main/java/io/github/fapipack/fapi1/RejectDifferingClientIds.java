package io.github.fapipack.fapi1;

import io.github.fapipack.occasion.ClientAuthenticationEvent;
import io.github.fapipack.request.ClientAssertion;
import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.NoSettings;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.Refusal;
import io.github.fapipack.rule.Rule;
import io.github.fapipack.rule.RuleId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.keycloak.OAuth2Constants;

/**
 * A request must name only one client, in {@code client_id} and in the client assertion. Keycloak
 * compares the two only if the client authenticates with the assertion.
 */
@RuleId("fapi1-reject-differing-client-ids")
@Clause("FAPI1-BASE 5.2.2-19")
public final class RejectDifferingClientIds extends Rule<NoSettings> {

  public RejectDifferingClientIds() {
    super(NoSettings.class, "Refuses requests that name two clients.");
  }

  @Override
  protected void check(Occasion occasion, NoSettings settings) throws Refusal {
    if (!(occasion.context() instanceof ClientAuthenticationEvent request)) {
      return;
    }
    List<String> named = new ArrayList<>();
    named.addAll(request.form().getOrDefault(OAuth2Constants.CLIENT_ID, List.of()));
    named.addAll(
        occasion
            .session()
            .getContext()
            .getUri()
            .getQueryParameters()
            .getOrDefault(OAuth2Constants.CLIENT_ID, List.of()));
    Optional<ClientAssertion> assertion = ClientAssertion.in(request);
    if (assertion.isPresent()) {
      named.add(assertion.get().claims().path("sub").asText());
      named.add(assertion.get().claims().path("iss").asText());
    }
    String client = request.client().getClientId();
    if (!named.stream().allMatch(client::equals)) {
      throw Refusal.invalidClient(
          "the request names two clients", "send the same client_id everywhere, or leave it out");
    }
  }
}
