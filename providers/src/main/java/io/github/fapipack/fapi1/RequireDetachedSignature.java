package io.github.fapipack.fapi1;

import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.identity.IssueClaims;
import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.NoSettings;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.Refusal;
import io.github.fapipack.rule.Rule;
import io.github.fapipack.rule.RuleId;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.keycloak.protocol.oidc.OIDCConfigAttributes;
import org.keycloak.protocol.oidc.TokenManager.AccessTokenResponseBuilder;
import org.keycloak.representations.IDToken;
import org.keycloak.services.clientpolicy.context.ImplicitHybridTokenResponse;
import org.keycloak.util.JsonSerialization;

/**
 * The ID token in the authorization response is a detached signature of the response and contains
 * no personal claims, unless it is encrypted for the client. It may name the consent that was
 * authorised, if the realm's ecosystem has a claim for that. Keycloak removes personal claims only
 * for clients with a switch, and then gives a pairwise client the user's real identifier.
 */
@RuleId("fapi1-require-detached-signature")
@Clause({"FAPI1-ADV 5.2.2.1-4", "FAPI1-ADV 5.2.2.1-6"})
public final class RequireDetachedSignature extends Rule<NoSettings> {

  /**
   * The claims that OpenID Connect Core 2 and 3.3.2.11 require in ID tokens, and Keycloak's typ and
   * sid.
   */
  private static final Set<String> KEPT =
      Set.of(
          "iss",
          "sub",
          "aud",
          "exp",
          "iat",
          "nbf",
          "auth_time",
          "nonce",
          "acr",
          "amr",
          "azp",
          "jti",
          "c_hash",
          "s_hash",
          "typ",
          "sid");

  public RequireDetachedSignature() {
    super(
        NoSettings.class,
        "Leaves personal claims out of ID tokens that pass through the browser in clear text.");
  }

  @Override
  protected void check(Occasion occasion, NoSettings settings) throws Refusal {
    if (!(occasion.context() instanceof ImplicitHybridTokenResponse response)
        || !occasion.isEnforced()) {
      return;
    }
    AccessTokenResponseBuilder tokens = response.getAccessTokenResponseBuilder();
    IDToken idToken = tokens.getIdToken();
    if (idToken == null) {
      return;
    }
    // The subject must be the same as in the ID token of the token endpoint (OpenID Connect Core
    // 3.3.3.6).
    idToken.subject(tokens.getAccessToken().getSubject());
    String encryption =
        occasion.client().getAttribute(OIDCConfigAttributes.ID_TOKEN_ENCRYPTED_RESPONSE_ALG);
    if (encryption == null || encryption.isEmpty()) {
      Set<String> kept = new HashSet<>(KEPT);
      kept.addAll(IssueClaims.impersonal(occasion.realm()));
      reduce(idToken, kept);
    }
  }

  private static void reduce(IDToken idToken, Set<String> kept) {
    ObjectNode unwanted = JsonSerialization.mapper.convertValue(idToken, ObjectNode.class);
    unwanted.remove(kept);
    unwanted.properties().forEach(claim -> claim.setValue(NullNode.instance));
    try {
      JsonSerialization.mapper.readerForUpdating(idToken).readValue(unwanted);
    } catch (IOException e) {
      throw new IllegalStateException("Claims cannot be removed", e);
    }
    idToken.getOtherClaims().keySet().retainAll(kept);
  }
}
