package io.github.fapipack.identity;

import io.github.fapipack.client.ProposedClient;
import io.github.fapipack.ecosystem.Presence;
import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.NoSettings;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.Refusal;
import io.github.fapipack.rule.Rule;
import io.github.fapipack.rule.RuleId;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.protocol.oidc.OIDCConfigAttributes;

/**
 * Where the profile of the realm's ecosystem says so, ID tokens are encrypted for the client that
 * gets them: a client that has registered no algorithm for that cannot ask for one. That it has a
 * key is the matter of {@code fapi2-require-fitting-keys}.
 */
@RuleId("fapi2-require-id-token-encryption")
@Clause("OIDC 10.2")
public final class RequireIdTokenEncryption extends Rule<NoSettings> {

  private static final String NAME = "id_token_encrypted_response_alg";
  private static final String ATTRIBUTE = OIDCConfigAttributes.ID_TOKEN_ENCRYPTED_RESPONSE_ALG;

  public RequireIdTokenEncryption() {
    super(
        NoSettings.class,
        "Refuses clients without encrypted ID tokens, if the ecosystem demands these.");
  }

  @Override
  public boolean isStanding() {
    return true;
  }

  @Override
  protected void check(Occasion occasion, NoSettings settings) throws Refusal {
    Optional<ProposedClient> proposed = ProposedClient.in(occasion.context());
    Optional<ClientModel> client =
        proposed.isPresent() ? Optional.empty() : OpenIdRequest.client(occasion);
    if ((proposed.isEmpty() && client.isEmpty()) || !isDemanded(occasion)) {
      return;
    }
    if (client.isPresent() && isBlank(client.get().getAttribute(ATTRIBUTE))) {
      throw new Refusal(
          "unauthorized_client",
          "ID tokens are encrypted here, and the client has registered no algorithm for that",
          "register " + NAME + " and an encryption key");
    }
    if (proposed.isPresent()
        && proposed.get().whole()
        && isBlank(proposed.get().value(ATTRIBUTE))) {
      proposed.get().refuseNew(NAME, ATTRIBUTE, "is missing; ID tokens are encrypted here");
    }
  }

  private static boolean isDemanded(Occasion occasion) {
    return OpenIdRequest.rules(occasion)
        .filter(rules -> rules.idTokenEncryption() == Presence.REQUIRED)
        .isPresent();
  }

  private static boolean isBlank(String text) {
    return text == null || text.isBlank();
  }
}
