package io.github.fapipack.identity;

import io.github.fapipack.ecosystem.ClaimRule;
import io.github.fapipack.ecosystem.EcosystemProfile;
import io.github.fapipack.ecosystem.EcosystemProfiles;
import io.github.fapipack.occasion.AuthorizationResponseEvent;
import io.github.fapipack.occasion.UserAuthenticatedEvent;
import io.github.fapipack.request.SentParameter;
import io.github.fapipack.request.SentRequest;
import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.NoSettings;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.Refusal;
import io.github.fapipack.rule.Rule;
import io.github.fapipack.rule.RuleId;
import java.util.Map;
import java.util.Optional;
import org.keycloak.OAuthErrorException;
import org.keycloak.models.UserModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * A client that requests an essential claim with a value, such as the tax number of the user who
 * should log in, gets no code if that is not the value of the user who does. It does not learn the
 * real value. Only claims that the profile of the realm's ecosystem lists are known; all others are
 * ignored.
 */
@RuleId("fapi2-require-essential-claims")
@Clause("OIDC 5.5")
public final class RequireEssentialClaims extends Rule<NoSettings> {

  public RequireEssentialClaims() {
    super(
        NoSettings.class,
        "Refuses logins of a user who lacks the value of a claim that is essential.");
  }

  @Override
  public boolean isStanding() {
    return true;
  }

  @Override
  protected void check(Occasion occasion, NoSettings settings) throws Refusal {
    if (occasion.context() instanceof AuthorizationResponseEvent response) {
      checkUser(rules(occasion), response.authentication(), response.user());
    } else if (occasion.context() instanceof UserAuthenticatedEvent login) {
      checkUser(
          rules(occasion), login.authentication(), login.authentication().getAuthenticatedUser());
    } else {
      Optional<SentRequest> request = SentRequest.in(occasion.context());
      if (request.isPresent() && !rules(occasion).isEmpty()) {
        checkRequest(occasion, request.get().parameters().getScope());
      }
    }
  }

  private static void checkRequest(Occasion occasion, String scope) throws Refusal {
    Optional<SentParameter> sent = SentParameter.in(occasion, OIDCLoginProtocol.CLAIMS_PARAM);
    if (sent.isPresent()) {
      RequestedClaims.of(rules(occasion), sent.get().tree()).requireScopes(scope);
    }
  }

  private static Map<String, ClaimRule> rules(Occasion occasion) {
    return EcosystemProfiles.of(occasion.session())
        .inUse()
        .map(EcosystemProfile::claims)
        .orElse(Map.of());
  }

  private static void checkUser(
      Map<String, ClaimRule> rules, AuthenticationSessionModel login, UserModel user)
      throws Refusal {
    String claims = login.getClientNote(OIDCLoginProtocol.CLAIMS_PARAM);
    if (claims != null && !rules.isEmpty() && RequestedClaims.read(rules, claims).fail(user)) {
      throw new Refusal(
          OAuthErrorException.ACCESS_DENIED,
          "an essential claim has a value that is not that of the user");
    }
  }
}
