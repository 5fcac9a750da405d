package io.github.fapipack.consent;

import io.github.fapipack.approval.Approval;
import io.github.fapipack.approval.ConsentRequest;
import io.github.fapipack.bridge.BankConsent;
import io.github.fapipack.grantmanagement.Grant;
import io.github.fapipack.keycloak.PlainProvider;
import io.github.fapipack.occasion.UserAuthenticatedEvent;
import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.RealmRules;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.authentication.InitiatedActionSupport;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.services.clientpolicy.ClientPolicyException;
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
    ConsentRequest request = ConsentRequest.of(context.getAuthenticationSession()).orElse(null);
    if (request == null) {
      context.success();
      return;
    }
    try {
      requireLogin(context);
      Optional<BankStep> elsewhere = BankStep.of(context, request);
      if (elsewhere.isPresent()) {
        elsewhere.get().take();
      } else {
        context.challenge(page(context, Question.of(context, request)));
      }
    } catch (AuthorizationError e) {
      refuse(context, e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Response page(RequiredActionContext context, Question question)
      throws AuthorizationError, IOException {
    AuthenticationSessionModel authentication = context.getAuthenticationSession();
    Grant held = question.held(context);
    String entered = authentication.getAuthNote(ENTERED);
    String problem = authentication.getAuthNote(PROBLEM);
    authentication.removeAuthNote(PROBLEM);
    return new ConsentPage(context)
        .show(
            question,
            held,
            entered == null ? Set.of() : Set.of(entered.split("\n")),
            problem == null ? interrupted(authentication) : read(problem));
  }

  /** What is wrong with the login is refused before anybody decides anything. */
  private static void requireLogin(RequiredActionContext context) throws AuthorizationError {
    try {
      RealmRules.trigger(
          context.getSession(), new UserAuthenticatedEvent(context.getAuthenticationSession()));
    } catch (ClientPolicyException e) {
      throw new AuthorizationError(e.getError(), e.getErrorDetail());
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
    if (BankStep.of(context, request).isPresent()) {
      requiredActionChallenge(context); // the bank's page alone can approve
      return;
    }
    ConsentForm form = new ConsentForm(context.getHttpRequest().getDecodedFormParameters());
    if (form.refuses()) {
      BankStep.decision(context, request).ifPresent(BankDecision::reject);
      Answers.keep(context.getSession(), authentication, Answers.Answer.REFUSED);
      context.failure();
      return;
    }
    try {
      requireLogin(context);
      Question question = Question.of(context, request);
      try {
        approve(context, form, question);
        context.success();
      } catch (ConsentForm.Problem problem) {
        showAgain(context, form, question, problem);
      }
    } catch (AuthorizationError e) {
      refuse(context, e);
    }
  }

  private static void approve(RequiredActionContext context, ConsentForm form, Question question)
      throws ConsentForm.Problem, AuthorizationError {
    AuthenticationSessionModel authentication = context.getAuthenticationSession();
    ApprovalCheck check = ApprovalCheck.of(context.getSession(), context.getUser());
    Approval approval = form.approval(question, check);
    ScopeConsent scopes = new ScopeConsent(context.getSession(), authentication);
    List<Item> items = question.items();
    if (!items.isEmpty() && approval.authorizationDetails().isEmpty() && !scopes.asksForMore()) {
      // Nothing is preselected. An empty selection is more likely a mistake than a refusal.
      throw new ConsentForm.Problem(
          Map.of(items.get(0).approveField(), "fapi.consent.problem.item"));
    }
    Optional<BankDecision> bank = BankStep.decision(context, question.request());
    if (bank.isPresent()) {
      // The bank decides last, and before anything is kept here.
      BankConsent authorised = bank.get().authorise(form.accounts(question));
      approval = approval.endingAt(authorised.expiresAt());
    }
    scopes.record();
    approval.keep(authentication);
    Answers.keep(context.getSession(), authentication, Answers.Answer.APPROVED);
  }

  /** A redirect to the page, so that reloading it does not submit the form again. */
  private static void showAgain(
      RequiredActionContext context,
      ConsentForm form,
      Question question,
      ConsentForm.Problem problem) {
    AuthenticationSessionModel authentication = context.getAuthenticationSession();
    ApprovalCheck check = ApprovalCheck.of(context.getSession(), context.getUser());
    authentication.setAuthNote(PROBLEM, write(problem.places()));
    authentication.setAuthNote(
        ENTERED, form.entered(question, check.lifetimes(question.request()).keySet()));
    context.challenge(
        AuthenticationManager.redirectToRequiredActions(
            context.getSession(),
            authentication.getRealm(),
            authentication,
            context.getUriInfo(),
            ConsentActionFactory.ID));
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

  private static void refuse(RequiredActionContext context, AuthorizationError error) {
    Response response =
        ClientError.send(
            context.getSession(),
            context.getAuthenticationSession(),
            context.getEvent(),
            error.error(),
            error.getMessage());
    context.challenge(response);
  }
}
