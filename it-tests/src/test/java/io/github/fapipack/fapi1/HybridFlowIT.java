package io.github.fapipack.fapi1;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.client.Authorized;
import io.github.fapipack.it.client.ClientKeys;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.Tokens;
import io.github.fapipack.it.testing.ClientOrigin;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestRealm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An ID token beside the code signs the authorization response, for clients of every origin. */
class HybridFlowIT {
  @FapiRealm("fapi1-advanced")
  private static TestRealm realm;

  private static FapiClient client(ClientOrigin origin) {
    return Fapi1Client.hybrid(realm, origin);
  }

  private static Authorized byValue(FapiClient client) {
    return client.visitByValue(o -> {}).as(TestRealm.USERNAME, realm.password()).expectCode();
  }

  @ParameterizedTest
  @EnumSource(ClientOrigin.class)
  @Accepts(by = "RequireSignedRequestObject", value = "FAPI1-ADV 5.2.2-1")
  @Accepts(
      by = "RestrictResponseType",
      value = {"FAPI1-ADV 5.2.2-2", "FAPI1-BASE 5.2.2-23", "FAPI1-ADV 5.2.2.1-1"})
  @Accepts(by = "RequireSenderConstrainedToken", value = "FAPI1-ADV 5.2.2-6")
  @Accepts(by = "RestrictTokenAlgorithms", value = "FAPI1-ADV 5.2.2.1-2")
  @Accepts(by = "RequireDetachedSignature", value = "FAPI1-ADV 5.2.2.1-4")
  @Accepts("FAPI1-ADV 5.2.2.1-5")
  void signsTheResponseToARequestByValue(ClientOrigin origin) {
    FapiClient client = client(origin);

    Authorized authorized = byValue(client);
    Tokens tokens = client.token(authorized).expect();

    IDTokenClaimsSet first =
        client.verifiedIdToken(authorized.answer().parameter("id_token"), authorized.nonce());
    assertThat(client.verifiedIdToken(tokens, authorized.nonce()).getSubject())
        .isEqualTo(first.getSubject());
    assertThat(tokens.confirmation("x5t#S256")).isNotNull();
    client.userinfo(tokens).expect();
    client.refresh(tokens).expect();
  }

  @ParameterizedTest
  @EnumSource(names = {"BEFORE_POLICY", "IMPORTED"})
  @Accepts(by = "RequireSignedRequestObject", value = "FAPI1-ADV 5.2.2-1")
  @Accepts(by = "RequireSenderConstrainedToken", value = "FAPI1-ADV 5.2.2-6")
  void servesAClientWhoseSettingsAreForSomethingElse(ClientOrigin origin) {
    FapiClient client =
        Fapi1Client.hybrid(
            Fapi1Client.described(realm, origin)
                .attribute("dpop.bound.access.tokens", "true")
                .attribute("request.object.signature.alg", "RS256")
                .register());

    client.token(byValue(client)).expect();
    client.tokens(TestRealm.USERNAME, realm.password());
  }

  @ParameterizedTest
  @EnumSource(ClientOrigin.class)
  @Accepts(
      by = "RestrictFrontChannel",
      value = {"FAPI1-ADV 5.2.2-11", "RFC9126 2.2-3"})
  @Accepts(by = "RequirePkceWhenPushed", value = "FAPI1-ADV 5.2.2-18")
  void signsTheResponseToAPushedRequest(ClientOrigin origin) {
    client(origin).tokens(TestRealm.USERNAME, realm.password());
  }

  @ParameterizedTest
  @ValueSource(strings = {"fragment", "form_post", "jwt", "fragment.jwt", "form_post.jwt"})
  @Accepts(by = "RestrictResponseType", value = "FAPI1-ADV 5.2.2-2")
  void answersInEveryModeThatKeepsTokensOutOfTheQuery(String mode) {
    byValue(client(ClientOrigin.AFTER_POLICY).but().responseMode(mode).build());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "token",
        "id_token",
        "id_token token",
        "code token",
        "code id_token token",
        "none"
      })
  @Rejects(
      by = "RestrictResponseType",
      value = {"FAPI1-ADV 5.2.2-2", "FAPI1-BASE 5.2.2-23"})
  void rejectsOtherResponseTypes(String type) {
    for (ClientOrigin origin : ClientOrigin.values()) {
      FapiClient client = client(origin);

      client.par().with("response_type", type).expectError(400, "unsupported_response_type");
      client
          .visitByValue(o -> o.claim("response_type", type))
          .with("response_type", type)
          .expectError("unsupported_response_type");
    }
  }

  @ParameterizedTest
  @EnumSource(ClientOrigin.class)
  @Rejects(by = "RestrictResponseType", value = "FAPI1-ADV 5.2.2-2")
  void rejectsACodeWithoutASignedResponse(ClientOrigin origin) {
    FapiClient client = client(origin).but().responseType("code").build();

    client.par().expectError(400, "invalid_request");
    client.visitByValue(o -> {}).expectError("invalid_request");
    client.visitByValue(o -> o.claim("response_mode", "form_post")).expectError("invalid_request");
  }

  @Test
  @Rejects(by = "RestrictResponseType", value = "FAPI1-ADV 5.2.2.1-1")
  void rejectsAnIdTokenWithoutOpenId() {
    FapiClient client = client(ClientOrigin.IMPORTED).but().scope("profile").build();

    client.par().expectError(400, "invalid_request");
    client.visitByValue(o -> o.claim("nonce", "n")).expectError("invalid_request");
  }

  @ParameterizedTest
  @EnumSource(ClientOrigin.class)
  @Rejects(
      by = "RequireDetachedSignature",
      value = {"FAPI1-ADV 5.2.2.1-4", "FAPI1-ADV 5.2.2.1-6"})
  void keepsPersonalClaimsOutOfTheBrowser(ClientOrigin origin) {
    FapiClient client =
        Fapi1Client.hybrid(
            Fapi1Client.described(realm, origin)
                .altering(Personal::inIdTokens)
                .attribute("id.token.as.detached.signature", "false")
                .register());

    Authorized authorized = byValue(client);

    IDTokenClaimsSet seen =
        client.verifiedIdToken(authorized.answer().parameter("id_token"), authorized.nonce());
    assertThat(seen.toJSONObject().keySet())
        .doesNotContain("email", "family_name", "color", "address")
        .contains("c_hash", "s_hash", "nonce", "acr");
    Tokens tokens = client.token(authorized).expect();
    assertThat(tokens.idClaims()).containsKeys("email", "color");
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "false"})
  @Accepts(by = "RequireDetachedSignature", value = "FAPI1-ADV 5.2.2.1-4")
  void namesTheSameUserTwiceToAPairwiseClient(String detached) {
    FapiClient client =
        Fapi1Client.hybrid(
            Fapi1Client.described(realm, ClientOrigin.BEFORE_POLICY)
                .altering(Personal::pairwise)
                .attribute("id.token.as.detached.signature", detached)
                .register());

    Authorized authorized = byValue(client);
    Tokens tokens = client.token(authorized).expect();

    assertThat(
            client
                .verifiedIdToken(authorized.answer().parameter("id_token"), authorized.nonce())
                .getSubject())
        .isEqualTo(client.verifiedIdToken(tokens, authorized.nonce()).getSubject());
  }

  @ParameterizedTest
  @EnumSource(ClientOrigin.class)
  @Accepts("FAPI1-ADV 5.2.2.1-3")
  @Accepts(by = "RequireDetachedSignature", value = "FAPI1-ADV 5.2.2.1-6")
  @Accepts(by = "RejectRsa15", value = "FAPI1-ADV 8.6.1-1")
  void encryptsForAClientThatRegisteredForIt(ClientOrigin origin) {
    JWK key = encryptionKey();
    ClientKeys keys = ClientKeys.of(ClientKeys.es256(), key);
    FapiClient client =
        Fapi1Client.hybrid(
                Fapi1Client.described(realm, origin)
                    .altering(Personal::inIdTokens)
                    .attribute("jwks.string", keys.publicJwks())
                    .attribute("id.token.encrypted.response.alg", "RSA-OAEP")
                    .register())
            .but()
            .privateKeyJwt(keys)
            .decryptionKey(key)
            .build();

    Authorized authorized = byValue(client);

    String idToken = authorized.answer().parameter("id_token");
    assertThat(idToken.split("\\.")).hasSize(5);
    assertThat(client.verifiedIdToken(idToken, authorized.nonce()).toJSONObject())
        .containsKey("email");
  }

  /** Keycloak finds a key only if it names the algorithm. */
  private static JWK encryptionKey() {
    return new RSAKey.Builder((RSAKey) ClientKeys.ps256())
        .keyUse(KeyUse.ENCRYPTION)
        .algorithm(JWEAlgorithm.RSA_OAEP)
        .build();
  }
}
