package io.github.fapipack.security;

import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.Refusal;
import io.github.fapipack.rule.Rule;
import java.util.Optional;

/**
 * A request object, where a client sends one, is signed with PS256, ES256 or EdDSA, also inside an
 * encrypted one. Keycloak takes {@code none} from every client that has not chosen an algorithm.
 */
@Clause({"FAPI2-SP 5.4.1-1.3", "FAPI2-SP 5.4.1-1.2"})
public final class RestrictRequestObjectAlgorithm extends Rule<AllowedAlgorithms> {

  public RestrictRequestObjectAlgorithm() {
    super(AllowedAlgorithms.class, "Accepts only request objects that are signed as FAPI allows.");
  }

  @Override
  protected void check(Occasion occasion, AllowedAlgorithms settings) throws Refusal {
    Optional<RequestObject> object = RequestObject.in(occasion);
    if (object.isPresent() && !settings.has(object.get().algorithm())) {
      throw object
          .get()
          .refusal("it must be signed with a key of the client and one of " + settings);
    }
  }
}
