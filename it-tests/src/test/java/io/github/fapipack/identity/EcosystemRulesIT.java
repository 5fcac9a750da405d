package io.github.fapipack.identity;

import static io.github.fapipack.identity.LoginRealm.HIGH;
import static io.github.fapipack.identity.LoginRealm.LOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.browser.FrontChannelAnswer;
import io.github.fapipack.it.browser.LoginPage;
import io.github.fapipack.it.client.Authorized;
import io.github.fapipack.it.client.ClientKeys;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.Pushed;
import io.github.fapipack.it.testing.ClientOrigin;
import io.github.fapipack.it.testing.ServerLogOnFailure;
import io.github.fapipack.it.testing.TestClient;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Purposes, encrypted ID tokens and pairwise subjects, where an ecosystem demands them. */
@ExtendWith(ServerLogOnFailure.class)
class EcosystemRulesIT {
  private static LoginRealm realm;
  private static LoginRealm hybrid;
  private static LoginRealm plain;

  @BeforeAll
  static void importRealms() {
    realm =
        LoginRealm.of(
            "fapi2-security-profile",
            profile -> {
              profile
                  .putObject("purpose")
                  .put("min", 3)
                  .put("max", 300)
                  .put("forbidden", "<>(){}'\\");
              profile
                  .withObject("/authentication")
                  .put("subject", "pairwise")
                  .put("id_token_encryption", "required")
                  .put("id_token", "never");
              ObjectNode metadata = profile.putObject("metadata");
              metadata.putArray("scopes_supported").add("openid").add("accounts");
              metadata.putArray("claims_supported").add("more");
            });
    hybrid =
        LoginRealm.of(
            "fapi1-advanced",
            profile -> profile.putObject("claims").putObject("cpf").put("attribute", "cpf"));
    plain = LoginRealm.of("fapi2-security-profile", profile -> {});
  }

  @AfterAll
  static void deleteRealms() {
    realm.close();
    hybrid.close();
    plain.close();
  }

  private static final JWK KEY =
      new RSAKey.Builder((RSAKey) ClientKeys.ps256())
          .keyUse(KeyUse.ENCRYPTION)
          .algorithm(JWEAlgorithm.RSA_OAEP)
          .build();

  private static TestClient fitting(ClientOrigin origin, ClientKeys keys) {
    return TestClient.in(realm.realm())
        .made(origin)
        .altering(EcosystemRulesIT::pairwise)
        .attribute("jwks.string", keys.publicJwks())
        .attribute("id.token.encrypted.response.alg", "RSA-OAEP");
  }

  private static void pairwise(ObjectNode client) {
    client
        .withArray("/protocolMappers")
        .addObject()
        .put("name", "pairwise")
        .put("protocol", "openid-connect")
        .put("protocolMapper", "oidc-sha256-pairwise-sub-mapper")
        .putObject("config")
        .put("pairwiseSubAlgorithmSalt", "salt");
  }

  private static FapiClient fitting(ClientOrigin origin) {
    ClientKeys keys = ClientKeys.of(ClientKeys.es256(), KEY);
    return fitting(origin, keys).register().but().privateKeyJwt(keys).decryptionKey(KEY).build();
  }

  @ParameterizedTest
  @EnumSource(ClientOrigin.class)
  @Accepts(by = "RequireIdTokenEncryption", value = "OIDC 10.2")
  @Accepts(by = "RequirePairwiseSubject", value = "OIDC 8.1")
  @Accepts(by = "RestrictPurpose", value = "OIDC 3.1.2.1")
  void aFittingClientGetsWhatItNeeds(ClientOrigin origin) {
    FapiClient client = fitting(origin);
    Authorized authorized =
        realm.visit(client, client.par().with("purpose", "Confirm your identité")).expectCode();
    String idToken = client.token(authorized).expect().idToken();

    assertThat(idToken.split("\\.")).hasSize(5);
    assertThat(client.verifiedIdToken(idToken, authorized.nonce()).toJSONObject())
        .doesNotContainKey("acr");
  }

  @ParameterizedTest
  @EnumSource(ClientOrigin.class)
  @Rejects(by = "RequireIdTokenEncryption", value = "OIDC 10.2")
  void aClientWithoutEncryptionIsRefused(ClientOrigin origin) {
    FapiClient client =
        TestClient.in(realm.realm()).made(origin).altering(EcosystemRulesIT::pairwise).register();

    client.par().expectError(400, "unauthorized_client");
    client.par().with("scope", "profile").expect();
  }

  @ParameterizedTest
  @EnumSource(ClientOrigin.class)
  @Rejects(by = "RequirePairwiseSubject", value = "OIDC 8.1")
  void aClientWithoutPairwiseSubjectsIsRefused(ClientOrigin origin) {
    ClientKeys keys = ClientKeys.of(ClientKeys.es256(), KEY);
    FapiClient client =
        fitting(origin, keys)
            .altering(c -> c.putArray("protocolMappers"))
            .register()
            .but()
            .privateKeyJwt(keys)
            .build();

    client.par().expectError(400, "unauthorized_client");
  }

  @Test
  @Accepts(by = "RestrictPurpose", value = "OIDC 3.1.2.1")
  void theUserSeesThePurposeAndDecides() {
    FapiClient client = fitting(ClientOrigin.AFTER_POLICY);
    Pushed pushed = client.par().with("purpose", "Rent & \"references\"").expect();
    LoginPage browser = client.browser();

    FrontChannelAnswer page =
        browser.openUntilConsent(
            client.visit(pushed).address(), LoginRealm.BOB, realm.realm().password());

    assertThat(page.page().text()).contains("Rent & \"references\"");
    client.visit(pushed).expectCode(browser.decide(page, true));
    client
        .visit(client.par().with("purpose", "Something else").with("prompt", "none").expect())
        .in(browser)
        .expectError("interaction_required");
  }

  @Test
  @Accepts(by = "RestrictPurpose", value = "OIDC 3.1.2.1")
  void aPurposeIsCountedInCharacters() {
    FapiClient client = fitting(ClientOrigin.AFTER_POLICY);

    client.par().with("purpose", "abc").expect();
    client.par().with("purpose", "é".repeat(300)).expect();
    client.par().with("purpose", "😀".repeat(300)).expect();
    client.par().expect();
    client.par().requestObject(o -> o.claim("purpose", "x".repeat(300))).expect();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ab",
        "  ab ",
        "a\nbc",
        "a\u202ebcd",
        "<b>bold</b>",
        "it's",
        "{x}",
        "a\\b",
        "f(x)"
      })
  @Rejects(by = "RestrictPurpose", value = "OIDC 3.1.2.1")
  void aPurposeThatCouldMisleadIsRefused(String purpose) {
    FapiClient client = fitting(ClientOrigin.AFTER_POLICY);

    client.par().with("purpose", purpose).expectError(400, "invalid_request");
    client
        .par()
        .requestObject(o -> o.claim("purpose", purpose))
        .expectError(400, "invalid_request");
  }

  @Test
  @Rejects(by = "RestrictPurpose", value = "OIDC 3.1.2.1")
  void aPurposeOfAWrongLengthOrTypeIsRefused() {
    FapiClient client = fitting(ClientOrigin.AFTER_POLICY);

    client.par().with("purpose", "x".repeat(301)).expectError(400, "invalid_request");
    client.par().with("purpose", "😀".repeat(301)).expectError(400, "invalid_request");
    client.par().requestObject(o -> o.claim("purpose", 5)).expectError(400, "invalid_request");
  }

  @Test
  @Accepts(by = "IssueClaims", value = "OIDC 5.5")
  void discoveryListsWhatTheProfileSays() {
    JsonNode metadata = fitting(ClientOrigin.AFTER_POLICY).discover().exchange().json();

    assertThat(metadata.path("subject_types_supported"))
        .extracting(JsonNode::asText)
        .containsExactly("pairwise");
    assertThat(metadata.path("scopes_supported"))
        .extracting(JsonNode::asText)
        .containsExactly("openid", "accounts");
    assertThat(metadata.path("claims_supported"))
        .extracting(JsonNode::asText)
        .contains("more")
        .doesNotContain("acr");
    assertThat(metadata.path("claims_parameter_supported").asBoolean()).isFalse();
  }

  @Test
  @Rejects(by = "IssueClaims", value = "OIDC 5.5")
  void noClaimAboutTheUserPassesThroughTheBrowserInClearText() {
    FapiClient client =
        TestClient.in(hybrid.realm())
            .fapi1()
            .altering(c -> c.put("implicitFlowEnabled", true))
            .register()
            .but()
            .responseType("code id_token")
            .responseMode(null)
            .signedIntrospection(false)
            .signsResources(false)
            .build();
    Authorized authorized =
        hybrid
            .asCarol(
                client.visitByValue(
                    o ->
                        o.claim(
                            "claims",
                            Map.of(
                                "id_token",
                                Map.of("cpf", Map.of(), "acr", LoginRealm.essential(HIGH))))))
            .expectCode();

    assertThat(
            client
                .verifiedIdToken(authorized.answer().parameter("id_token"), authorized.nonce())
                .toJSONObject())
        .doesNotContainKey("cpf")
        .containsEntry("acr", HIGH);
    assertThat(client.token(authorized).expect().idClaims())
        .containsEntry("cpf", LoginRealm.PERSON)
        .containsEntry("acr", HIGH);
  }

  @Test
  @Accepts(by = "RestrictPurpose", value = "OIDC 3.1.2.1")
  void whereNoEcosystemLimitsItAPurposeIsIgnored() {
    FapiClient client = TestClient.in(plain.realm()).register();

    assertThat(plain.tokens(client, client.par().with("purpose", "<>")).idClaims())
        .containsEntry("acr", LOW);
  }
}
