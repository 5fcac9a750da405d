package io.github.fapipack.grantmanagement;

import static io.github.fapipack.grantmanagement.Store.scopes;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.admin.AdminResponse;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.Tokens;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.page.AccountConsole;
import io.github.fapipack.it.samples.SampleUser;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import io.github.fapipack.it.time.Await;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Grants end with their owners, with the consent, and with their lifetime. */
class GrantOwnersIT {
  private TestRealm realm;
  private StoredGrants grants;
  private FapiClient client;

  @BeforeEach
  void importRealm() {
    PostgresServer server = PostgresServer.get();
    realm = server.realm("fapi2-security-profile");
    grants = server.grants(realm);
    client = TestClient.in(realm).register();
  }

  @AfterEach
  void deleteRealm() {
    realm.close();
    assertThat(grants.rows()).isZero();
  }

  @Test
  void aDeletedUserLeavesNoGrants() {
    String user = realm.admin().createUser(realm.name(), SampleUser.json("bob", "secret-secret"));
    Grant gone = grants.create(client, user, scopes("a"));
    Grant stays = grants.create(client, scopes("a"));

    realm.admin().send("DELETE", "/" + realm.name() + "/users/" + user, null);

    assertThat(grants.has(gone)).isFalse();
    assertThat(grants.has(stays)).isTrue();
    assertThat(grants.rows()).isEqualTo(1);
  }

  @Test
  void aDeletedClientLeavesNoGrants() {
    FapiClient other = TestClient.in(realm).register();
    Grant gone = grants.create(client, scopes("a"));
    Grant stays = grants.create(other, scopes("a"));

    realm.admin().deleteClient(realm.name(), client.clientId());

    assertThat(grants.has(gone)).isFalse();
    assertThat(grants.has(stays)).isTrue();
    assertThat(grants.rows()).isEqualTo(1);
  }

  @Test
  void aDeletedRealmLeavesNoGrants() {
    grants.create(client, scopes("a"));
    grants.create(client, "f:gone:somebody", scopes("a"));
    // what follows each test deletes the realm and counts
  }

  @Test
  void aUserWhoDeletesTheConsentInTheAccountConsoleEndsTheGrants() {
    client.tokens(TestRealm.USERNAME, realm.password());
    FapiClient other = TestClient.in(realm).register();
    Grant gone = grants.create(client, scopes("a"));
    Grant stays = grants.create(other, scopes("a"));
    AccountConsole console = AccountConsole.of(realm);
    Tokens tokens = Tokens.of(console.signIn());

    int status =
        console
            .client()
            .resource(
                URI.create(
                    realm.issuer() + "/account/applications/" + client.clientId() + "/consent"),
                tokens)
            .method("DELETE")
            .send()
            .status();

    assertThat(status).isEqualTo(204);
    assertThat(grants.has(gone)).isFalse();
    assertThat(grants.has(stays)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/app:1"})
  void anAdministratorWhoDeletesTheConsentEndsTheGrants(String extra) {
    ObjectNode renamed = realm.admin().client(realm.name(), client.clientId());
    String name = client.clientId() + extra;
    realm.admin().updateClient(realm.name(), renamed.put("clientId", name));
    FapiClient owner = client.but().clientId(name).build();
    owner.tokens(TestRealm.USERNAME, realm.password());
    Grant gone = grants.create(owner, scopes("a"));
    String path = "/" + realm.name() + "/users/" + grants.userId(TestRealm.USERNAME) + "/consents/";

    AdminResponse answer =
        realm
            .admin()
            .send(
                "DELETE",
                path + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20"),
                null);

    assertThat(answer.status()).isEqualTo(204);
    assertThat(grants.has(gone)).isFalse();
  }

  @Test
  @Accepts(by = "GrantRefreshTokens", value = "GM 5.6.3-1")
  void anExpiredGrantIsNotFoundAndDeletedSoon() {
    long now = Instant.now().getEpochSecond();
    Grant expired = grants.create(client, Store.until(now - 1));
    Grant living = grants.create(client, Store.until(now + 600));

    assertThat(grants.has(expired)).isFalse();
    await(() -> grants.rows() == 1);
    assertThat(grants.has(living)).isTrue();
  }

  @Test
  @Rejects(by = "GrantRefreshTokens", value = "GM 5.6.3-1")
  void grantsOfUsersWhoWereDeletedInSilenceAreDeletedSoon() {
    Grant living = grants.create(client, scopes("a"));
    grants.create(client, "nobody", scopes("a"));
    grants.create(client, "f:no-such-federation:somebody", scopes("a"));

    await(() -> grants.rows() == 1);
    assertThat(grants.has(living)).isTrue();
  }

  @Test
  void aDisabledUserKeepsTheGrants() {
    Grant grant = grants.create(client, scopes("a"));
    String user = grants.userId(TestRealm.USERNAME);

    realm
        .admin()
        .send("PUT", "/" + realm.name() + "/users/" + user, Json.object().put("enabled", false));

    assertThat(grants.has(grant)).isTrue();
  }

  private static void await(BooleanSupplier condition) {
    Await.atMost(Duration.ofSeconds(60)).until("end of the grants", condition);
  }
}
