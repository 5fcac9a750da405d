package io.github.fapipack.consent;

import io.github.fapipack.approval.Approval;
import io.github.fapipack.approval.ConsentRequest;
import io.github.fapipack.occasion.AuthorizationResponseEvent;
import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.NoSettings;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.Refusal;
import io.github.fapipack.rule.Rule;
import io.github.fapipack.rule.RuleId;
import org.keycloak.services.clientpolicy.context.AuthorizationRequestContext;

/**
 * An authorization with authorization details results in a code only if the user saw and approved
 * them in this authorization, also with single sign-on.
 */
@RuleId("fapi2-require-approved-authorization-details")
@Clause("RFC9396 3.1-2")
public final class RequireApprovedAuthorizationDetails extends Rule<NoSettings> {

  public RequireApprovedAuthorizationDetails() {
    super(
        NoSettings.class,
        "Refuses authorizations whose details the user has not been asked about.");
  }

  /** If the consent step was disabled, the request is refused now instead of at the end. */
  @Override
  protected void check(Occasion occasion, NoSettings settings) throws Refusal {
    if (occasion.context() instanceof AuthorizationRequestContext) {
      ConsentActionFactory.require(occasion.realm());
    }
    if (occasion.context() instanceof AuthorizationResponseEvent response
        && ConsentRequest.isIn(response.authentication())
        && !Approval.isIn(response.authentication())) {
      throw new Refusal(
          "access_denied", "the user has not been asked about this authorization", "start again");
    }
  }
}
