package io.github.fapipack.bridge;

import java.util.Optional;
import java.util.function.Function;
import org.keycloak.common.util.Time;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.services.Urls;

/**
 * The consents that clients have named, and which of them have ended: an ended consent gives no
 * token on any node. A row is stored only after the bank's consent service has confirmed that the
 * consent is the client's, so that clients cannot fill the table. Rows are deleted a day after the
 * last authorization with the consent began, or after its grant has expired, or 30 days after the
 * service knew that it has ended.
 */
public final class KnownConsents {

  private final KeycloakSession session;

  private KnownConsents(KeycloakSession session) {
    this.session = session;
  }

  public static KnownConsents of(KeycloakSession session) {
    return new KnownConsents(session);
  }

  /**
   * Notes, in a transaction of its own, that a client begins an authorization with a consent.
   *
   * @return false if the consent has ended
   */
  public boolean accept(RealmModel realm, ClientModel client, String consentId) {
    ConsentTable table = table(session);
    Optional<KnownConsent> known =
        table.find(realm.getId(), consentId).filter(each -> !table.isOld(each));
    return !known.orElseGet(() -> ensure(realm, client, consentId)).hasEnded();
  }

  /** Whether a consent has ended, as far as this server knows. */
  public boolean hasEnded(RealmModel realm, String consentId) {
    return table(session).find(realm.getId(), consentId).filter(KnownConsent::hasEnded).isPresent();
  }

  /**
   * Locks the row of a consent for which a grant is created, until the session's transaction ends.
   *
   * @param until when the grant ends, in seconds since the epoch, or null for never
   * @return false if the consent has ended
   */
  public boolean hold(RealmModel realm, ClientModel client, String consentId, Long until) {
    ConsentTable table = table(session);
    Optional<KnownConsent> held = table.hold(realm.getId(), consentId);
    if (held.isEmpty()) {
      ensure(realm, client, consentId);
      held = table.hold(realm.getId(), consentId);
    }
    if (held.filter(known -> !known.hasEnded()).isEmpty()) {
      return false;
    }
    table.keepFor(realm.getId(), consentId, until);
    return true;
  }

  /**
   * Ends a consent in the session's transaction; the bank's consent service is told after that,
   * unless the bank itself has ended it.
   */
  public void end(String realmId, String consentId, EndedBy by) {
    ConsentTable table = table(session);
    table.hold(realmId, consentId);
    table.end(realmId, consentId, by);
  }

  /**
   * Whether a client has ever named a consent, as far as this is still stored. One that no client
   * has named is noted as well, so that it can be ended: a request with it may be on its way.
   */
  public boolean isNamed(RealmModel realm, String consentId) {
    return ensure(realm, null, consentId).clientId() != null;
  }

  /**
   * The ended consents of which the bank's consent service does not know; empty if it knows all.
   */
  public Optional<Untold> untold(RealmModel realm) {
    return outbox(session).untold(realm.getId());
  }

  /** Deletes what is stored for a realm that is deleted. */
  public int deleteAll(String realmId) {
    return table(session).deleteAll(realmId);
  }

  /** Deletes at most that many rows that are not needed any more, and returns their number. */
  public int prune(int max) {
    return table(session).prune(max);
  }

  /** The consent, which is stored if it was not. */
  private KnownConsent ensure(RealmModel realm, ClientModel client, String consentId) {
    String clientId = client == null ? null : client.getClientId();
    String issuer = issuer(realm);
    try {
      return separately(table -> table.ensure(realm.getId(), consentId, clientId, issuer));
    } catch (RuntimeException e) {
      // Another request has inserted it; any other reason shows here again.
      return separately(table -> table.ensure(realm.getId(), consentId, clientId, issuer));
    }
  }

  private String issuer(RealmModel realm) {
    return Urls.realmIssuer(session.getContext().getUri().getBaseUri(), realm.getName());
  }

  private <T> T separately(Function<ConsentTable, T> work) {
    return KeycloakModelUtils.runJobInTransactionWithResult(
        session.getKeycloakSessionFactory(), other -> work.apply(table(other)));
  }

  static OutboxTable outbox(KeycloakSession session) {
    return new OutboxTable(
        session.getProvider(JpaConnectionProvider.class).getEntityManager(),
        Time::currentTimeSeconds);
  }

  private static ConsentTable table(KeycloakSession session) {
    return new ConsentTable(
        session.getProvider(JpaConnectionProvider.class).getEntityManager(),
        Time::currentTimeSeconds);
  }
}
