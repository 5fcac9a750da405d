package io.github.fapipack.authorization;

import io.github.fapipack.ecosystem.AuthenticationRules;
import io.github.fapipack.ecosystem.EcosystemProfiles;
import io.github.fapipack.occasion.AuthorizationResponseEvent;
import io.github.fapipack.occasion.UserAuthenticatedEvent;
import io.github.fapipack.request.DemandedLevel;
import io.github.fapipack.request.EssentialAcr;
import io.github.fapipack.request.SentParameter;
import io.github.fapipack.request.SentRequest;
import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.NoSettings;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.Refusal;
import io.github.fapipack.rule.Rule;
import io.github.fapipack.rule.RuleId;
import java.util.List;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * A login must have one of the {@code acr} values that a client requests as essential. If no login
 * of the realm can have one, the request is refused, otherwise the response.
 */
@RuleId("fapi2-require-essential-acr")
@Clause("OIDC 5.5.1.1")
public final class RequireEssentialAcr extends Rule<NoSettings> {

  public RequireEssentialAcr() {
    super(
        NoSettings.class,
        "Refuses requests for an essential acr that no login can have, and logins without it.");
  }

  @Override
  public boolean isStanding() {
    return true;
  }

  @Override
  protected void check(Occasion occasion, NoSettings settings) throws Refusal {
    if (occasion.context() instanceof AuthorizationResponseEvent response) {
      checkLogin(occasion, response.authentication());
    } else if (occasion.context() instanceof UserAuthenticatedEvent login) {
      checkLogin(occasion, login.authentication());
    } else if (SentRequest.in(occasion.context()).isPresent()) {
      checkRequest(occasion);
    }
  }

  private static void checkRequest(Occasion occasion) throws Refusal {
    Optional<SentParameter> claims = SentParameter.in(occasion, OIDCLoginProtocol.CLAIMS_PARAM);
    if (claims.isEmpty()) {
      return;
    }
    List<String> demanded = EssentialAcr.demanded(claims.get().tree());
    ClientModel client = occasion.client();
    if (!demanded.isEmpty()
        && demanded.stream().noneMatch(acr -> EssentialAcr.isReachable(client, acr))) {
      throw new Refusal(
          error(occasion.realm()),
          "no login can have an acr that claims calls essential",
          "name one of acr_values_supported that this realm's logins reach");
    }
  }

  private static void checkLogin(Occasion occasion, AuthenticationSessionModel login)
      throws Refusal {
    if (!DemandedLevel.isReached(occasion.session(), login)) {
      throw unmet(occasion.realm());
    }
  }

  /** What a client is told whose user did not log in as strongly as it has to be. */
  public static Refusal unmet(RealmModel realm) {
    return new Refusal(error(realm), "the login has none of the acr values that are essential");
  }

  /** What a client is told if no login of the realm can be as strong as it has to be. */
  public static Refusal unreachable(RealmModel realm) {
    return new Refusal(
        error(realm),
        "no login can have an acr that is essential here",
        "name one of acr_values_supported that this realm's logins reach");
  }

  /** The error code; ecosystems may have another one. */
  private static String error(RealmModel realm) {
    return EcosystemProfiles.of(realm)
        .inUse()
        .map(profile -> profile.authentication().unmetError())
        .orElse(AuthenticationRules.UNMET);
  }
}
