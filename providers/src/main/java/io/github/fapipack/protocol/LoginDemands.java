package io.github.fapipack.protocol;

import io.github.fapipack.approval.ConsentRequest;
import io.github.fapipack.authorization.RequireEssentialAcr;
import io.github.fapipack.console.Consoles;
import io.github.fapipack.ecosystem.AuthenticationRules;
import io.github.fapipack.ecosystem.EcosystemProfile;
import io.github.fapipack.ecosystem.EcosystemProfiles;
import io.github.fapipack.rar.AcrDemands;
import io.github.fapipack.request.DemandedLevel;
import io.github.fapipack.rule.RealmRules;
import io.github.fapipack.rule.Refusal;
import java.util.List;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * How strongly a user must log in for one authorization: as its request, the realm's ecosystem and
 * the types of its authorization details demand. The login flow is told before it begins. In a
 * realm that only reports, and for Keycloak's consoles, everything is as in Keycloak.
 */
record LoginDemands(KeycloakSession session, AuthenticationSessionModel login, boolean apply) {

  static LoginDemands of(KeycloakSession session, AuthenticationSessionModel login) {
    ClientModel client = login.getClient();
    return new LoginDemands(
        session,
        login,
        !Consoles.is(client)
            && RealmRules.of(session).enforceStanding(RequireEssentialAcr.class, client));
  }

  /** Tells the login flow; a refusal if no login of the realm can be as strong as that. */
  Optional<Refusal> settle() {
    if (!apply) {
      return Optional.empty();
    }
    DemandedLevel.takeOver(login);
    EcosystemProfiles.of(login.getRealm())
        .inUse()
        .map(EcosystemProfile::authentication)
        .map(AuthenticationRules::leastLevel)
        .ifPresent(level -> level.ifPresent(least -> DemandedLevel.demand(login, least)));
    List<List<String>> ofTypes =
        ConsentRequest.of(login)
            .map(asked -> AcrDemands.of(session, asked.authorizationDetails()))
            .orElse(List.of());
    return ofTypes.stream().allMatch(anyOf -> DemandedLevel.demand(login, anyOf))
        ? Optional.empty()
        : Optional.of(RequireEssentialAcr.unreachable(login.getRealm()));
  }

  /**
   * Checks the login, also if a policy exempts the client from the rule: Keycloak itself would not
   * accept less than an essential value either.
   *
   * @throws Refusal {@code unmet_authentication_requirements}
   */
  void require() throws Refusal {
    if (apply && !DemandedLevel.isReached(session, login)) {
      throw RequireEssentialAcr.unmet(login.getRealm());
    }
  }
}
