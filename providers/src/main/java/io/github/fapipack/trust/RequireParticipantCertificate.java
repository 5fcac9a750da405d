package io.github.fapipack.trust;

import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.NoSettings;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.Refusal;
import io.github.fapipack.rule.Rule;
import io.github.fapipack.rule.RuleId;

/**
 * The client certificate with which software registers comes from an authority of the ecosystem,
 * was not revoked, and belongs to the software and the organisation of the statement. {@link
 * ParticipantCertificate} has the details.
 */
@RuleId("fapi2-require-participant-certificate")
@Clause({"RFC7591 5-3", "RFC8705 2.1-1"})
public final class RequireParticipantCertificate extends Rule<NoSettings> {

  public RequireParticipantCertificate() {
    super(
        NoSettings.class,
        "In a realm with an ecosystem, the client certificate of a registration belongs to the"
            + " software of the statement.");
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
