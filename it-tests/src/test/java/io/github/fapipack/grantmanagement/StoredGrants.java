package io.github.fapipack.grantmanagement;

import io.github.fapipack.grantmanagement.Grants.Consented;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.testing.TestRealm;
import java.util.function.Function;

/** Grants written directly into the database of a realm. */
public final class StoredGrants {
  private final Database database;
  private final TestRealm realm;
  private final String realmId;

  StoredGrants(Database database, TestRealm realm) {
    this.database = database;
    this.realm = realm;
    this.realmId = realm.admin().realm(realm.name()).path("id").asText();
  }

  Grant create(FapiClient client, String userId, Consented consented) {
    String id = realm.admin().client(realm.name(), client.clientId()).path("id").asText();
    return with(table -> table.create(Store.newId(), realmId, id, userId, consented));
  }

  /** A grant of the user that every test realm has. */
  public Grant create(FapiClient client, Consented consented) {
    return create(client, userId(TestRealm.USERNAME), consented);
  }

  public boolean has(Grant grant) {
    return with(table -> table.find(realmId, grant.id()).isPresent());
  }

  /** Rows of the realm, living or not. */
  long rows() {
    return database.inTransaction(
        entities ->
            entities
                .createQuery(
                    "select count(g) from GrantEntity g where g.realmId = :realm", Long.class)
                .setParameter("realm", realmId)
                .getSingleResult());
  }

  String userId(String username) {
    return realm
        .admin()
        .get("/" + realm.name() + "/users?exact=true&username=" + username)
        .get(0)
        .path("id")
        .asText();
  }

  private <T> T with(Function<GrantTable, T> work) {
    return database.inTransaction(
        entities ->
            work.apply(
                new GrantTable(
                    entities, GrantLimits.DEFAULT, () -> System.currentTimeMillis() / 1000)));
  }
}
