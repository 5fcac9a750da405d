package io.github.fapipack.trust;

import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.NoSettings;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.Refusal;
import io.github.fapipack.rule.Rule;
import io.github.fapipack.rule.RuleId;

/**
 * A registration needs a software statement that the directory of the realm's ecosystem has signed
 * a short time ago; a signed request must come from the software itself. {@link StatementCheck} has
 * the details.
 */
@RuleId("fapi2-require-software-statement")
@Clause({"RFC7591 2.3-1", "RFC7591 3.2.2-1"})
public final class RequireSoftwareStatement extends Rule<NoSettings> {

  public RequireSoftwareStatement() {
    super(
        NoSettings.class,
        "In a realm with an ecosystem, software registers with a statement that the directory has"
            + " signed.");
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
