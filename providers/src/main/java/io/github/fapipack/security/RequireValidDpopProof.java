package io.github.fapipack.security;

import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.NoSettings;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.Refusal;
import io.github.fapipack.rule.Rule;
import java.util.Optional;

/**
 * A DPoP proof is one well-formed JWT, signed with PS256, ES256 or EdDSA by a key that is strong
 * enough. Keycloak then verifies target, age and replay.
 */
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
public final class RequireValidDpopProof extends Rule<NoSettings> {

  public RequireValidDpopProof() {
    super(
        NoSettings.class,
        "Accepts only DPoP proofs that are well-formed and use an algorithm and a key that FAPI"
            + " allows.");
  }

  @Override
  protected void check(Occasion occasion, NoSettings settings) throws Refusal {
    if (!(occasion.context() instanceof ClientAuthenticationEvent)) {
      return;
    }
    Optional<DpopProof> proof = DpopProof.of(occasion.request().getHttpHeaders());
    if (proof.isPresent()) {
      proof.get().requireAllowedKey();
      DpopSignature.require(occasion.session(), proof.get());
    }
  }
}
