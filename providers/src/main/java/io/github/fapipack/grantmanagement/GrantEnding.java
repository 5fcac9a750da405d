package io.github.fapipack.grantmanagement;

import io.github.fapipack.bridge.EndedBy;
import io.github.fapipack.bridge.KnownConsents;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.keycloak.models.KeycloakSession;

/**
 * Deletes grants, and ends the consents of the bank for which they stand in the same transaction.
 * As everywhere, the row of a consent is locked before that of its grant.
 */
final class GrantEnding {

  private final KnownConsents consents;
  private final GrantTable table;
  private final String realmId;
  private final EndedBy by;

  GrantEnding(KeycloakSession session, String realmId, EndedBy by) {
    this.consents = KnownConsents.of(session);
    this.table = JpaGrants.table(session, GrantLimits.DEFAULT);
    this.realmId = realmId;
    this.by = by;
  }

  /** Deletes an active grant, and returns whether it existed. */
  boolean one(String id) {
    Optional<Grant> grant = table.find(realmId, id);
    grant.map(Grant::consentId).ifPresent(this::endConsent);
    return grant.isPresent() && table.delete(realmId, id);
  }

  /** Ends a consent, and deletes and returns its grant. */
  Optional<Grant> consent(String consentId) {
    endConsent(consentId);
    Optional<Grant> grant = table.findOfConsent(realmId, consentId);
    grant.ifPresent(found -> table.delete(realmId, found.id()));
    return grant;
  }

  /** Deletes grants, active or not, and returns their number; null means all clients or users. */
  int all(String clientId, String userId) {
    List<String> ended = table.consents(realmId, clientId, userId);
    new TreeSet<>(ended).forEach(this::endConsent);
    return table.deleteAll(realmId, clientId, userId);
  }

  private void endConsent(String consentId) {
    consents.end(realmId, consentId, by);
  }
}
