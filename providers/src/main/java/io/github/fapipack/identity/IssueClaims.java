package io.github.fapipack.identity;

import io.github.fapipack.ecosystem.AuthenticationRules.AcrInIdToken;
import io.github.fapipack.ecosystem.EcosystemProfile;
import io.github.fapipack.ecosystem.EcosystemProfiles;
import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.NoSettings;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.Rule;
import io.github.fapipack.rule.RuleId;
import io.github.fapipack.token.TokenResponses;
import java.util.Set;
import java.util.TreeSet;
import org.keycloak.models.ClientModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.protocol.oidc.OIDCConfigAttributes;
import org.keycloak.protocol.oidc.TokenManager.AccessTokenResponseBuilder;
import org.keycloak.protocol.oidc.grants.ciba.clientpolicy.context.BackchannelTokenResponseContext;
import org.keycloak.representations.IDToken;
import org.keycloak.services.clientpolicy.context.ImplicitHybridTokenResponse;

/**
 * ID tokens contain what the profile of the realm's ecosystem says: {@code acr}, {@code txn}, the
 * consent that was authorised, and the single claims that the request asked for. ID tokens in an
 * authorization response contain claims about the user only if they are encrypted.
 */
@RuleId("fapi2-issue-claims")
@Clause("OIDC 5.5")
public final class IssueClaims extends Rule<NoSettings> {

  public IssueClaims() {
    super(NoSettings.class, "Gives the claims that requests ask for, if the ecosystem lists them.");
  }

  @Override
  public boolean isStanding() {
    return true;
  }

  /** The claims of a realm's ID tokens that say nothing about the user. */
  public static Set<String> impersonal(RealmModel realm) {
    Set<String> names = new TreeSet<>();
    EcosystemProfiles.of(realm)
        .inUse()
        .ifPresent(
            profile -> {
              names.add(LoginFacts.TXN);
              profile.claims().entrySet().stream()
                  .filter(claim -> claim.getValue().consent())
                  .forEach(claim -> names.add(claim.getKey()));
            });
    return names;
  }

  @Override
  protected void check(Occasion occasion, NoSettings settings) {
    TokenResponses.of(occasion.context())
        .filter(made -> made.getIdToken() != null)
        .ifPresent(
            made ->
                EcosystemProfiles.of(occasion.session())
                    .inUse()
                    .filter(profile -> occasion.isEnforced())
                    .ifPresent(profile -> issue(occasion, profile, made)));
  }

  private static void issue(
      Occasion occasion, EcosystemProfile profile, AccessTokenResponseBuilder made) {
    IDToken idToken = made.getIdToken();
    Integer lifetime = profile.authentication().deviceIdTokenLifetime();
    if (lifetime != null && occasion.context() instanceof BackchannelTokenResponseContext) {
      idToken.exp(idToken.getIat() + lifetime);
    }
    AcrInIdToken acr = profile.authentication().idToken();
    LoginFacts.of(occasion.session())
        .ifPresent(
            facts -> {
              if (acr == AcrInIdToken.ALWAYS) {
                idToken.setAcr(facts.acr());
              }
              if (facts.txn() != null) {
                idToken.setOtherClaims(LoginFacts.TXN, facts.txn());
              }
              GivenClaims given = new GivenClaims(profile.claims(), facts);
              GivenClaims.write(given.ofConsent(RequestedClaims.ID_TOKEN), idToken);
              if (!(occasion.context() instanceof ImplicitHybridTokenResponse)
                  || isEncrypted(occasion.client())) {
                UserModel user =
                    made.getClientSessionCtx().getClientSession().getUserSession().getUser();
                String scope = made.getClientSessionCtx().getScopeString(true);
                GivenClaims.write(given.ofUser(RequestedClaims.ID_TOKEN, user, scope), idToken);
              }
            });
    if (acr == AcrInIdToken.NEVER) {
      idToken.setAcr(null);
    }
  }

  private static boolean isEncrypted(ClientModel client) {
    String algorithm = client.getAttribute(OIDCConfigAttributes.ID_TOKEN_ENCRYPTED_RESPONSE_ALG);
    return algorithm != null && !algorithm.isBlank();
  }
}
