package io.github.fapipack.grantmanagement;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.client.Authorized;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.FapiRequest;
import io.github.fapipack.it.client.Pushed;
import io.github.fapipack.it.client.Tokens;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The life of a grant, request by request, on a Keycloak whose database is a PostgreSQL. */
class GrantOnPostgresIT {
  private static final String API = "grant_management_query grant_management_revoke";

  private static TestRealm realm;
  private static FapiClient client;
  private static Tokens api;

  @BeforeAll
  static void importRealm() {
    realm = PostgresServer.get().realm("fapi2-security-profile");
    client = TestClient.in(realm).scope("openid " + API).register();
    api = client.clientCredentials().expect();
  }

  @AfterAll
  static void deleteRealm() {
    realm.close();
  }

  @Test
  @Accepts(
      by = "GrantManagementEndpoint",
      value = {"GM 6.4-1", "GM 6.5-1"})
  @Rejects(by = "GrantManagementEndpoint", value = "GM 6.6-1")
  void aGrantIsCreatedMergedReplacedQueriedAndRevoked() {
    Tokens created = tokens("create", null, "openid email");
    String id = grantId(created);
    assertThat(shown(id)).contains("email");

    Tokens merged = tokens("merge", id, "openid phone");
    assertThat(grantId(merged)).isEqualTo(id);
    assertThat(shown(id)).contains("openid", "email", "phone");
    client.refresh(created).expectError("invalid_grant");

    Tokens replaced = tokens("replace", id, "openid address");
    assertThat(grantId(replaced)).isEqualTo(id);
    assertThat(shown(id)).contains("openid", "address").doesNotContain("email", "phone");
    client.refresh(merged).expectError("invalid_grant");
    Tokens refreshed = client.refresh(replaced).expect();

    assertThat(request("DELETE", id).send().status()).isEqualTo(204);
    assertThat(request("GET", id).send().status()).isEqualTo(404);
    client.refresh(refreshed).expectError("invalid_grant");
    assertThat(client.introspect(refreshed.accessToken()).expect().path("active").asBoolean(true))
        .isFalse();
  }

  @Test
  void mergesClaimedAtTheSameTimeLoseNothing() throws Exception {
    String id = grantId(tokens("create", null, "openid"));
    List<Authorized> codes = new ArrayList<>();
    for (String scope : List.of("email", "phone", "address", "profile")) {
      codes.add(code("merge", id, "openid " + scope));
    }
    ExecutorService threads = Executors.newFixedThreadPool(codes.size());
    try {
      List<Future<Tokens>> claims =
          codes.stream().map(code -> threads.submit(() -> client.token(code).expect())).toList();
      for (Future<Tokens> claim : claims) {
        assertThat(grantId(claim.get(60, TimeUnit.SECONDS))).isEqualTo(id);
      }
    } finally {
      threads.shutdownNow();
    }

    assertThat(shown(id)).contains("openid", "email", "phone", "address", "profile");
  }

  private static Tokens tokens(String action, String grantId, String scope) {
    return client.token(code(action, grantId, scope)).expect();
  }

  private static Authorized code(String action, String grantId, String scope) {
    FapiRequest<Pushed> request =
        client.par().with("grant_management_action", action).with("scope", scope);
    Pushed pushed = (grantId == null ? request : request.with("grant_id", grantId)).expect();
    return client.visit(pushed).as(TestRealm.USERNAME, realm.password()).expectCode();
  }

  private static String grantId(Tokens tokens) {
    String id = tokens.exchange().json().path("grant_id").asText();
    assertThat(id).matches("[A-Za-z0-9_-]{43}");
    return id;
  }

  private static List<String> shown(String id) {
    JsonNode scopes = request("GET", id).expect().json().path("scopes");
    return List.of(scopes.get(0).path("scope").asText().split(" "));
  }

  private static FapiRequest<HttpExchange> request(String method, String id) {
    return client.resource(URI.create(realm.issuer() + "/grants/" + id), api).method(method);
  }
}
