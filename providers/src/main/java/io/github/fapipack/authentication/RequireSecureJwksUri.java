package io.github.fapipack.authentication;

import io.github.fapipack.client.ProposedClient;
import io.github.fapipack.keys.JwksUri;
import io.github.fapipack.occasion.ClientAuthenticationEvent;
import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.NoSettings;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.Refusal;
import io.github.fapipack.rule.Rule;
import io.github.fapipack.rule.RuleId;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.protocol.oidc.OIDCAdvancedConfigWrapper;
import org.keycloak.protocol.oidc.OIDCConfigAttributes;

/** A client's keys must be fetched over TLS (FAPI2-SP 5.4.2-1). */
@RuleId("fapi2-require-secure-jwks-uri")
@Clause({"FAPI2-SP 5.4.2-1", "FAPI2-SP 5.2.1-1", "FAPI1-ADV 8.9-1"})
public final class RequireSecureJwksUri extends Rule<NoSettings> {

  public RequireSecureJwksUri() {
    super(NoSettings.class, "A client's jwks_uri must be an https URL.");
  }

  @Override
  protected void check(Occasion occasion, NoSettings settings) throws Refusal {
    if (occasion.context() instanceof ClientAuthenticationEvent request
        && request.assertion().isPresent()
        && fetchesInsecurely(request.client())) {
      throw Refusal.invalidClient("the client's jwks_uri is not an https URL", "register one");
    }
    Optional<ProposedClient> proposed = ProposedClient.in(occasion.context());
    if (proposed.isPresent()) {
      checkRegistered(proposed.get().attribute(OIDCConfigAttributes.JWKS_URL));
    }
  }

  private static boolean fetchesInsecurely(ClientModel client) {
    OIDCAdvancedConfigWrapper config = OIDCAdvancedConfigWrapper.fromClientModel(client);
    return config.isUseJwksUrl() && !JwksUri.isSecure(config.getJwksUrl());
  }

  private static void checkRegistered(String uri) throws Refusal {
    if (uri != null && !uri.isBlank() && !JwksUri.isSecure(uri)) {
      throw ProposedClient.refusal(
          "jwks_uri must be an absolute https URL", OIDCConfigAttributes.JWKS_URL);
    }
  }
}
