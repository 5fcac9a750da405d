package io.github.fapipack.grantmanagement;

import static io.github.fapipack.grantmanagement.Store.scopes;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fapipack.grantmanagement.Grants.Consented;
import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.FapiRequest;
import io.github.fapipack.it.client.SenderConstraint;
import io.github.fapipack.it.client.Tokens;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.testing.ClientOrigin;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import java.net.URI;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The Grant Management API, on a Keycloak whose database is a PostgreSQL. */
class GrantManagementEndpointIT {
  private static final String BOTH_SCOPES = "grant_management_query grant_management_revoke";

  private static PostgresServer server;
  private static TestRealm realm;
  private static StoredGrants grants;
  private static FapiClient client;
  private static Tokens tokens;

  @BeforeAll
  static void start() {
    server = PostgresServer.get();
    realm = server.realm("fapi2-security-profile");
    grants = server.grants(realm);
    client = register(SenderConstraint.DPOP, ClientOrigin.AFTER_POLICY);
    tokens = client.clientCredentials().expect();
  }

  @AfterAll
  static void deleteRealm() {
    realm.close();
  }

  private static FapiClient register(SenderConstraint constraint, ClientOrigin origin) {
    return TestClient.in(realm)
        .made(origin)
        .constraint(constraint)
        .scope("openid " + BOTH_SCOPES)
        .register();
  }

  @Test
  @Accepts(
      by = "GrantMetadata",
      value = {"GM 6.2-1", "GM 6.2-2", "GM 7.1-1", "GM 7.1-4", "GM 7.1-5"})
  void theMetadataNameTheEndpointAndTheActions() {
    JsonNode metadata =
        client
            .get(
                URI.create(realm.issuer() + "/.well-known/openid-configuration"),
                HttpExchange::json)
            .expect();

    assertThat(metadata.path("grant_management_endpoint").asText())
        .isEqualTo(realm.issuer() + "/grants");
    assertThat(metadata.path("grant_management_actions_supported"))
        .extracting(JsonNode::asText)
        .containsExactlyInAnyOrder("query", "revoke", "merge", "replace", "create");
    assertThat(metadata.path("grant_management_action_required").asBoolean(true)).isFalse();
  }

  @Test
  @Rejects(
      by = "GrantMetadata",
      value = {"GM 6.2-1", "GM 6.2-2", "GM 7.1-1", "GM 7.1-4", "GM 7.1-5"})
  void aRealmWithoutGrantManagementNeitherTellsNorAnswers() {
    try (TestRealm plain = server.realm("fapi1-advanced")) {
      JsonNode metadata =
          client
              .get(
                  URI.create(plain.issuer() + "/.well-known/openid-configuration"),
                  HttpExchange::json)
              .expect();

      assertThat(metadata.toString()).doesNotContain("grant_management_endpoint", "_actions_");
      assertThat(
              client
                  .get(URI.create(plain.issuer() + "/grants/" + Store.newId()), answer -> answer)
                  .send()
                  .status())
          .isEqualTo(404);
    }
  }

  @ParameterizedTest
  @EnumSource(ClientOrigin.class)
  @Accepts(by = "GrantManagementCaller", value = "GM 6.1-1")
  @Accepts(
      by = "GrantManagementEndpoint",
      value = {"GM 6.1-3", "GM 6.3-1", "GM 6.4-1", "GM 6.4-3", "GM 6-5", "GM 10-1"})
  void aClientSeesWhatAGrantHolds(ClientOrigin origin) {
    FapiClient owner = register(SenderConstraint.DPOP, origin);
    Grant grant =
        grants.create(
            owner,
            new Consented(
                Set.of("accounts"),
                Set.of("email"),
                Store.objects("{'type':'payment_initiation','amount':'1.00'}"),
                4_000_000_000L));

    HttpExchange answer =
        request(owner, owner.tokens(TestRealm.USERNAME, realm.password()), "GET", grant.id())
            .expect();

    assertThat(answer.header("Content-Type")).startsWith("application/json");
    assertThat(answer.header("Cache-Control")).contains("no-store");
    JsonNode shown = answer.json();
    assertThat(shown)
        .isEqualTo(
            Json.parse(
                """
                {"scopes":[{"scope":"accounts"}],"claims":["email"],
                 "authorization_details":[{"type":"payment_initiation","amount":"1.00"}],
                 "created_at":%d,"last_updated":%d,"expires_at":4000000000,"updated_by":"client"}
                """
                    .formatted(grant.createdAt(), grant.lastUpdated())));
  }

  @ParameterizedTest
  @EnumSource(names = {"DPOP", "MTLS"})
  @Accepts(
      by = "GrantManagementEndpoint",
      value = {"GM 6.1-4", "GM 6.5-1"})
  @Rejects(by = "GrantManagementEndpoint", value = "GM 6.6-1")
  void aRevokedGrantIsGone(SenderConstraint constraint) {
    FapiClient owner = register(constraint, ClientOrigin.AFTER_POLICY);
    Tokens own = owner.clientCredentials().expect();
    Grant grant = grants.create(owner, scopes("accounts"));

    HttpExchange revoked = request(owner, own, "DELETE", grant.id()).send();

    assertThat(revoked.status()).isEqualTo(204);
    assertThat(revoked.body()).isEmpty();
    assertThat(request(owner, own, "DELETE", grant.id()).send().status()).isEqualTo(404);
    assertThat(request(owner, own, "GET", grant.id()).send().status()).isEqualTo(404);
    assertThat(grants.has(grant)).isFalse();
  }

  @Test
  @Rejects(by = "GrantManagementEndpoint", value = "GM 6.1-3")
  void aTokenThatMayOnlyRevokeDoesNotQuery() {
    Grant grant = grants.create(client, scopes("accounts"));
    Tokens narrow = client.clientCredentials().with("scope", "grant_management_revoke").expect();

    HttpExchange answer = request(client, narrow, "GET", grant.id()).send();

    answer.expectError(403, "insufficient_scope");
    assertThat(answer.header("WWW-Authenticate"))
        .contains("insufficient_scope", "grant_management_query");
  }

  @Test
  @Rejects(by = "GrantManagementEndpoint", value = "GM 6.1-4")
  void aTokenThatMayOnlyQueryDoesNotRevoke() {
    Grant grant = grants.create(client, scopes("accounts"));
    Tokens narrow = client.clientCredentials().with("scope", "grant_management_query").expect();

    request(client, narrow, "DELETE", grant.id()).send().expectError(403, "insufficient_scope");
    assertThat(grants.has(grant)).isTrue();
  }

  @Test
  @Rejects(
      by = "GrantManagementEndpoint",
      value = {"GM 6.6-2", "GM 10-1", "GM 6-5"})
  void aGrantOfAnotherClientIsRefused() {
    FapiClient other = register(SenderConstraint.DPOP, ClientOrigin.AFTER_POLICY);
    Grant grant = grants.create(other, scopes("accounts"));

    HttpExchange answer = request(client, tokens, "GET", grant.id()).send();

    answer.expectError(403, "access_denied");
    assertThat(answer.body()).doesNotContain("accounts");
    request(client, tokens, "DELETE", grant.id()).send().expectError(403, "access_denied");
    assertThat(grants.has(grant)).isTrue();
  }

  @Test
  @Accepts(by = "GrantManagementEndpoint", value = "GM 6.6-2")
  @Rejects(by = "GrantManagementEndpoint", value = "GM 6.3-1")
  void aTokenOfAUserReachesTheGrantsOfThatUserOnly() {
    Tokens alices = client.tokens(TestRealm.USERNAME, realm.password());
    Grant own = grants.create(client, scopes("accounts"));
    Grant foreign = grants.create(client, "somebody-else", scopes("accounts"));

    request(client, alices, "GET", own.id()).expect();
    request(client, alices, "GET", foreign.id()).send().expectError(403, "access_denied");
    request(client, alices, "DELETE", foreign.id()).send().expectError(403, "access_denied");
  }

  @Test
  @Accepts(by = "GrantManagementCaller", value = "GM 6.6-3")
  @Rejects(
      by = "GrantManagementCaller",
      value = {"GM 6.6-3", "GM 6.1-1"})
  void aRequestWithoutAValidTokenIsUnauthorized() {
    Grant grant = grants.create(client, scopes("accounts"));
    URI address = address(grant.id());

    HttpExchange none = client.get(address, answer -> answer).send();
    none.expectError(401, "invalid_token");
    assertThat(none.header("WWW-Authenticate")).contains("DPoP").contains("Bearer");
    for (String header : new String[] {"Bearer", "Bearer x", "DPoP x.y.z", "Basic eDp5", "x", ""}) {
      client
          .get(address, answer -> answer)
          .header("Authorization", header)
          .send()
          .expectError(401, "invalid_token");
    }
    request(client, tokens, "GET", grant.id()).expect();
  }

  @Test
  @Rejects(
      by = "GrantManagementEndpoint",
      value = {"GM 6.4-1", "GM 6.5-1"})
  void aTokenWorksForItsOwnerOnly() {
    Grant grant = grants.create(client, scopes("accounts"));

    assertThat(request(client, tokens, "GET", grant.id()).withoutProof().send().status())
        .isEqualTo(401);
    assertThat(
            request(client, tokens, "DELETE", grant.id())
                .proof(proof -> proof.htm("GET"))
                .send()
                .status())
        .isEqualTo(401);
    assertThat(grants.has(grant)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%00",
        "a%00b",
        "%2F",
        "..%2F",
        "a/b",
        "a%2Fb",
        "%F0%9F%98%80",
        "%ED%A0%80",
        "'--",
        "%0A",
        "null",
        "*",
        "%25"
      })
  @Rejects(by = "GrantManagementEndpoint", value = "GM 6.4-3")
  void anIdThatCannotBeIsNotFound(String id) {
    assertThat(request(client, tokens, "GET", id).send().status()).isEqualTo(404);
    assertThat(request(client, tokens, "DELETE", id).send().status()).isEqualTo(404);
  }

  @Test
  void aVeryLongIdIsRefused() {
    // The rules refuse a DPoP proof for so long an address, and the listener the address itself.
    for (int length : new int[] {300, 3000, 30_000}) {
      assertThat(request(client, tokens, "GET", "a".repeat(length)).send().status())
          .isBetween(400, 499);
    }
  }

  @Test
  @Accepts(
      by = "GrantManagementEndpoint",
      value = {"GM 6-4", "GM 6.6-1"})
  @Rejects(by = "GrantManagementEndpoint", value = "GM 6-4")
  void thereIsNoList() {
    for (String path : new String[] {"/grants", "/grants/"}) {
      HttpExchange answer = client.resource(URI.create(realm.issuer() + path), tokens).send();
      assertThat(answer.status()).isIn(404, 405);
    }
    Grant grant = grants.create(client, scopes("accounts"));
    request(client, tokens, "GET", grant.id()).expect();
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "PATCH"})
  void aGrantIsNotChangedHere(String method) {
    Grant grant = grants.create(client, scopes("accounts"));

    assertThat(request(client, tokens, method, grant.id()).send().status()).isEqualTo(405);
  }

  @Test
  void otherOriginsAreNotLetIn() {
    Grant grant = grants.create(client, scopes("accounts"));

    HttpExchange preflight =
        client
            .get(address(grant.id()), answer -> answer)
            .method("OPTIONS")
            .header("Origin", "https://evil.example")
            .header("Access-Control-Request-Method", "DELETE")
            .send();

    assertThat(preflight.status()).isEqualTo(204);
    assertThat(preflight.header("Access-Control-Allow-Origin")).isNull();
    assertThat(request(client, tokens, "HEAD", grant.id()).send().status()).isEqualTo(200);
  }

  @Test
  @Accepts(by = "GrantManagementCaller", value = "GM 5.1-1")
  @Rejects(by = "GrantManagementCaller", value = "GM 5.1-1")
  void theScopesAreForClientsThatHaveThem() {
    FapiClient without =
        TestClient.in(realm)
            .altering(c -> c.putArray("optionalClientScopes").add("email"))
            .register();

    without
        .clientCredentials()
        .with("scope", "grant_management_query")
        .expectError("invalid_scope");
    client.clientCredentials().with("scope", "grant_management_query").expect();
  }

  private static FapiRequest<HttpExchange> request(
      FapiClient client, Tokens tokens, String method, String id) {
    return client.resource(address(id), tokens).method(method);
  }

  private static URI address(String id) {
    return URI.create(realm.issuer() + "/grants/" + id);
  }
}
