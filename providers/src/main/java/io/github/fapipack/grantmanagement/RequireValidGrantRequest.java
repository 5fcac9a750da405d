package io.github.fapipack.grantmanagement;

import io.github.fapipack.approval.ConsentRequest;
import io.github.fapipack.approval.GrantAction;
import io.github.fapipack.occasion.BackchannelRequestEvent;
import io.github.fapipack.request.SentParameter;
import io.github.fapipack.request.SentRequest;
import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.NoSettings;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.Refusal;
import io.github.fapipack.rule.Rule;
import io.github.fapipack.rule.RuleId;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.services.clientpolicy.context.AuthorizationRequestContext;

/**
 * An authorization request must use the parameters of Grant Management correctly, and its grant
 * must belong to the client (Grant Management 5.2, 5.4).
 */
@RuleId("fapi2-require-valid-grant-request")
@Clause({
  "GM 5.4-1",
  "GM 5.4-2",
  "GM 5.4-3",
  "GM 5.4-4",
  "GM 5.1-1",
  "GM 5.2-1",
  "GM 5.2-2",
  "GM 7.1-5"
})
public final class RequireValidGrantRequest extends Rule<NoSettings> {

  private static final String ACTION = "grant_management_action";
  private static final String GRANT_ID = "grant_id";

  public RequireValidGrantRequest() {
    super(NoSettings.class, "Checks what a request wants to do to a grant.");
  }

  @Override
  protected void check(Occasion occasion, NoSettings settings) throws Refusal {
    if (SentRequest.in(occasion.context()).isEmpty()
        && !(occasion.context() instanceof BackchannelRequestEvent)) {
      return;
    }
    Optional<String> value = SentParameter.text(occasion, ACTION);
    Optional<String> grantId = SentParameter.text(occasion, GRANT_ID);
    GrantManagement management = GrantManagement.of(occasion.realm());
    if (value.isEmpty()) {
      requireNone(management, grantId);
      return;
    }
    GrantAction action = action(management, occasion.client(), value.get());
    checkGrant(occasion, action, grantId);
    if (occasion.context() instanceof AuthorizationRequestContext request) {
      ConsentRequest.keepGrant(request.getAuthenticationSession(), action, grantId.orElse(null));
    }
  }

  private static void requireNone(GrantManagement management, Optional<String> grantId)
      throws Refusal {
    if (grantId.isPresent()) {
      throw Refusal.invalidRequest(
          "grant_id has no meaning without grant_management_action", "send merge or replace");
    }
    if (management.enabled() && management.actionRequired()) {
      throw Refusal.invalidRequest(
          "grant_management_action is required", "send create, merge or replace");
    }
  }

  private static GrantAction action(GrantManagement management, ClientModel client, String value)
      throws Refusal {
    if (!management.enabled()) {
      throw Refusal.invalidRequest(
          "Grant Management is off here", "leave out grant_management_action and grant_id");
    }
    if (client.isPublicClient()) {
      throw new Refusal(
          "unauthorized_client", "only confidential clients may use grant_management_action");
    }
    return GrantAction.of(value)
        .orElseThrow(
            () ->
                Refusal.invalidRequest(
                    "grant_management_action is not supported", "send create, merge or replace"));
  }

  private static void checkGrant(Occasion occasion, GrantAction action, Optional<String> grantId)
      throws Refusal {
    if (action == GrantAction.CREATE) {
      if (grantId.isPresent()) {
        throw Refusal.invalidRequest(
            "grant_id must not come with create", "the new grant's id is in the token response");
      }
      return;
    }
    if (grantId.isEmpty()) {
      throw Refusal.invalidRequest(
          "grant_id is missing", action.value() + " needs the id of its grant");
    }
    Optional<Grant> own =
        occasion
            .session()
            .getProvider(Grants.class)
            .find(occasion.realm(), grantId.get())
            .filter(grant -> grant.clientId().equals(occasion.client().getId()));
    if (own.isEmpty()) {
      throw new Refusal(
          "invalid_grant_id",
          "the client has no grant with this grant_id",
          "it may have ended, so use create");
    }
  }
}
