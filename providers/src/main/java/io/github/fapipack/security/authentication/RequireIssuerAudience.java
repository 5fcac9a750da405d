package io.github.fapipack.security.authentication;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.NoSettings;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.Refusal;
import io.github.fapipack.rule.Rule;
import java.util.Optional;
import org.keycloak.services.Urls;

/**
 * A client assertion is meant for this issuer and nobody else: {@code aud} is the issuer
 * identifier, as one JSON string, at every endpoint (FAPI2-SP 5.3.2.1-8).
 */
@Clause({"FAPI2-SP 5.3.2.1-8", "RFC7523 3-3", "FAPI-CIBA 4.1.1-p11"})
public final class RequireIssuerAudience extends Rule<NoSettings> {

  public RequireIssuerAudience() {
    super(NoSettings.class, "Client assertions must have the issuer as audience, as one string.");
  }

  @Override
  protected void check(Occasion occasion, NoSettings settings) throws Refusal {
    Optional<ClientAssertion> assertion = ClientAssertion.in(occasion.context());
    if (assertion.isEmpty()) {
      return;
    }
    String issuer =
        Urls.realmIssuer(
            occasion.session().getContext().getUri().getBaseUri(), occasion.realm().getName());
    JsonNode audience = assertion.get().claims().path("aud");
    // Read from the raw JSON: whether an array is as good as a string is what this is about.
    if (!audience.isTextual() || !audience.textValue().equals(issuer)) {
      throw Refusal.invalidClient(
          "aud of client_assertion must be the issuer as one string, not an array: " + issuer);
    }
  }
}
