package io.github.fapipack.metadata;

import io.github.fapipack.ecosystem.AuthenticationRules;
import io.github.fapipack.ecosystem.AuthenticationRules.SubjectType;
import io.github.fapipack.ecosystem.ConsentRules;
import io.github.fapipack.ecosystem.EcosystemProfile;
import io.github.fapipack.ecosystem.EcosystemProfiles;
import io.github.fapipack.identity.LoginFacts;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.representations.OIDCConfigurationRepresentation;
import org.keycloak.protocol.oidc.utils.AcrUtils;

/** What the profile of a realm's ecosystem says about claims, logins and scopes. */
final class EcosystemMetadata {

  /** Claims that nobody has to ask for. */
  private static final Set<String> OF_EVERY_ID_TOKEN =
      Set.of("iss", "sub", "aud", "exp", "iat", "auth_time", "acr", "azp", "nonce");

  private EcosystemMetadata() {}

  static void describe(OIDCConfigurationRepresentation metadata, KeycloakSession session) {
    EcosystemProfile profile = EcosystemProfiles.of(session).inUse().orElse(null);
    // Without an ecosystem, only acr is supported of the single claims that a request asks for.
    metadata.setClaimsParameterSupported(profile != null && isClaimsParameterUsed(profile));
    if (profile == null) {
      return;
    }
    describeClaims(metadata, profile);
    describeLogin(metadata, session.getContext().getRealm(), profile.authentication());
    if (!profile.metadata().scopesSupported().isEmpty()) {
      metadata.setScopesSupported(profile.metadata().scopesSupported());
    }
  }

  /** For single claims, or because a claim or another member names the consent. */
  private static boolean isClaimsParameterUsed(EcosystemProfile profile) {
    ConsentRules consent = profile.consent();
    return !profile.claims().isEmpty()
        || (consent != null
            && (consent.reference().claim() != null || consent.reference().arrangement() != null));
  }

  private static void describeClaims(
      OIDCConfigurationRepresentation metadata, EcosystemProfile profile) {
    Set<String> claims = new LinkedHashSet<>(metadata.getClaimsSupported());
    if (isClaimsParameterUsed(profile)) {
      // Clients ask for single claims by this list.
      claims.retainAll(OF_EVERY_ID_TOKEN);
    }
    claims.addAll(profile.metadata().claimsSupported());
    claims.addAll(profile.claims().keySet().stream().sorted().toList());
    if (profile.consent() != null && profile.consent().reference().claim() != null) {
      claims.add(profile.consent().reference().claim());
    }
    if (profile.authentication().txn()) {
      claims.add(LoginFacts.TXN);
    }
    if (profile.authentication().idToken() == AuthenticationRules.AcrInIdToken.NEVER) {
      claims.remove("acr");
    }
    metadata.setClaimsSupported(new ArrayList<>(claims));
  }

  /** The values of the profile that the realm knows, from the weakest to the strongest. */
  private static void describeLogin(
      OIDCConfigurationRepresentation metadata, RealmModel realm, AuthenticationRules rules) {
    if (!rules.acr().isEmpty()) {
      Map<String, Integer> known = AcrUtils.getAcrLoaMap(realm);
      metadata.setAcrValuesSupported(
          rules.acr().keySet().stream()
              .filter(known::containsKey)
              .sorted((one, other) -> Integer.compare(known.get(one), known.get(other)))
              .toList());
    }
    if (rules.subject() == SubjectType.PAIRWISE) {
      metadata.setSubjectTypesSupported(List.of("pairwise"));
    }
  }
}
