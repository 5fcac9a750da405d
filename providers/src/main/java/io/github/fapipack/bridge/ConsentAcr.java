package io.github.fapipack.bridge;

import io.github.fapipack.authorization.RequireEssentialAcr;
import io.github.fapipack.ecosystem.ConsentRules;
import io.github.fapipack.identity.LoginFacts;
import io.github.fapipack.occasion.BackchannelRequestEvent;
import io.github.fapipack.request.DemandedLevel;
import io.github.fapipack.request.EssentialAcr;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.Refusal;
import java.util.List;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.services.clientpolicy.context.AuthorizationRequestContext;

/**
 * How strongly a user must log in to authorise a consent, as the consent itself and its kind
 * demand.
 *
 * @param demands the login must have one value of each list
 */
record ConsentAcr(List<List<String>> demands) {

  static ConsentAcr of(ConsentRules rules, BankConsent consent) {
    List<String> ofKind =
        Optional.ofNullable(consent.kind())
            .map(rules.kinds()::get)
            .map(ConsentRules.Kind::acr)
            .orElse(List.of());
    return new ConsentAcr(List.of(ofKind, consent.acr()));
  }

  /**
   * Demands it of the login that follows.
   *
   * @throws Refusal {@code unmet_authentication_requirements} if no login can be as strong as that
   */
  void require(Occasion occasion) throws Refusal {
    for (List<String> anyOf : demands) {
      if (!anyOf.isEmpty() && !isMet(occasion, anyOf)) {
        throw RequireEssentialAcr.unreachable(occasion.realm());
      }
    }
  }

  private static boolean isMet(Occasion occasion, List<String> anyOf) {
    ClientModel client = occasion.client();
    if (occasion.context() instanceof BackchannelRequestEvent) {
      return LoginFacts.isReachableOnDevice(client, anyOf);
    }
    return occasion.context() instanceof AuthorizationRequestContext request
        ? DemandedLevel.demand(request.getAuthenticationSession(), anyOf)
        : EssentialAcr.lowest(client, anyOf).isPresent();
  }
}
