package io.github.fapipack.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.admin.AdminResponse;
import io.github.fapipack.it.client.ClientAuth;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.FapiRequest;
import io.github.fapipack.it.client.Pushed;
import io.github.fapipack.it.client.Tokens;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.testing.ClientOrigin;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A realm that moves to enforcing client by client, and its record of refusals. */
class RolloutIT {
  private static final String PKCE = "fapi2-require-pkce";

  @FapiRealm("fapi2-security-profile")
  private TestRealm realm;

  @Test
  void explainsARefusal() {
    FapiClient client = TestClient.in(realm).register();

    HttpExchange refusal = withoutPkce(client).expectError("invalid_request");

    List<JsonNode> refusals = refusals("?client=" + client.clientId());
    assertThat(refusals).hasSize(1);
    JsonNode one = refusals.get(0);
    assertThat(one.path("rule").asText()).isEqualTo(PKCE);
    assertThat(one.path("clause").asText()).isEqualTo("FAPI2-SP 5.3.2.2-5");
    assertThat(one.path("mode").asText()).isEqualTo("enforce");
    assertThat(one.path("error").asText()).isEqualTo("invalid_request");
    assertThat(one.path("endpoint").asText()).isEqualTo("ext/par/request");
    assertThat(one.path("count").asInt()).isEqualTo(1);
    assertThat(one.path("wanted").asText()).isNotEmpty();
    assertThat(one.path("time").asLong()).isGreaterThan(System.currentTimeMillis() - 60_000);
    assertThat(refusal.errorDescription())
        .startsWith(one.path("seen").asText() + "; " + one.path("remedy").asText());
  }

  @Test
  void keepsNothingSecret() {
    FapiClient client = TestClient.in(realm).register();
    HttpExchange refusal = withoutPkce(client).send();

    String kept = realm.admin().get("/" + realm.name() + "/fapi/refusals").toString();
    refusal
        .sentForm()
        .entries()
        .forEach(
            parameter -> {
              if (List.of("client_assertion", "state", "nonce").contains(parameter.getKey())) {
                assertThat(kept).doesNotContain(parameter.getValue());
              }
            });
  }

  @Test
  void keepsEachRequestOfAClientAndFindsItByRuleModeAndTime() {
    FapiClient client = TestClient.in(realm).register();
    for (int i = 0; i < 20; i++) {
      withoutPkce(client).expectError("invalid_request");
    }

    assertThat(refusals("?client=" + client.clientId())).hasSize(20);
    assertThat(refusals("?rule=" + PKCE + "&mode=enforce&max=5")).hasSize(5);
    assertThat(refusals("?rule=fapi2-require-consent")).isEmpty();
    assertThat(refusals("?mode=report")).isEmpty();
    assertThat(refusals("?from=" + (System.currentTimeMillis() + 60_000))).isEmpty();
    assertThat(refusals("?to=" + (System.currentTimeMillis() - 60_000))).isEmpty();
    assertThat(refusals("?client=nobody")).isEmpty();
  }

  @Test
  void letsEverythingPassWhileTheRealmReports() {
    FapiClient old =
        TestClient.in(realm)
            .made(ClientOrigin.BEFORE_POLICY)
            .altering(
                client ->
                    client.put("clientAuthenticatorType", "client-secret").put("secret", "s3cret"))
            .register()
            .but()
            .secret(ClientAuth.CLIENT_SECRET_POST, "s3cret")
            .build();
    password(old).expectError("invalid_client");

    change("report", null);
    HttpExchange answer = password(old).expectStatus(200);

    assertThat(answer.json().path("token_type").asText()).isEqualTo("Bearer");
    assertThat(state(old).path("mode").asText()).isEqualTo("report");
    assertThat(state(old).path("wouldFail"))
        .extracting(failure -> failure.path("rule").asText())
        .contains(
            "fapi2-require-asymmetric-client-authentication",
            "fapi2-require-sender-constrained-token");
  }

  @Test
  void aClientThatFollowsTheRulesStaysClean() {
    change("report", null);
    long since = status().path("since").asLong();
    FapiClient good = TestClient.in(realm).register();
    Tokens tokens = good.tokens(TestRealm.USERNAME, realm.password());
    good.refresh(tokens).expect();
    good.userinfo(tokens).expect();

    assertThat(state(good).path("wouldFail")).isEmpty();
    assertThat(state(good).path("cleanSince").asLong()).isEqualTo(since);

    withoutPkce(good).expect();
    assertThat(state(good).path("wouldFail")).hasSize(1);
    assertThat(state(good).path("cleanSince").asLong()).isGreaterThanOrEqualTo(since);
  }

  @Test
  void enforcesClientByClientAndThenForAll() {
    FapiClient first = TestClient.in(realm).register();
    FapiClient second = TestClient.in(realm).register();
    change("report", null);

    change("enforce", first.clientId());
    withoutPkce(first).expectError("invalid_request");
    withoutPkce(second).expect();
    assertThat(state(first).path("mode").asText()).isEqualTo("enforce");

    change("report", first.clientId());
    withoutPkce(first).expect();

    change("enforce", null);
    withoutPkce(first).expectError("invalid_request");
    withoutPkce(second).expectError("invalid_request");
  }

  @Test
  void aClientMadeAnewUnderTheSameNameIsNotTheOldOne() {
    FapiClient client = TestClient.in(realm).register();
    change("report", null);
    change("enforce", client.clientId());
    JsonNode registration = realm.admin().client(realm.name(), client.clientId());
    realm.admin().deleteClient(realm.name(), client.clientId());
    ((ObjectNode) registration).remove("id");
    realm.admin().createClient(realm.name(), registration);

    withoutPkce(client).expect();
  }

  @Test
  void tellsInTheMetadataThatNothingIsRequiredYet() {
    FapiClient client = TestClient.in(realm).register();
    change("report", null);

    JsonNode metadata = client.discover().exchange().json();

    assertThat(metadata.path("require_pushed_authorization_requests").asBoolean()).isFalse();
  }

  @Test
  void beginsWithAProfileThatRefusesNothingAndEndsWithOneThatHolds() {
    try (TestRealm plain =
        TestRealm.create(Json.object().put("realm", "plain").put("enabled", true))) {
      FapiClient client = TestClient.in(plain).register();
      JsonNode before = plain.admin().realm(plain.name());
      String apply = "/" + plain.name() + "/fapi/apply?profile=fapi2-security-profile";

      JsonNode dryRun = plain.admin().send("POST", apply + "&mode=report&dryRun=true", null).json();
      assertThat(dryRun.path("changes"))
          .extracting(change -> change.path("where").path("kind").asText())
          .containsOnly("profile", "policy", "realm", "key");
      String planId = dryRun.path("planId").asText();
      JsonNode applied =
          plain
              .admin()
              .send("POST", apply + "&mode=report&dryRun=false&planId=" + planId, null)
              .json();
      withoutPkce(client).expect();
      assertThat(
              plain
                  .admin()
                  .get("/" + plain.name() + "/fapi/refusals?client=" + client.clientId())
                  .path("refusals"))
          .hasSize(1)
          .first()
          .satisfies(refusal -> assertThat(refusal.findValuesAsText("rule")).contains(PKCE));
      assertThat(
              plain
                  .admin()
                  .get("/" + plain.name() + "/fapi/report?client=" + client.clientId())
                  .path("findings"))
          .isNotEmpty();

      AdminResponse undone =
          plain.admin().send("POST", "/" + plain.name() + "/fapi/undo", applied.path("undo"));
      assertThat(undone.status()).as(undone.body()).isEqualTo(200);
      assertThat(plain.admin().realm(plain.name())).isEqualTo(before);

      plain.admin().send("POST", apply + "&mode=report&dryRun=false", null);
      AdminResponse enforced = plain.admin().send("POST", apply + "&dryRun=false", null);
      assertThat(enforced.status()).as(enforced.body()).isEqualTo(200);
      withoutPkce(client).expectError("invalid_request");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "null", "[]", "{\"mode\":\"never\"}", "{\"mode\":null}", "\u0000"})
  void enforcesWhereTheAttributeCannotBeRead(String garbage) {
    FapiClient client = TestClient.in(realm).register();
    realm
        .admin()
        .updateRealm(
            realm.name(),
            Json.object()
                .set("attributes", Json.object().put("fapi.rollout", garbage.replace("\0", "x"))));

    withoutPkce(client).expectError("invalid_request");
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {
        "PUT,?mode=off,400",
        "PUT,none,400",
        "PUT,?mode=report&client=nobody,404",
        "PUT,?mode=enforce&client=account-console,409",
        "PUT,?mode=report&clientId=account-console,400",
        "PUT,?mode=report&client=%20,404",
        "PUT,?mode=report&client=,400"
      })
  void refusesWhatMakesNoSense(String method, String query, int status) {
    AdminResponse answer =
        realm.admin().send(method, path("/rollout" + (query == null ? "" : query)), null);

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.json().path("errorMessage").asText()).isNotEmpty();
  }

  private FapiRequest<Pushed> withoutPkce(FapiClient client) {
    return client.par().without("code_challenge").without("code_challenge_method");
  }

  private HttpExchange password(FapiClient client) {
    return client
        .grant("password")
        .withoutProof()
        .with("username", TestRealm.USERNAME)
        .with("password", realm.password())
        .with("scope", "openid")
        .send();
  }

  private void change(String mode, String clientId) {
    String query = "?mode=" + mode + (clientId == null ? "" : "&client=" + clientId);
    AdminResponse answer = realm.admin().send("PUT", path("/rollout" + query), null);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
  }

  private JsonNode status() {
    return realm.admin().get(path("/rollout?max=1"));
  }

  private JsonNode state(FapiClient client) {
    return realm.admin().get(path("/rollout?search=" + client.clientId())).path("clients").path(0);
  }

  private List<JsonNode> refusals(String query) {
    JsonNode answer = realm.admin().get(path("/refusals" + query));
    return StreamSupport.stream(answer.path("refusals").spliterator(), false).toList();
  }

  private String path(String rest) {
    return "/" + realm.name() + "/fapi" + rest;
  }
}
