package io.github.fapipack.trust;

import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.NoSettings;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.Refusal;
import io.github.fapipack.rule.Rule;
import io.github.fapipack.rule.RuleId;

/**
 * Software registers what its statement and its roles allow: redirect URIs, keys, scopes, grants,
 * and the names and links that users see. {@link RequestedMetadata} and {@link Roles} have the
 * details.
 */
@RuleId("fapi2-restrict-to-software-statement")
@Clause({"RFC7591 3.1.1-2", "RFC7592 2.2-4"})
public final class RestrictToSoftwareStatement extends Rule<NoSettings> {

  public RestrictToSoftwareStatement() {
    super(
        NoSettings.class,
        "In a realm with an ecosystem, software registers what its statement and its roles allow.");
  }

  @Override
  public boolean isStanding() {
    return true;
  }

  @Override
  protected void check(Occasion occasion, NoSettings settings) throws Refusal {
    if (occasion.context() instanceof AdmissionEvent event) {
      event.admission().take(event.step());
    }
  }
}
