package io.github.fapipack.grantmanagement;

import io.github.fapipack.bridge.EndedBy;
import io.github.fapipack.bridge.KnownConsents;
import io.github.fapipack.grantmanagement.Grants.Consented;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * Keeps grants and the consents of the bank together: a consent has at most one grant, and a
 * consent that has ended has none. Each method locks the rows of the consents until the transaction
 * ends, before a grant is changed; so a consent that is ended meanwhile is ended after that, with
 * the new grant.
 */
final class GrantConsents {

  private final KeycloakSession session;
  private final GrantTable table;

  GrantConsents(KeycloakSession session, GrantTable table) {
    this.session = session;
    this.table = table;
  }

  /**
   * The grant that the user has given the client for the consent before, if there is one.
   *
   * @throws ConsentTaken if it is another user's or another client's, or the consent has ended
   */
  Optional<Grant> claim(ClientModel client, UserModel user, Consented consented) {
    if (consented.consentId() == null) {
      return Optional.empty();
    }
    hold(client, consented.consentId(), consented.expiresAt());
    Optional<Grant> former = table.findOfConsent(client.getRealm().getId(), consented.consentId());
    if (former
        .filter(
            grant ->
                !grant.clientId().equals(client.getId()) || !grant.userId().equals(user.getId()))
        .isPresent()) {
      throw new ConsentTaken("the consent belongs to another client or user");
    }
    return former;
  }

  /**
   * For a merge: a grant can get a consent if it has none.
   *
   * @throws ConsentTaken if the grant is for another consent, or the consent for another grant, or
   *     has ended
   */
  void requireSame(RealmModel realm, String id, Consented consented) {
    if (consented.consentId() == null) {
      return;
    }
    Optional<Grant> before = table.find(realm.getId(), id);
    Long until =
        consented.expiresAt() == null
            ? before.map(Grant::expiresAt).orElse(null)
            : consented.expiresAt();
    hold(realm, before, consented.consentId(), until);
    if (before
        .map(Grant::consentId)
        .filter(other -> !other.equals(consented.consentId()))
        .isPresent()) {
      throw new ConsentTaken("the grant is for another consent; replace it or create a new one");
    }
    requireFree(realm, id, consented);
  }

  /**
   * For a replacement: if it is for another consent than before, the former one ends.
   *
   * @throws ConsentTaken if the consent is for another grant, or has ended
   */
  void exchange(RealmModel realm, String id, Consented consented) {
    Optional<Grant> before = table.find(realm.getId(), id);
    String former = before.map(Grant::consentId).orElse(null);
    boolean other = former != null && !former.equals(consented.consentId());
    // In the order of their ids, so that two replacements do not wait for each other.
    for (String each :
        new TreeSet<>(Stream.of(former, consented.consentId()).filter(Objects::nonNull).toList())) {
      if (each.equals(consented.consentId())) {
        hold(realm, before, each, consented.expiresAt());
      } else if (other) {
        KnownConsents.of(session).end(realm.getId(), former, EndedBy.CLIENT);
      }
    }
    if (consented.consentId() != null) {
      requireFree(realm, id, consented);
    }
  }

  private void hold(RealmModel realm, Optional<Grant> grant, String consentId, Long until) {
    hold(
        grant.map(known -> realm.getClientById(known.clientId())).orElseThrow(GrantConsents::ended),
        consentId,
        until);
  }

  private void hold(ClientModel client, String consentId, Long until) {
    if (!KnownConsents.of(session).hold(client.getRealm(), client, consentId, until)) {
      throw ended();
    }
  }

  private void requireFree(RealmModel realm, String id, Consented consented) {
    if (table
        .findOfConsent(realm.getId(), consented.consentId())
        .filter(other -> !other.id().equals(id))
        .isPresent()) {
      throw new ConsentTaken("the consent belongs to another grant");
    }
  }

  /** The consent or its grant has ended meanwhile. */
  static ConsentTaken ended() {
    return new ConsentTaken("the consent has ended");
  }
}
