package io.github.fapipack.bridge;

import io.github.fapipack.approval.Approval;
import io.github.fapipack.approval.ConsentReference;
import io.github.fapipack.approval.ConsentRequest;
import io.github.fapipack.ecosystem.ConsentRules;
import io.github.fapipack.occasion.AuthorizationResponseEvent;
import io.github.fapipack.occasion.BackchannelRequestEvent;
import io.github.fapipack.occasion.ConsentUseEvent;
import io.github.fapipack.request.SentRequest;
import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.NoSettings;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.RealmRules;
import io.github.fapipack.rule.Refusal;
import io.github.fapipack.rule.RequestKey;
import io.github.fapipack.rule.Rule;
import io.github.fapipack.rule.RuleId;
import java.util.Optional;
import org.keycloak.OAuthErrorException;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.clientpolicy.context.AuthorizationRequestContext;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Where the ecosystem's profile says so, a request names a consent that the bank holds, and its
 * consent service says that the client may have it authorised; tokens need it to be authorised.
 */
@RuleId("fapi2-require-bank-consent")
@Clause({"CB 1-1", "CB 1-2", "CB 1-3", "CB 1-4", "CB 2-1", "CB 3-1"})
public final class RequireBankConsent extends Rule<NoSettings> {

  private static final RequestKey<ConsentReference> NAMED = new RequestKey<>();
  private static final RequestKey<BankConsent> DOCUMENT = new RequestKey<>();

  public RequireBankConsent() {
    super(
        NoSettings.class,
        "Refuses requests and tokens without a consent of the bank, where the ecosystem demands"
            + " one.");
  }

  @Override
  public boolean isStanding() {
    return true;
  }

  @Override
  protected void check(Occasion occasion, NoSettings settings) throws Refusal {
    if (occasion.context() instanceof AuthorizationResponseEvent response) {
      checkResponse(response.authentication());
      return;
    }
    boolean asks =
        SentRequest.in(occasion.context()).isPresent()
            || occasion.context() instanceof BackchannelRequestEvent;
    if (!asks && !(occasion.context() instanceof ConsentUseEvent)) {
      return;
    }
    Optional<ConsentRules> rules = ConsentScopes.rules(occasion.session());
    if (rules.isPresent() && occasion.context() instanceof ConsentUseEvent use) {
      new ConsentChecks(occasion.session(), rules.get()).requireAuthorised(use);
    } else if (rules.isPresent()) {
      checkRequest(occasion, rules.get());
    }
  }

  /** The consent that the current backchannel authentication request names, if it may be used. */
  public static Optional<ConsentReference> named(KeycloakSession session) {
    return NAMED.in(session);
  }

  /**
   * The user to whom the bank says that the consent of the current backchannel authentication
   * request belongs; empty if the bank names nobody, or nobody of the realm.
   *
   * @param consentId the request must name this one
   */
  public static Optional<UserModel> holder(KeycloakSession session, String consentId) {
    RealmModel realm = session.getContext().getRealm();
    return DOCUMENT
        .in(session)
        .filter(consent -> consent.consentId().equals(consentId) && consent.subject() != null)
        .flatMap(
            consent ->
                ServiceSettings.of(realm)
                    .flatMap(settings -> settings.user(session, realm, consent.subject())));
  }

  /** The user has authorised the very consent that the request names. */
  private static void checkResponse(AuthenticationSessionModel login) throws Refusal {
    String asked = ConsentRequest.of(login).map(ConsentRequest::consentId).orElse(null);
    if (asked != null && !asked.equals(Approval.of(login).map(Approval::consentId).orElse(null))) {
      throw new Refusal(
          OAuthErrorException.ACCESS_DENIED,
          "the user has not authorised the consent of this request",
          "start again");
    }
  }

  private static void checkRequest(Occasion occasion, ConsentRules rules) throws Refusal {
    ConsentReferences references = new ConsentReferences(occasion, rules);
    Optional<ConsentReference> consent = references.find();
    if (consent.isEmpty()) {
      if (rules.isRequiredFor(references.scope())
          || rules.isRequiredFor(givenAnyway(occasion.client()))) {
        throw Refusal.invalidRequest(
            "the request names no consent", "lodge a consent at the bank and send its id");
      }
      return;
    }
    BankConsent document =
        new ConsentChecks(occasion.session(), rules)
            .requireAuthorisable(occasion.client(), consent.get().id(), null);
    ConsentAcr.of(rules, document).require(occasion);
    if (!KnownConsents.of(occasion.session())
        .accept(occasion.realm(), occasion.client(), consent.get().id())) {
      throw Refusal.invalidRequest("the consent has ended", "lodge a new consent");
    }
    if (occasion.context() instanceof AuthorizationRequestContext request) {
      ConsentRequest.keepConsent(request.getAuthenticationSession(), consent.get());
    } else if (occasion.context() instanceof BackchannelRequestEvent) {
      NAMED.set(occasion.session(), consent.get());
      DOCUMENT.set(occasion.session(), document);
    }
  }

  /** The scopes that a client gets without asking for them. */
  private static String givenAnyway(ClientModel client) {
    return String.join(" ", client.getClientScopes(true).keySet());
  }

  /**
   * Whether a consent lets a token be called active. For introspection, which is no request of the
   * token's client.
   *
   * @throws Refusal if the bank does not answer
   */
  public static boolean admits(
      KeycloakSession session, ClientModel client, UserModel user, String consentId)
      throws Refusal {
    Optional<ConsentRules> rules = ConsentScopes.rules(session);
    if (rules.isEmpty()
        || !RealmRules.of(session).enforceStanding(RequireBankConsent.class, client)) {
      return true;
    }
    ConsentUseEvent use =
        new ConsentUseEvent(
            client, user, new ConsentReference(consentId, null), OAuthErrorException.INVALID_GRANT);
    try {
      new ConsentChecks(session, rules.get()).requireAuthorised(use);
      return true;
    } catch (Refusal e) {
      if (OAuthErrorException.TEMPORARILY_UNAVAILABLE.equals(e.getError())) {
        throw e;
      }
      return false;
    }
  }
}
