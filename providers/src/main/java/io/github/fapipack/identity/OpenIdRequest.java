package io.github.fapipack.identity;

import io.github.fapipack.ecosystem.AuthenticationRules;
import io.github.fapipack.ecosystem.EcosystemProfile;
import io.github.fapipack.ecosystem.EcosystemProfiles;
import io.github.fapipack.occasion.BackchannelRequestEvent;
import io.github.fapipack.request.SentRequest;
import io.github.fapipack.rule.Occasion;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.util.TokenUtil;

/** A request for an ID token, in a realm whose ecosystem says what ID tokens are like. */
final class OpenIdRequest {

  private OpenIdRequest() {}

  /** What the ecosystem of the occasion's realm demands; empty if it has none. */
  static Optional<AuthenticationRules> rules(Occasion occasion) {
    return EcosystemProfiles.of(occasion.session()).inUse().map(EcosystemProfile::authentication);
  }

  /** The client that asks for an ID token; empty on other occasions. */
  static Optional<ClientModel> client(Occasion occasion) {
    boolean asks =
        occasion.context() instanceof BackchannelRequestEvent
            || SentRequest.in(occasion.context())
                .filter(sent -> TokenUtil.isOIDCRequest(sent.parameters().getScope()))
                .isPresent();
    return asks ? Optional.ofNullable(occasion.client()) : Optional.empty();
  }
}
