package io.github.fapipack.consent;

import io.github.fapipack.approval.ConsentRequest;
import io.github.fapipack.bridge.BankConsent;
import io.github.fapipack.bridge.ConsentChecks;
import io.github.fapipack.bridge.ConsentScopes;
import io.github.fapipack.bridge.ConsentService;
import io.github.fapipack.bridge.ConsentUnavailable;
import io.github.fapipack.ecosystem.ConsentRules;
import io.github.fapipack.rule.Refusal;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.keycloak.OAuthErrorException;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * What the bank's consent service says about the consent of an authorization while the user
 * decides, and what it is told.
 */
final class BankStep {

  private static final Logger LOGGER = Logger.getLogger(BankStep.class);

  /** The note with the id of this authorization at the service. */
  private static final String AUTHORIZATION = "fapi.consent.authorization";

  private final KeycloakSession session;
  private final ConsentService service;
  private final AuthenticationSessionModel authentication;
  private final UserModel user;
  private final String id;

  /** The step of an authorization whose user is known; empty if its request names no consent. */
  static Optional<BankStep> of(RequiredActionContext context, ConsentRequest request) {
    return Optional.ofNullable(request.consent())
        .map(
            consent ->
                new BankStep(
                    context.getSession(),
                    context.getAuthenticationSession(),
                    context.getUser(),
                    consent.id()));
  }

  private BankStep(
      KeycloakSession session,
      AuthenticationSessionModel authentication,
      UserModel user,
      String id) {
    this.session = session;
    this.service = ConsentService.of(session, authentication.getRealm());
    this.authentication = authentication;
    this.user = user;
    this.id = id;
  }

  /** The consent, if this client and this user may still use it. */
  BankConsent read() throws AuthorizationError {
    ConsentRules rules = ConsentScopes.rules(session).orElseThrow(BankStep::denied);
    try {
      BankConsent consent =
          new ConsentChecks(session, rules)
              .requireAuthorisable(authentication.getClient(), id, user);
      if (!service.mayBeOf(consent, user)) {
        throw denied();
      }
      return consent;
    } catch (Refusal e) {
      throw OAuthErrorException.TEMPORARILY_UNAVAILABLE.equals(e.getError())
          ? unavailable()
          : denied();
    } catch (ConsentUnavailable e) {
      throw unavailable(e);
    }
  }

  /**
   * Tells the service that the user has authorised the consent.
   *
   * @param accounts the ids of the chosen accounts
   * @return the consent as it is now
   */
  BankConsent authorise(List<String> accounts) throws AuthorizationError {
    try {
      return service.authorise(id, user, accounts, authorization()).orElseThrow(BankStep::denied);
    } catch (ConsentUnavailable e) {
      throw unavailable(e);
    }
  }

  /** Tells the service that the user has refused; the refusal counts even if that fails. */
  void reject() {
    try {
      service.reject(id, user, authorization());
    } catch (ConsentUnavailable e) {
      LOGGER.warnf("The consent service was not told that consent '%s' is refused: %s", id, e);
    }
  }

  /** The same for one authorization, so that a repeated call has no effect. */
  private String authorization() {
    String known = authentication.getAuthNote(AUTHORIZATION);
    if (known == null) {
      known = UUID.randomUUID().toString();
      authentication.setAuthNote(AUTHORIZATION, known);
    }
    return known;
  }

  private static AuthorizationError denied() {
    return new AuthorizationError(
        OAuthErrorException.ACCESS_DENIED,
        "the consent can not be authorised by this user any more; lodge a new one");
  }

  private static AuthorizationError unavailable(ConsentUnavailable cause) {
    LOGGER.warnf("An authorization ends because of the consent service: %s", cause.getMessage());
    return unavailable();
  }

  private static AuthorizationError unavailable() {
    return new AuthorizationError(
        OAuthErrorException.TEMPORARILY_UNAVAILABLE,
        "the bank's consent service is not available; try again later");
  }
}
