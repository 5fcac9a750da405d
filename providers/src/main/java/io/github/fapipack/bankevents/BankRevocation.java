package io.github.fapipack.bankevents;

import io.github.fapipack.bridge.KnownConsents;
import io.github.fapipack.grantmanagement.Grant;
import io.github.fapipack.grantmanagement.Grants;
import io.github.fapipack.rule.Clause;
import org.jboss.logging.Logger;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Ends a consent that has ended at the bank: its grant and all tokens, codes that are not redeemed,
 * and requests that wait for the user. It is committed before the bank gets its answer, so that no
 * token is issued afterwards on any node.
 */
@Clause("CB 4-1")
public final class BankRevocation {

  private static final Logger LOGGER = Logger.getLogger(BankRevocation.class);

  /** Attempts if the database lets the transaction fail, because another one is in its way. */
  private static final int ATTEMPTS = 3;

  private static final String CONSENT_ID = "consent_id";

  private final KeycloakSession session;
  private final RealmModel realm;

  /**
   * @param session of the bank's request
   */
  public BankRevocation(KeycloakSession session, RealmModel realm) {
    this.session = session;
    this.realm = realm;
  }

  /**
   * Ends a consent; has no effect on one that has ended before.
   *
   * @return whether a client has ever named it
   */
  public boolean end(String consentId) {
    boolean known = KnownConsents.of(session).isNamed(realm, consentId);
    for (int attempt = 1; ; attempt++) {
      try {
        KeycloakModelUtils.runJobInTransaction(
            session.getKeycloakSessionFactory(), other -> end(other, consentId));
        return known;
      } catch (RuntimeException e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
        LOGGER.debugf(e, "Consent %s is ended in another attempt", consentId);
      }
    }
  }

  private void end(KeycloakSession other, String consentId) {
    RealmModel own = other.realms().getRealm(realm.getId());
    other.getContext().setRealm(own);
    other
        .getProvider(Grants.class)
        .endConsent(own, consentId)
        .ifPresent(grant -> note(other, own, grant));
  }

  /** An event of the user and the client whose grant has ended. */
  private void note(KeycloakSession other, RealmModel own, Grant grant) {
    new EventBuilder(own, other, session.getContext().getConnection())
        .event(EventType.REVOKE_GRANT)
        .client(own.getClientById(grant.clientId()))
        .user(grant.userId())
        .detail(CONSENT_ID, grant.consentId())
        .success();
  }
}
