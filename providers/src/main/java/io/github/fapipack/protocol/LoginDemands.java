package io.github.fapipack.protocol;

import io.github.fapipack.approval.ConsentRequest;
import io.github.fapipack.ecosystem.AuthenticationRules;
import io.github.fapipack.ecosystem.EcosystemProfile;
import io.github.fapipack.ecosystem.EcosystemProfiles;
import io.github.fapipack.rar.AcrDemands;
import io.github.fapipack.request.DemandedLevel;
import java.util.List;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * How strongly a user must log in for one authorization: as its request, the realm's ecosystem and
 * the types of its authorization details demand. The login flow is told before it begins.
 */
record LoginDemands(KeycloakSession session, AuthenticationSessionModel authentication) {

  static LoginDemands of(KeycloakSession session, AuthenticationSessionModel authentication) {
    return new LoginDemands(session, authentication);
  }

  /** Tells the login flow; false if no login of the realm can be as strong as that. */
  boolean settle() {
    DemandedLevel.takeOver(authentication);
    EcosystemProfiles.of(authentication.getRealm())
        .inUse()
        .map(EcosystemProfile::authentication)
        .map(AuthenticationRules::leastLevel)
        .ifPresent(level -> level.ifPresent(least -> DemandedLevel.demand(authentication, least)));
    Optional<ConsentRequest> asked = ConsentRequest.of(authentication);
    return asked.isEmpty() || reach(asked.get());
  }

  private boolean reach(ConsentRequest asked) {
    for (List<String> anyOf : AcrDemands.of(session, asked.authorizationDetails())) {
      if (!DemandedLevel.demand(authentication, anyOf)) {
        return false;
      }
    }
    return true;
  }
}
