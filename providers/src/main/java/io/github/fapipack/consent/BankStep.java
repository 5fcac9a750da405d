package io.github.fapipack.consent;

import io.github.fapipack.approval.Approval;
import io.github.fapipack.approval.AuthorizationDetails;
import io.github.fapipack.approval.ConsentRequest;
import io.github.fapipack.bridge.BankConsent;
import io.github.fapipack.bridge.BankPage;
import io.github.fapipack.bridge.ConsentScopes;
import io.github.fapipack.bridge.ConsentService;
import io.github.fapipack.bridge.ConsentUnavailable;
import io.github.fapipack.bridge.ServiceJwts;
import io.github.fapipack.ecosystem.ConsentRules;
import io.github.fapipack.identity.LoginFacts;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import org.keycloak.OAuth2Constants;
import org.keycloak.OAuthErrorException;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.common.util.SecretGenerator;
import org.keycloak.common.util.Time;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * The consent step on the bank's own page: sends the browser there, and takes the answer with which
 * it comes back. The answer counts once, for this authentication session and this consent, and an
 * approval only if the bank's consent service confirms it.
 */
final class BankStep {

  private static final Logger LOGGER = Logger.getLogger(BankStep.class);

  /** The parameter with which the browser comes back. */
  private static final String ANSWER = "answer";

  /** The note with the nonce of the question that is open. */
  private static final String NONCE = "fapi.consent.nonce";

  /** The note with the id of this authorization at the service. */
  private static final String AUTHORIZATION = "fapi.consent.authorization";

  private final RequiredActionContext context;
  private final AuthenticationSessionModel authentication;
  private final ConsentRequest request;
  private final BankPage page;

  private BankStep(RequiredActionContext context, ConsentRequest request, BankPage page) {
    this.context = context;
    this.authentication = context.getAuthenticationSession();
    this.request = request;
    this.page = page;
  }

  /** The step of a request that names a consent, if the bank has a page of its own. */
  static Optional<BankStep> of(RequiredActionContext context, ConsentRequest request) {
    return request.consent() == null
        ? Optional.empty()
        : BankPage.of(context.getSession(), context.getRealm())
            .map(page -> new BankStep(context, request, page));
  }

  /** What the user decides about the bank's consent; empty if the request names none. */
  static Optional<BankDecision> decision(RequiredActionContext context, ConsentRequest request) {
    return Optional.ofNullable(request.consent())
        .map(
            consent ->
                new BankDecision(
                        context.getSession(),
                        context.getAuthenticationSession().getClient(),
                        context.getUser(),
                        consent.id(),
                        authorization(context.getAuthenticationSession()))
                    .loggedIn(
                        LoginFacts.acr(context.getSession(), context.getAuthenticationSession())));
  }

  private static String authorization(AuthenticationSessionModel authentication) {
    return kept(authentication, AUTHORIZATION);
  }

  /** Sends the browser out, or takes the answer that it has brought back. */
  void take() throws AuthorizationError {
    try {
      String answer = context.getUriInfo().getQueryParameters().getFirst(ANSWER);
      if (answer == null) {
        context.challenge(Response.seeOther(question()).build());
      } else if (isApproval(answer)) {
        approve();
      } else {
        Answers.keep(context.getSession(), authentication, Answers.Answer.REFUSED);
        context.failure();
      }
    } catch (ConsentUnavailable e) {
      throw BankDecision.unavailable(e);
    }
  }

  private URI question() throws ConsentUnavailable, AuthorizationError {
    requireNothingElse();
    if (authentication.getAuthNote(NONCE) == null) {
      // Ends here already if it is another user's, or cannot be authorised any more. A browser that
      // comes back without an answer may have left an authorised consent behind.
      decision(context, request).orElseThrow().read();
    }
    BankPage.Question question =
        new BankPage.Question(
            request.consent().id(),
            authentication.getClient().getClientId(),
            ConsentService.of(context.getSession(), context.getRealm()).subject(context.getUser()),
            Optional.ofNullable(authentication.getClientNote(OAuth2Constants.SCOPE)).orElse(""),
            ConsentRequest.purpose(authentication).orElse(null),
            context.getSession().getContext().resolveLocale(context.getUser()).toLanguageTag(),
            kept(authentication, NONCE));
    // The time that the realm allows for a page begins now.
    authentication.getParentSession().setTimestamp(Time.currentTime());
    return page.address(question, back());
  }

  /** The bank's page knows nothing of what is asked besides its consent, so nobody approves it. */
  private void requireNothingElse() throws AuthorizationError {
    Set<String> carriers =
        ConsentScopes.rules(context.getSession())
            .map(rules -> rules.reference().details())
            .map(ConsentRules.Details::types)
            .orElse(Set.of());
    boolean only =
        request.authorizationDetails().stream()
            .map(AuthorizationDetails::type)
            .allMatch(carriers::contains);
    if (!only || request.action() != null) {
      throw new AuthorizationError(
          OAuthErrorException.INVALID_REQUEST,
          "the user decides on the bank's own page, which asks about the consent alone; send no"
              + " other authorization_details and no grant_management_action");
    }
  }

  /** The address of this step, which the browser's session cookie belongs to. */
  private URI back() {
    return AuthenticationManager.redirectToRequiredActions(
            context.getSession(),
            authentication.getRealm(),
            authentication,
            context.getUriInfo(),
            ConsentActionFactory.ID)
        .getLocation();
  }

  private boolean isApproval(String answer) throws ConsentUnavailable, AuthorizationError {
    String nonce = authentication.getAuthNote(NONCE);
    authentication.removeAuthNote(NONCE);
    try {
      if (nonce == null) {
        throw ServiceJwts.Fault.form("no question is open");
      }
      return page.isApproval(answer, request.consent().id(), nonce);
    } catch (ServiceJwts.Fault e) {
      LOGGER.warnf("An answer of the bank's page is not accepted: %s", e.getMessage());
      throw new AuthorizationError(
          OAuthErrorException.ACCESS_DENIED, "the bank's page has not confirmed the consent");
    }
  }

  private void approve() throws AuthorizationError {
    BankConsent consent = decision(context, request).orElseThrow().authorisedAtBank();
    Approval approval;
    try {
      approval =
          ApprovalCheck.of(context.getSession(), context.getUser())
              .all(request)
              .endingAt(consent.expiresAt());
    } catch (ApprovalCheck.Unapprovable e) {
      throw new AuthorizationError(OAuthErrorException.ACCESS_DENIED, e.getMessage());
    }
    new ScopeConsent(context.getSession(), authentication).record();
    approval.keep(authentication);
    Answers.keep(context.getSession(), authentication, Answers.Answer.APPROVED);
    context.success();
  }

  private static String kept(AuthenticationSessionModel authentication, String note) {
    String known = authentication.getAuthNote(note);
    if (known == null) {
      known = SecretGenerator.getInstance().generateSecureID();
      authentication.setAuthNote(note, known);
    }
    return known;
  }
}
