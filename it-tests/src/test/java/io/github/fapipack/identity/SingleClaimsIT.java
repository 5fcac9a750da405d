package io.github.fapipack.identity;

import static io.github.fapipack.identity.LoginRealm.COMPANIES;
import static io.github.fapipack.identity.LoginRealm.PERSON;
import static io.github.fapipack.identity.LoginRealm.essential;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.browser.FrontChannelAnswer;
import io.github.fapipack.it.browser.LoginPage;
import io.github.fapipack.it.client.Authorized;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.FapiRequest;
import io.github.fapipack.it.client.Pushed;
import io.github.fapipack.it.client.Tokens;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.testing.ClientOrigin;
import io.github.fapipack.it.testing.ServerLogOnFailure;
import io.github.fapipack.it.testing.TestClient;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests ask for single claims, and name the user who must log in by a claim's value. */
@ExtendWith(ServerLogOnFailure.class)
class SingleClaimsIT {
  private static LoginRealm realm;
  private static FapiClient client;

  @BeforeAll
  static void importRealm() {
    realm = LoginRealm.of("fapi2-security-profile", SingleClaimsIT::claims);
    client = TestClient.in(realm.realm()).register();
  }

  private static void claims(ObjectNode profile) {
    ObjectNode claims = profile.putObject("claims");
    claims.putObject("cpf").put("attribute", "cpf").put("format", "[0-9]{11}");
    claims
        .putObject("cnpj")
        .put("attribute", "cnpj")
        .put("type", "array")
        .put("format", "[0-9]{14}");
    claims.putObject("adult").put("attribute", "adult").put("type", "boolean");
    claims
        .putObject("given_name")
        .put("property", "first_name")
        .putArray("scopes")
        .add("profile")
        .add("email");
    claims.putObject("email_verified").put("property", "email_verified").put("type", "boolean");
    profile.withObject("/authentication").put("txn", true).put("id_token", "always");
  }

  @AfterAll
  static void deleteRealm() {
    realm.close();
  }

  private static FapiRequest<Pushed> par(Map<String, Object> claims) {
    return client.par().with("claims", Json.text(Json.object().pojoNode(claims)));
  }

  private static JsonNode idClaims(Tokens tokens) {
    return Json.parse(Json.text(Json.object().pojoNode(tokens.idClaims())));
  }

  @Test
  @Accepts(by = "IssueClaims", value = "OIDC 5.5")
  void aClaimIsGivenWhereItWasAskedFor() {
    Tokens tokens =
        realm.tokens(
            client,
            par(
                Map.of(
                    "id_token", Map.of("cpf", Map.of(), "adult", Map.of("essential", true)),
                    "userinfo", Map.of("cnpj", Map.of(), "email_verified", Map.of()))));

    assertThat(tokens.idClaims())
        .containsEntry("cpf", PERSON)
        .containsEntry("adult", true)
        .doesNotContainKeys("cnpj", "email_verified");
    JsonNode userinfo = client.userinfo(tokens).expect();
    assertThat(userinfo.path("cnpj")).isEqualTo(Json.parse(Json.text(list(COMPANIES))));
    assertThat(userinfo.path("email_verified").asBoolean()).isTrue();
    assertThat(userinfo.has("cpf")).isFalse();
    Tokens refreshed = client.refresh(tokens).expect();
    assertThat(refreshed.idClaims()).containsEntry("cpf", PERSON);
    assertThat(client.userinfo(refreshed).expect().path("cnpj")).hasSize(2);
    assertThat(realm.tokens(client, client.par()).idClaims()).doesNotContainKeys("cpf", "adult");
  }

  private static JsonNode list(List<String> values) {
    return Json.object().pojoNode(values);
  }

  @Test
  @Accepts(by = "IssueClaims", value = "OIDC 5.5")
  void whatWasNotAskedForOrIsNotListedStaysAway() {
    Tokens tokens =
        realm.tokens(
            client,
            par(
                Map.of(
                    "id_token",
                    Map.of(
                        "accounts",
                        Map.of("essential", true),
                        "given_name",
                        Map.of(),
                        "cnpj",
                        Map.of("value", "00000000000000")))));

    assertThat(tokens.idClaims()).doesNotContainKeys("accounts", "given_name", "cnpj");
    Tokens withScope =
        realm.tokens(
            client,
            par(Map.of("id_token", Map.of("given_name", Map.of())))
                .with("scope", "openid profile"));
    assertThat(withScope.idClaims()).containsEntry("given_name", "Alice");
  }

  @Test
  @Accepts(by = "RequireEssentialClaims", value = "OIDC 5.5")
  void theRightUserMayLogIn() {
    assertThat(
            realm
                .tokens(client, par(Map.of("id_token", Map.of("cpf", essential(PERSON)))))
                .idClaims())
        .containsEntry("cpf", PERSON);
    Tokens one =
        realm.tokens(
            client, par(Map.of("id_token", Map.of("cnpj", essential(List.of(COMPANIES.get(1)))))));
    assertThat(idClaims(one).path("cnpj")).hasSize(1);
    realm.tokens(
        client,
        par(
            Map.of(
                "userinfo",
                Map.of("cpf", Map.of("essential", true, "values", List.of("1", PERSON))))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"id_token", "userinfo"})
  @Rejects(by = "RequireEssentialClaims", value = "OIDC 5.5")
  void anotherUserGetsNoCodeAndTheClientDoesNotLearnWho(String target) {
    for (Object claims :
        List.of(
            Map.of("cpf", essential("00000000000")),
            Map.of("cnpj", essential(List.of(COMPANIES.get(0), "00000000000000"))),
            Map.of("adult", essential(false)))) {
      FrontChannelAnswer answer =
          realm.visit(client, par(Map.of(target, claims))).expectError("access_denied");
      assertThat(answer.toString()).doesNotContain(PERSON, COMPANIES.get(0) + "\"");
      realm.visitAsBob(client, par(Map.of(target, claims))).expectError("access_denied");
    }
    realm
        .visitAsBob(client, par(Map.of(target, Map.of("cpf", essential(PERSON)))))
        .expectError("access_denied");
  }

  @Test
  @Rejects(by = "RequireEssentialClaims", value = "OIDC 5.5")
  void aSessionOfAnotherUserIsNotEnough() {
    LoginPage browser = client.browser();
    realm.visitAsBob(client, client.par()).in(browser).expectCode();

    realm
        .visitAsBob(client, par(Map.of("id_token", Map.of("cpf", essential(PERSON)))))
        .in(browser)
        .expectError("access_denied");
    client
        .visit(
            par(Map.of("id_token", Map.of("cpf", essential(PERSON))))
                .with("prompt", "none")
                .expect())
        .in(browser)
        .expectError("access_denied");
  }

  @ParameterizedTest
  @EnumSource(ClientOrigin.class)
  @Rejects(by = "RequireEssentialClaims", value = "OIDC 5.5")
  void malformedRequestsForClaimsAreRefused(ClientOrigin origin) {
    FapiClient other = TestClient.in(realm.realm()).made(origin).register();
    for (Object request :
        List.of(
            Map.of("essential", "yes"),
            Map.of("essential", true, "value", 12345678901L),
            Map.of("value", List.of(PERSON)),
            Map.of("values", PERSON),
            Map.of("values", List.of()),
            Map.of("value", "9".repeat(201)),
            Map.of("values", Collections.nCopies(21, "1")),
            List.of(PERSON),
            true)) {
      LoginRealm.par(other, "id_token", "cpf", request).expectError(400, "invalid_request");
      LoginRealm.par(other, "userinfo", "cpf", request).expectError(400, "invalid_request");
    }
    other
        .par()
        .requestObject(
            o -> o.claim("claims", Map.of("id_token", Map.of("adult", Map.of("value", "true")))))
        .expectError(400, "invalid_request");
  }

  @Test
  @Rejects(by = "RequireEssentialClaims", value = "OIDC 5.5")
  void aClientThatMayNotHaveAClaimCannotTryOutItsValues() {
    Map<String, Object> claims =
        Map.of("userinfo", Map.of("given_name", essential("Alice")), "id_token", Map.of());

    par(claims).expectError(400, "invalid_request");
    par(claims).with("scope", "openid email").expect();
  }

  @Test
  @Accepts(by = "IssueClaims", value = "OIDC 5.5")
  void parallelAuthorizationsKeepTheirOwnClaimsAndIds() {
    LoginPage browser = client.browser();
    Authorized first =
        realm
            .visit(client, par(Map.of("id_token", Map.of("cpf", Map.of()))))
            .in(browser)
            .expectCode();
    Authorized second =
        realm
            .visit(client, par(Map.of("userinfo", Map.of("cpf", Map.of()))))
            .in(browser)
            .expectCode();
    Tokens one = client.token(first).expect();
    Tokens other = client.token(second).expect();

    assertThat(one.idClaims()).containsEntry("cpf", PERSON);
    assertThat(other.idClaims()).doesNotContainKey("cpf");
    assertThat(client.userinfo(one).expect().has("cpf")).isFalse();
    assertThat(client.userinfo(other).expect().path("cpf").asText()).isEqualTo(PERSON);
    assertThat(one.idClaims().get("txn")).isNotNull().isNotEqualTo(other.idClaims().get("txn"));
    assertThat(client.refresh(one).expect().idClaims())
        .containsEntry("txn", one.idClaims().get("txn"));
    assertThat(realm.realm().admin().events(realm.realm().name(), "LOGIN").toString())
        .contains((String) one.idClaims().get("txn"));
  }

  @Test
  @Accepts(by = "IssueClaims", value = "OIDC 5.5")
  void discoveryListsTheClaims() {
    JsonNode metadata = client.discover().exchange().json();

    assertThat(metadata.path("claims_parameter_supported").asBoolean()).isTrue();
    assertThat(metadata.path("claims_supported").toString())
        .contains("cpf", "cnpj", "txn", "acr")
        .doesNotContain("family_name", "preferred_username");
    assertThat(metadata.path("acr_values_supported"))
        .extracting(JsonNode::asText)
        .containsExactly(LoginRealm.LOW, LoginRealm.HIGH, LoginRealm.DEVICE);
  }

  @Test
  @Rejects(by = "IssueClaims", value = "OIDC 5.5")
  void nobodyElseReadsOrForgesWhatIsKeptInTokens() {
    Tokens tokens = realm.tokens(client, par(Map.of("userinfo", Map.of("cpf", essential(PERSON)))));

    assertThat(tokens.accessClaims().toString()).doesNotContain(PERSON);
    assertThat(client.introspect(tokens.accessToken()).expect().toString())
        .doesNotContain(PERSON, "fapi_claims");
  }
}
