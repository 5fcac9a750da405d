package io.github.fapipack.grantmanagement;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.client.Authorized;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.Pushed;
import io.github.fapipack.it.client.Tokens;
import io.github.fapipack.it.testing.ClientOrigin;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import java.net.URI;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A grant does not depend on the session, also for a client with pairwise subjects. */
class PairwiseGrantIT {
  @FapiRealm("fapi2-security-profile")
  private static TestRealm realm;

  private static FapiClient client;

  @BeforeAll
  static void registerClient() {
    client =
        TestClient.in(realm)
            .made(ClientOrigin.BEFORE_POLICY)
            .altering(PairwiseGrantIT::pairwise)
            .register();
  }

  private static void pairwise(ObjectNode client) {
    ObjectNode mapper = client.withArray("protocolMappers").addObject();
    mapper
        .put("name", "pairwise")
        .put("protocol", "openid-connect")
        .put("protocolMapper", "oidc-sha256-pairwise-sub-mapper")
        .putObject("config")
        .put("pairwiseSubAlgorithmSalt", "salt");
  }

  private static Tokens afterTheSession() {
    Pushed pushed =
        client
            .par()
            .with("grant_management_action", "create")
            .with("scope", "openid email grant_management_query")
            .expect();
    Authorized authorized =
        client.visit(pushed).as(TestRealm.USERNAME, realm.password()).expectCode();
    Tokens first = client.token(authorized).expect();
    String session = first.accessJson().path("sid").asText();
    assertThat(client.userinfo(first).expect().path("sub").asText())
        .isEqualTo(first.accessJson().path("sub").asText());
    realm.admin().send("DELETE", "/" + realm.name() + "/sessions/" + session, null);
    return client.refresh(first).expect();
  }

  @Test
  @Accepts(by = "GrantRefreshTokens", value = "GM 5.6.3-1")
  @Accepts(by = "GrantManagementEndpoint", value = "GM 6.4-1")
  void itsTokensGoOnAtEveryPlace() {
    Tokens tokens = afterTheSession();
    assertThat(tokens.accessJson().has("sid")).isFalse();
    String subject = tokens.accessJson().path("sub").asText();
    String user =
        realm
            .admin()
            .get("/" + realm.name() + "/users?exact=true&username=" + TestRealm.USERNAME)
            .get(0)
            .path("id")
            .asText();
    assertThat(subject).isNotEqualTo(user);

    JsonNode userinfo = client.userinfo(tokens).expect();
    assertThat(userinfo.path("sub").asText()).isEqualTo(subject);
    assertThat(userinfo.path("email").asText()).contains("@");
    JsonNode introspected = client.introspect(tokens.accessToken()).expect();
    assertThat(introspected.path("active").asBoolean()).isTrue();
    assertThat(introspected.path("sub").asText()).isEqualTo(subject);
    assertThat(client.resource(grant(tokens), tokens).send().status()).isEqualTo(200);
    JsonNode refresh =
        client.introspect(tokens.refreshToken()).with("token_type_hint", "refresh_token").expect();
    assertThat(refresh.path("active").asBoolean()).isTrue();
  }

  @Test
  @Rejects(
      by = "ActiveGrant",
      value = {"GM 6.5-5", "GM 10-2"})
  void theyEndWithTheGrant() {
    Tokens tokens = afterTheSession();
    String id = tokens.exchange().json().path("grant_id").asText();
    realm.admin().send("DELETE", "/" + realm.name() + "/fapi/grants/" + id, null);

    client.userinfo(tokens).expectError(401, "invalid_token");
    assertThat(client.introspect(tokens.accessToken()).expect().path("active").asBoolean())
        .isFalse();
    assertThat(client.resource(grant(tokens), tokens).send().status()).isEqualTo(401);
  }

  private static URI grant(Tokens tokens) {
    return URI.create(
        realm.issuer() + "/grants/" + tokens.exchange().json().path("grant_id").asText());
  }
}
