package io.github.fapipack.fapi1;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.browser.FrontChannelAnswer;
import io.github.fapipack.it.browser.LoginPage;
import io.github.fapipack.it.client.Authorized;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.Pushed;
import io.github.fapipack.it.testing.ClientOrigin;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestRealm;
import java.text.ParseException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** PKCE, redirect URIs, consent and pushed requests in FAPI 1.0. */
class RequestRulesIT {
  @FapiRealm("fapi1-advanced")
  private static TestRealm realm;

  private static FapiClient old;

  @BeforeAll
  static void registerClient() {
    old = Fapi1Client.hybrid(realm, ClientOrigin.BEFORE_POLICY);
  }

  @Test
  @Accepts(
      by = "RequirePkceWhenPushed",
      value = {"FAPI1-ADV 5.2.2-18", "FAPI1-BASE 5.2.2-7"})
  void needsNoPkceInARequestByValue() {
    Authorized authorized =
        old.visitByValue(o -> o.without("code_challenge").without("code_challenge_method"))
            .as(TestRealm.USERNAME, realm.password())
            .expectCode();

    old.token(authorized).without("code_verifier").expect();
  }

  @ParameterizedTest
  @EnumSource(ClientOrigin.class)
  @Rejects(
      by = "RequirePkceWhenPushed",
      value = {"FAPI1-ADV 5.2.2-18", "FAPI1-BASE 5.2.2-7"})
  void wantsPkceInAPushedRequestAndS256Everywhere(ClientOrigin origin) {
    FapiClient client = Fapi1Client.hybrid(realm, origin);

    client
        .par()
        .without("code_challenge")
        .without("code_challenge_method")
        .expectError(400, "invalid_request");
    client.par().with("code_challenge_method", "plain").expectError(400, "invalid_request");
    client.par().without("code_challenge_method").expectError(400, "invalid_request");
    client
        .visitByValue(o -> o.claim("code_challenge_method", "plain"))
        .expectError("invalid_request");
    client.visitByValue(o -> o.without("code_challenge_method")).expectError("invalid_request");
    Authorized authorized =
        client.visitByValue(o -> {}).as(TestRealm.USERNAME, realm.password()).expectCode();
    client.token(authorized).without("code_verifier").expectError(400, "invalid_grant");
  }

  @ParameterizedTest
  @CsvSource({
    "http://client.localhost/callback, http://client.localhost/callback",
    "http://127.0.0.1/callback, http://127.0.0.1/callback",
    "http://localhost/callback, http://localhost/callback",
    "com.example.app:/callback, com.example.app:/callback",
    "https://client.localhost/*, https://client.localhost/anything",
    "https://client.localhost/callback, https://client.localhost/callback?x=1",
    "https://client.localhost/callback, https://client.localhost:8443/callback",
    "https://client.localhost/callback, https://other.localhost/callback",
  })
  @Rejects(
      by = "RequireSecureRedirectUri",
      value = {
        "FAPI1-BASE 5.2.2-8",
        "FAPI1-BASE 5.2.2-10",
        "FAPI1-BASE 5.2.2-20",
        "FAPI1-BASE 7.5-1",
        "FAPI1-BASE 7.5-2"
      })
  void rejectsUnsafeRedirectUris(String registered, String requested) {
    FapiClient client =
        Fapi1Client.hybrid(
            Fapi1Client.described(realm, ClientOrigin.IMPORTED)
                .altering(c -> c.putArray("redirectUris").add(registered))
                .register());

    client.par().with("redirect_uri", requested).expectError(400, "invalid_request");
    FrontChannelAnswer answer = client.visitByValue(o -> o.claim("redirect_uri", requested)).open();
    assertThat(answer.parameter("code")).isNull();
    assertThat(LoginPage.asksForPassword(answer)).isFalse();
  }

  @Test
  @Accepts(
      by = "RequireSecureRedirectUri",
      value = {
        "FAPI1-BASE 5.2.2-8",
        "FAPI1-BASE 5.2.2-10",
        "FAPI1-BASE 5.2.2-20",
        "FAPI1-BASE 7.5-1",
        "FAPI1-BASE 7.5-2"
      })
  void acceptsAnExactHttpsRedirectUri() {
    String registered = "https://client.localhost/other";
    FapiClient client =
        Fapi1Client.jarm(
                Fapi1Client.described(realm, ClientOrigin.AFTER_POLICY)
                    .altering(c -> c.putArray("redirectUris").add(registered))
                    .register())
            .but()
            .redirectUri(registered)
            .build();

    client.par().expect();
    client.visitByValue(o -> {}).as(TestRealm.USERNAME, realm.password()).expectCode();
  }

  @ParameterizedTest
  @EnumSource(ClientOrigin.class)
  @Rejects(by = "RequireRedirectUri", value = "FAPI1-BASE 5.2.2-9")
  void wantsARedirectUri(ClientOrigin origin) {
    FapiClient client = Fapi1Client.jarm(realm, origin).but().scope("profile").build();

    client.par().without("redirect_uri").expectError(400, "invalid_request");
    client.visitByValue(o -> o.without("redirect_uri")).expectError("invalid_request");
  }

  @ParameterizedTest
  @EnumSource(ClientOrigin.class)
  @Accepts(by = "RequireConsent", value = "FAPI1-BASE 5.2.2-12")
  @Rejects(by = "RequireConsent", value = "FAPI1-BASE 5.2.2-12")
  void givesNothingWithoutConsent(ClientOrigin origin) {
    FapiClient client = Fapi1Client.hybrid(realm, origin);

    FrontChannelAnswer answer =
        client
            .visitByValue(o -> {})
            .as(TestRealm.USERNAME, realm.password())
            .refusingConsent()
            .expectError("access_denied");
    assertThat(answer.parameter("id_token")).isNull();
  }

  @Test
  @Accepts(by = "RestrictFrontChannel", value = "RFC9126 4-2")
  @Rejects(
      by = "RestrictFrontChannel",
      value = {"RFC9126 4-2", "RFC9126 2.2-3", "FAPI1-ADV 5.2.2-11"})
  void spendsAPushedRequestOnceAndForItsClientOnly() {
    FapiClient other = Fapi1Client.hybrid(realm, ClientOrigin.AFTER_POLICY);
    Pushed pushed = old.par().expect();

    other.visit(pushed).as(TestRealm.USERNAME, realm.password()).expectErrorPage();
    old.visit(pushed).as(TestRealm.USERNAME, realm.password()).expectCode();
    old.visit(pushed).as(TestRealm.USERNAME, realm.password()).expectErrorPage();
    String used = old.par().expect().exchange().sentForm().get("request").orElseThrow();
    old.par().beside("request", used).expectError(400, "invalid_request_object");
  }

  @Test
  @Accepts(by = "RejectRsa15", value = "FAPI1-ADV 8.6.1-1")
  @Rejects(by = "RejectRsa15", value = "FAPI1-ADV 8.6.1-1")
  void takesEncryptedRequestObjectsButNoRsa15() throws ParseException {
    JWK recipient =
        JWKSet.parse(old.serverKeys()).getKeys().stream()
            .filter(key -> "enc".equals(String.valueOf(key.getKeyUse())))
            .findFirst()
            .orElseThrow();

    old.visitByValue(o -> o.encryptedFor(recipient))
        .as(TestRealm.USERNAME, realm.password())
        .expectCode();
    old.par().requestObject(o -> o.encryptedFor(recipient)).expect();
    old.visitByValue(o -> o.encryptedFor(recipient, "RSA1_5"))
        .expectError("invalid_request_object");
    old.par()
        .requestObject(o -> o.encryptedFor(recipient, "RSA1_5"))
        .expectError(400, "invalid_request_object");
    old.visitByValue(o -> o.encryptedUnsignedFor(recipient)).expectError("invalid_request_object");
    old.visitByValue(o -> o.alg("none").encryptedFor(recipient))
        .expectError("invalid_request_object");
  }
}
