package io.github.fapipack.grantmanagement;

import io.github.fapipack.bridge.EndedBy;
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
  private final GrantConsents consents;

  JpaGrants(KeycloakSession session, GrantLimits limits) {
    this.session = session;
    this.table = table(session, limits);
    this.consents = new GrantConsents(session, table);
  }

  static GrantTable table(KeycloakSession session, GrantLimits limits) {
    return new GrantTable(
        session.getProvider(JpaConnectionProvider.class).getEntityManager(),
        limits,
        Time::currentTimeSeconds);
  }

  @Override
  public Grant create(ClientModel client, UserModel user, Consented consented) {
    Optional<Grant> former = consents.claim(client, user, consented);
    if (former.isPresent()) {
      return table
          .change(former.get().realmId(), former.get().id(), GrantChange.REPLACE, consented)
          .orElseThrow(GrantConsents::ended);
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
    consents.requireSame(realm, id, consented);
    return table.change(realm.getId(), id, GrantChange.MERGE, consented);
  }

  @Override
  public Optional<Grant> replace(RealmModel realm, String id, Consented consented) {
    consents.exchange(realm, id, consented);
    return table.change(realm.getId(), id, GrantChange.REPLACE, consented);
  }

  @Override
  public void voidTokens(RealmModel realm, String id) {
    table.change(realm.getId(), id, GrantChange.VOID_TOKENS, null);
  }

  @Override
  public boolean revoke(RealmModel realm, String id, EndedBy by) {
    return new GrantEnding(session, realm.getId(), by).one(id);
  }

  @Override
  public Optional<Grant> endConsent(RealmModel realm, String consentId) {
    return new GrantEnding(session, realm.getId(), EndedBy.BANK).consent(consentId);
  }

  @Override
  public int revokeAll(RealmModel realm, ClientModel client, UserModel user, EndedBy by) {
    return new GrantEnding(session, realm.getId(), by).all(client.getId(), user.getId());
  }

  @Override
  public int revokeAll(RealmModel realm, ClientModel client, EndedBy by) {
    return new GrantEnding(session, realm.getId(), by).all(client.getId(), null);
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
