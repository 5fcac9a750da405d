package io.github.fapipack.bridge;

import io.github.fapipack.bridge.BankConsent.Status;
import io.github.fapipack.ecosystem.ConsentRules;
import io.github.fapipack.occasion.ConsentUseEvent;
import io.github.fapipack.rule.Refusal;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.OAuthErrorException;
import org.keycloak.common.util.Time;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * What a consent must be like: for a request, one of this client that can still be authorised; for
 * a token, one of this client and this user that is authorised. Without an answer of the service
 * nothing is granted.
 */
public final class ConsentChecks {

  private static final Logger LOGGER = Logger.getLogger(ConsentChecks.class);

  /** Seconds after which a client should try again. */
  private static final int RETRY = 5;

  private final KeycloakSession session;
  private final RealmModel realm;
  private final ConsentRules rules;

  /**
   * @param rules of the realm's ecosystem
   */
  public ConsentChecks(KeycloakSession session, ConsentRules rules) {
    this.session = session;
    this.realm = session.getContext().getRealm();
    this.rules = rules;
  }

  /**
   * Checks a consent before a user is asked.
   *
   * @param user if known, so that the consent has the user's accounts; null otherwise
   * @throws Refusal {@code invalid_request} if the client cannot have it authorised, {@code
   *     temporarily_unavailable} if the service does not say
   */
  public BankConsent requireAuthorisable(ClientModel client, String id, UserModel user)
      throws Refusal {
    BankConsent consent =
        find(id, user)
            .filter(found -> found.clientId().equals(client.getClientId()))
            .orElseThrow(
                () ->
                    Refusal.invalidRequest(
                        "the consent is not one that you have lodged",
                        "lodge a consent and send its id"));
    boolean waits =
        consent.status() == Status.AWAITING_AUTHORISATION
            || (rules.again() && consent.status() == Status.AUTHORISED);
    if (!waits || hasEnded(consent)) {
      throw Refusal.invalidRequest(
          "the consent cannot be authorised any more", "lodge a new consent");
    }
    return consent;
  }

  /**
   * Checks a consent before a token is issued or called active.
   *
   * @throws Refusal the event's error if it does not let the client have one, {@code
   *     temporarily_unavailable} if the service does not say
   */
  void requireAuthorised(ConsentUseEvent use) throws Refusal {
    String id = use.consent().id();
    AuthorisedConsents known = AuthorisedConsents.of(realm);
    BankConsent consent = known.find(id, rules).orElse(null);
    if (consent == null) {
      consent = find(id, null).orElse(null);
      if (consent != null) {
        known.keep(consent, rules);
      }
    }
    if (consent == null
        || !consent.clientId().equals(use.client().getClientId())
        || consent.status() != Status.AUTHORISED
        || hasEnded(consent)
        || !isOf(consent, use.user())) {
      throw new Refusal(
          use.error(),
          "the consent is not authorised any more",
          "lodge a new consent and ask the user again");
    }
  }

  private boolean isOf(BankConsent consent, UserModel user) throws Refusal {
    try {
      return ConsentService.of(session, realm).mayBeOf(consent, user);
    } catch (ConsentUnavailable e) {
      throw unavailable(e);
    }
  }

  private static boolean hasEnded(BankConsent consent) {
    return consent.expiresAt() != null && consent.expiresAt() <= Time.currentTimeSeconds();
  }

  private Optional<BankConsent> find(String id, UserModel user) throws Refusal {
    try {
      return ConsentService.of(session, realm).find(id, user);
    } catch (ConsentUnavailable e) {
      throw unavailable(e);
    }
  }

  /** HTTP 503: the client may try the same request again (RFC 9110 15.6.4). */
  private Refusal unavailable(ConsentUnavailable reason) {
    LOGGER.warnf(
        "Realm '%s': the bank's consent service: %s", realm.getName(), reason.getMessage());
    return new Refusal(
            OAuthErrorException.TEMPORARILY_UNAVAILABLE,
            "the bank's consent service does not answer now",
            "try again",
            Response.Status.SERVICE_UNAVAILABLE)
        .header(HttpHeaders.RETRY_AFTER, String.valueOf(RETRY));
  }
}
