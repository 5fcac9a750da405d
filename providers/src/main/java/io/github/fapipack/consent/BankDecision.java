package io.github.fapipack.consent;

import io.github.fapipack.bridge.BankConsent;
import io.github.fapipack.bridge.ConsentChecks;
import io.github.fapipack.bridge.ConsentScopes;
import io.github.fapipack.bridge.ConsentService;
import io.github.fapipack.bridge.ConsentUnavailable;
import io.github.fapipack.ecosystem.ConsentRules;
import io.github.fapipack.rule.Refusal;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.OAuthErrorException;
import org.keycloak.common.util.Time;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;

/**
 * A user's decision about a consent that the bank holds: what the bank's consent service says
 * meanwhile, and what it is told.
 */
public final class BankDecision {

  private static final Logger LOGGER = Logger.getLogger(BankDecision.class);

  private final KeycloakSession session;
  private final ConsentService service;
  private final ClientModel client;
  private final UserModel user;
  private final String id;
  private final String authorization;
  private String acr;

  /**
   * @param client the client that asks
   * @param user the user who decides
   * @param id the consent
   * @param authorization the same for one authorization of the user, and for no other
   */
  public BankDecision(
      KeycloakSession session,
      ClientModel client,
      UserModel user,
      String id,
      String authorization) {
    this.session = session;
    this.service = ConsentService.of(session, client.getRealm());
    this.client = client;
    this.user = user;
    this.id = id;
    this.authorization = authorization;
  }

  /** Says how the user has logged in, which the service is told; null if that is not known. */
  public BankDecision loggedIn(String how) {
    acr = how;
    return this;
  }

  /** The consent, if this user may still authorise it. */
  public BankConsent read() throws AuthorizationError {
    ConsentRules rules = ConsentScopes.rules(session).orElseThrow(BankDecision::denied);
    try {
      if (!service.knows(user)) {
        throw denied();
      }
      BankConsent consent = new ConsentChecks(session, rules).requireAuthorisable(client, id, user);
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
  public BankConsent authorise(List<String> accounts) throws AuthorizationError {
    try {
      return service
          .authorise(id, user, accounts, authorization, acr)
          .orElseThrow(BankDecision::denied);
    } catch (ConsentUnavailable e) {
      throw unavailable(e);
    }
  }

  /**
   * The consent, authorised: by this user at the bank itself, or now.
   *
   * @param accounts the ids of the chosen accounts; empty if nothing is known of a choice
   * @throws IllegalArgumentException if these accounts cannot be chosen
   */
  public BankConsent authoriseUnlessDone(Optional<List<String>> accounts)
      throws AuthorizationError {
    try {
      BankConsent consent =
          service.find(id, user).filter(this::isOpen).orElseThrow(BankDecision::denied);
      if (!service.mayBeOf(consent, user)) {
        throw denied();
      }
      boolean isDone = isAuthorised(consent) && consent.subject() != null;
      return isDone && accounts.isEmpty()
          ? consent
          : authorise(new AccountChoice(consent).chosen(accounts.orElse(List.of())));
    } catch (ConsentUnavailable e) {
      throw unavailable(e);
    }
  }

  /** The service decides whether one that is authorised may be authorised again. */
  private boolean isOpen(BankConsent consent) {
    return isLive(consent)
        && (consent.status() == BankConsent.Status.AWAITING_AUTHORISATION
            || consent.status() == BankConsent.Status.AUTHORISED);
  }

  /** The consent, if this user has authorised it at the bank itself. */
  public BankConsent authorisedAtBank() throws AuthorizationError {
    try {
      BankConsent consent = service.find(id, user).orElseThrow(BankDecision::denied);
      if (!isAuthorised(consent) || !service.subject(user).equals(consent.subject())) {
        throw denied();
      }
      return consent;
    } catch (ConsentUnavailable e) {
      throw unavailable(e);
    }
  }

  private boolean isAuthorised(BankConsent consent) {
    return isLive(consent) && consent.status() == BankConsent.Status.AUTHORISED;
  }

  private boolean isLive(BankConsent consent) {
    return client.getClientId().equals(consent.clientId())
        && (consent.expiresAt() == null || consent.expiresAt() > Time.currentTimeSeconds());
  }

  /** Tells the service that the user has refused; the refusal counts even if that fails. */
  public void reject() {
    try {
      service.reject(id, user, authorization);
    } catch (ConsentUnavailable e) {
      LOGGER.warnf(
          "The consent service was not told that consent '%s' is refused: %s", id, e.getMessage());
    }
  }

  static AuthorizationError denied() {
    return new AuthorizationError(
        OAuthErrorException.ACCESS_DENIED,
        "this user cannot authorise the consent any more; lodge a new one");
  }

  static AuthorizationError unavailable(ConsentUnavailable cause) {
    LOGGER.warnf("An authorization ends because of the consent service: %s", cause.getMessage());
    return unavailable();
  }

  private static AuthorizationError unavailable() {
    return new AuthorizationError(
        OAuthErrorException.TEMPORARILY_UNAVAILABLE,
        "the bank's consent service is not available; try again later");
  }
}
