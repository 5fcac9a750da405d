package io.github.fapipack.grantmanagement;

import io.github.fapipack.keycloak.PlainProvider;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.common.util.Base64Url;
import org.keycloak.common.util.SecretGenerator;
import org.keycloak.common.util.Time;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Grants in the database of a session, within the session's transaction. */
final class JpaGrants implements Grants, PlainProvider {

  private static final int ID_BYTES = 32;

  private final KeycloakSession session;
  private final GrantTable table;

  JpaGrants(KeycloakSession session, GrantLimits limits) {
    this.session = session;
    this.table = table(session, limits);
  }

  static GrantTable table(KeycloakSession session, GrantLimits limits) {
    return new GrantTable(
        session.getProvider(JpaConnectionProvider.class).getEntityManager(),
        limits,
        Time::currentTimeSeconds);
  }

  @Override
  public Grant create(ClientModel client, UserModel user, Consented consented) {
    Optional<Grant> former =
        consented.consentId() == null
            ? Optional.empty()
            : ofConsent(client.getRealm(), consented.consentId());
    if (former.isPresent()) {
      if (!former.get().clientId().equals(client.getId())
          || !former.get().userId().equals(user.getId())) {
        throw new ConsentTaken("the consent belongs to another client or user");
      }
      return replace(client.getRealm(), former.get().id(), consented)
          .orElseThrow(() -> new ConsentTaken("the consent has ended"));
    }
    Grant grant =
        table.create(
            Base64Url.encode(SecretGenerator.getInstance().randomBytes(ID_BYTES)),
            client.getRealm().getId(),
            client.getId(),
            user.getId(),
            consented);
    OwnerCheck.afterCommit(session, grant);
    return grant;
  }

  @Override
  public boolean any(RealmModel realm) {
    return table.any(realm.getId());
  }

  @Override
  public Optional<Grant> find(RealmModel realm, String id) {
    return table.find(realm.getId(), id);
  }

  @Override
  public Optional<Grant> ofConsent(RealmModel realm, String consentId) {
    return table.findOfConsent(realm.getId(), consentId);
  }

  @Override
  public Optional<Grant> hold(RealmModel realm, String id) {
    return table.hold(realm.getId(), id);
  }

  @Override
  public Optional<Grant> merge(RealmModel realm, String id, Consented consented) {
    requireFree(realm, id, consented.consentId());
    String before = hold(realm, id).map(Grant::consentId).orElse(null);
    if (before != null && consented.consentId() != null && !before.equals(consented.consentId())) {
      throw new ConsentTaken("the grant is for another consent; replace it, or create one");
    }
    return table.change(realm.getId(), id, GrantChange.MERGE, consented);
  }

  @Override
  public Optional<Grant> replace(RealmModel realm, String id, Consented consented) {
    requireFree(realm, id, consented.consentId());
    return table.change(realm.getId(), id, GrantChange.REPLACE, consented);
  }

  private void requireFree(RealmModel realm, String id, String consentId) {
    if (consentId != null
        && ofConsent(realm, consentId).filter(other -> !other.id().equals(id)).isPresent()) {
      throw new ConsentTaken("the consent belongs to another grant");
    }
  }

  @Override
  public void voidTokens(RealmModel realm, String id) {
    table.change(realm.getId(), id, GrantChange.VOID_TOKENS, null);
  }

  @Override
  public boolean revoke(RealmModel realm, String id) {
    return table.delete(realm.getId(), id);
  }

  @Override
  public int revokeAll(RealmModel realm, ClientModel client, UserModel user) {
    return table.deleteAll(realm.getId(), client.getId(), user.getId());
  }

  @Override
  public int revokeAll(RealmModel realm, ClientModel client) {
    return table.deleteAll(realm.getId(), client.getId(), null);
  }

  @Override
  public Stream<Grant> ofUser(RealmModel realm, UserModel user, int first, int max) {
    return table.list(realm.getId(), null, user.getId(), first, max).stream();
  }

  @Override
  public Stream<Grant> ofClient(RealmModel realm, ClientModel client, int first, int max) {
    return table.list(realm.getId(), client.getId(), null, first, max).stream();
  }

  @Override
  public Stream<Grant> ofUserAndClient(
      RealmModel realm, UserModel user, ClientModel client, int first, int max) {
    return table.list(realm.getId(), client.getId(), user.getId(), first, max).stream();
  }
}
