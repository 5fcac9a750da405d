package io.github.fapipack.token;

import io.github.fapipack.jose.Algorithms;
import io.github.fapipack.jose.AllowedAlgorithms;
import io.github.fapipack.occasion.ClientAuthenticationEvent;
import io.github.fapipack.request.DpopProof;
import io.github.fapipack.request.DpopSignature;
import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.RealmRules;
import io.github.fapipack.rule.Refusal;
import io.github.fapipack.rule.Rule;
import io.github.fapipack.rule.RuleId;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * A DPoP proof must be one well-formed JWT, signed with PS256, ES256 or EdDSA by a key that is
 * strong enough. Keycloak verifies target, age and replay.
 */
@RuleId("fapi2-require-valid-dpop-proof")
@Clause({
  "RFC9449 4.3-5",
  "RFC9449 4.3-1",
  "RFC9449 4.3-2",
  "RFC9449 4.3-3",
  "RFC9449 4.3-4",
  "RFC9449 4.3-6",
  "RFC9449 4.3-7",
  "RFC9449 5-1"
})
public final class RequireValidDpopProof extends Rule<AllowedAlgorithms> {

  public RequireValidDpopProof() {
    super(
        AllowedAlgorithms.class,
        "Accepts only DPoP proofs that are well-formed and use an algorithm and a key that FAPI"
            + " allows.");
  }

  @Override
  protected void check(Occasion occasion, AllowedAlgorithms settings) throws Refusal {
    if (!(occasion.context() instanceof ClientAuthenticationEvent)) {
      return;
    }
    Optional<DpopProof> proof = DpopProof.of(occasion.session());
    if (proof.isPresent()) {
      proof.get().requireAllowedKey(settings);
      DpopSignature.require(occasion.session(), proof.get());
    }
  }

  /** The algorithms that a realm allows, also at its own resources. */
  public static AllowedAlgorithms algorithms(KeycloakSession session, RealmModel realm) {
    return RealmRules.of(session, realm)
        .settings(session, RequireValidDpopProof.class)
        .orElseGet(() -> new AllowedAlgorithms(Algorithms.ALLOWED));
  }
}
