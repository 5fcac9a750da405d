package io.github.fapipack.consent;

import io.github.fapipack.approval.Approval;
import io.github.fapipack.approval.ConsentRequest;
import io.github.fapipack.grantmanagement.Grant;
import io.github.fapipack.grantmanagement.Grants;
import io.github.fapipack.keycloak.PlainProvider;
import io.github.fapipack.rar.AuthorizationDetailsTypes;
import io.github.fapipack.rule.Clause;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.authentication.InitiatedActionSupport;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.models.RealmModel;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.services.resources.LoginActionsService;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * The step in which the user approves what goes beyond scopes. It is required in each authorization
 * that asks for such, also with single sign-on; with {@code prompt=none} Keycloak therefore answers
 * {@code interaction_required}.
 */
@Clause({"RFC9396 3.1-2", "FAPI2-SP 5.3.2.2-13"})
final class ConsentAction implements RequiredActionProvider, PlainProvider {

  private static final String PROBLEM = "fapi.consent.problem";
  private static final String ENTERED = "fapi.consent.entered";

  @Override
  public void evaluateTriggers(RequiredActionContext context) {
    AuthenticationSessionModel authentication = context.getAuthenticationSession();
    if (ConsentRequest.isIn(authentication) && !Approval.isIn(authentication)) {
      authentication.addRequiredAction(ConsentActionFactory.ID);
    }
  }

  /** A client that sends {@code kc_action=fapi-consent} must not make Keycloak skip the step. */
  @Override
  public InitiatedActionSupport initiatedActionSupport() {
    return InitiatedActionSupport.SUPPORTED;
  }

  @Override
  public void requiredActionChallenge(RequiredActionContext context) {
    AuthenticationSessionModel authentication = context.getAuthenticationSession();
    ConsentRequest request = ConsentRequest.of(authentication).orElse(null);
    if (request == null) {
      context.success();
      return;
    }
    Grant held = held(context, request);
    if (held == null && request.grantId() != null) {
      refuse(context, "invalid_grant_id", "grant_id is not one of this user's grants to you");
      return;
    }
    List<Item> items = items(context, request);
    if (items == null) {
      return;
    }
    String entered = authentication.getAuthNote(ENTERED);
    String problem = authentication.getAuthNote(PROBLEM);
    authentication.removeAuthNote(PROBLEM);
    try {
      context.challenge(
          new ConsentPage(context)
              .show(
                  request,
                  items,
                  held,
                  entered == null ? Set.of() : Set.of(entered.split("\n")),
                  problem == null ? interrupted(authentication) : read(problem)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void processAction(RequiredActionContext context) {
    AuthenticationSessionModel authentication = context.getAuthenticationSession();
    ConsentRequest request = ConsentRequest.of(authentication).orElse(null);
    if (request == null) {
      context.success();
      return;
    }
    ConsentForm form = new ConsentForm(context.getHttpRequest().getDecodedFormParameters());
    if (form.refuses()) {
      Answers.keep(context.getSession(), authentication, Answers.Answer.REFUSED);
      context.failure();
      return;
    }
    List<Item> items = items(context, request);
    if (items == null) {
      return;
    }
    ApprovalCheck check = ApprovalCheck.of(context.getSession(), context.getUser());
    try {
      Approval approval = form.approval(request, items, check);
      ScopeConsent scopes = new ScopeConsent(context.getSession(), authentication);
      if (!items.isEmpty() && approval.authorizationDetails().isEmpty() && !scopes.asksForMore()) {
        // Nothing is preselected. An empty selection is more likely a mistake than a refusal.
        throw new ConsentForm.Problem(
            Map.of(items.get(0).approveField(), "fapi.consent.problem.item"));
      }
      scopes.record();
      approval.keep(authentication);
      Answers.keep(context.getSession(), authentication, Answers.Answer.APPROVED);
      context.success();
    } catch (ConsentForm.Problem problem) {
      authentication.setAuthNote(PROBLEM, write(problem.places()));
      authentication.setAuthNote(ENTERED, form.entered(items, check.lifetimes(request).keySet()));
      // A redirect to the page, so that reloading it does not submit the form again.
      context.challenge(
          AuthenticationManager.redirectToRequiredActions(
              context.getSession(),
              authentication.getRealm(),
              authentication,
              context.getUriInfo(),
              ConsentActionFactory.ID));
    }
  }

  /** Keycloak's message if it shows the page again without an answer. */
  private static Map<String, String> interrupted(AuthenticationSessionModel authentication) {
    if (authentication.getAuthNote(LoginActionsService.FORWARDED_ERROR_MESSAGE_NOTE) == null) {
      return Map.of();
    }
    authentication.removeAuthNote(LoginActionsService.FORWARDED_ERROR_MESSAGE_NOTE);
    return Map.of(ConsentForm.PAGE, "fapi.consent.problem.again");
  }

  private static String write(Map<String, String> places) {
    return places.entrySet().stream()
        .map(place -> place.getKey() + "=" + place.getValue())
        .collect(Collectors.joining("\n"));
  }

  /**
   * Reads what {@link #write} wrote; the text of an earlier release is shown for the whole page.
   */
  private static Map<String, String> read(String places) {
    return Stream.of(places.split("\n"))
        .map(place -> place.contains("=") ? place : ConsentForm.PAGE + "=" + place)
        .map(place -> place.split("=", 2))
        .collect(Collectors.toMap(place -> place[0], place -> place[1], (one, other) -> one));
  }

  /**
   * The objects to approve; null if they can no longer be approved, in which case the response is
   * set.
   */
  private static List<Item> items(RequiredActionContext context, ConsentRequest request) {
    try {
      return Item.of(
          request.authorizationDetails(),
          AuthorizationDetailsTypes.of(context.getRealm()),
          context.getUser());
    } catch (IllegalArgumentException e) {
      refuse(context, "invalid_authorization_details", e.getMessage());
      return null;
    }
  }

  /** The grant that the client wants to change, if it belongs to this user and this client. */
  private static Grant held(RequiredActionContext context, ConsentRequest request) {
    RealmModel realm = context.getRealm();
    Grants grants = context.getSession().getProvider(Grants.class);
    if (request.grantId() == null || grants == null) {
      return null;
    }
    return grants
        .find(realm, request.grantId())
        .filter(grant -> grant.userId().equals(context.getUser().getId()))
        .filter(
            grant ->
                grant.clientId().equals(context.getAuthenticationSession().getClient().getId()))
        .orElse(null);
  }

  private static void refuse(RequiredActionContext context, String error, String description) {
    Response response =
        ClientError.send(
            context.getSession(),
            context.getAuthenticationSession(),
            context.getEvent(),
            error,
            description);
    context.challenge(response);
  }
}
