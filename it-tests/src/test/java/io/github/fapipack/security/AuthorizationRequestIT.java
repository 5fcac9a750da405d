package io.github.fapipack.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.browser.FrontChannelAnswer;
import io.github.fapipack.it.browser.LoginPage;
import io.github.fapipack.it.client.Authorized;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.Pushed;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.http.NamedValues;
import io.github.fapipack.it.testing.ClientOrigin;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import java.net.URI;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requirements for authorization requests, for clients of every origin. */
class AuthorizationRequestIT {
  @FapiRealm("fapi2-security-profile")
  private static TestRealm realm;

  private static FapiClient client(ClientOrigin origin) {
    return TestClient.in(realm).made(origin).register();
  }

  @ParameterizedTest
  @EnumSource(ClientOrigin.class)
  @Rejects(
      by = "RequirePushedAuthorizationRequest",
      value = {"FAPI2-SP 5.3.2.2-3", "FAPI2-SP 5.3.2.2-2"})
  void rejectsAuthorizationWithoutPar(ClientOrigin origin) {
    client(origin).visitWithoutPar().as(TestRealm.USERNAME, realm.password()).expectErrorPage();
  }

  @ParameterizedTest
  @EnumSource(ClientOrigin.class)
  @Rejects(
      by = "RequirePushedAuthorizationRequest",
      value = {"FAPI2-SP 5.3.2.2-3", "RFC9126 2.2-3"})
  void rejectsARequestUriOfAnotherClient(ClientOrigin origin) {
    Pushed pushed = client(ClientOrigin.AFTER_POLICY).par().expect();

    client(origin).visit(pushed).as(TestRealm.USERNAME, realm.password()).expectErrorPage();
  }

  @Test
  @Rejects(by = "RequirePushedAuthorizationRequest", value = "RFC9126 4-2")
  void rejectsARequestUriThatWasUsed() {
    FapiClient client = client(ClientOrigin.AFTER_POLICY);
    Pushed pushed = client.par().expect();
    client.visit(pushed).as(TestRealm.USERNAME, realm.password()).expectCode();

    client.visit(pushed).as(TestRealm.USERNAME, realm.password()).expectErrorPage();
  }

  @Test
  @Accepts(
      by = "RequirePushedAuthorizationRequest",
      value = {"RFC9126 4-2", "FAPI2-SP 5.3.2.2-3", "RFC9126 2.2-3"})
  void acceptsARequestUriAgainUntilTheUserAuthorizes() {
    FapiClient client = client(ClientOrigin.AFTER_POLICY);
    Pushed pushed = client.par().expect();
    client.visit(pushed).open();

    client.visit(pushed).as(TestRealm.USERNAME, realm.password()).expectCode();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "urn:ietf:params:oauth:request_uri:unknown",
        "urn:ietf:params:oauth:request_uri:",
        "https://client.localhost/request.jwt",
        "",
        "%00"
      })
  @Rejects(by = "RequirePushedAuthorizationRequest", value = "FAPI2-SP 5.3.2.2-3")
  void rejectsARequestUriThatIsNotPushed(String requestUri) {
    FapiClient client = client(ClientOrigin.AFTER_POLICY);
    Pushed pushed = client.par().expect();

    client.visit(pushed.withRequestUri(requestUri)).expectErrorPage();
  }

  @Test
  @Rejects(
      by = "RequirePushedAuthorizationRequest",
      value = {"FAPI2-SP 5.3.2.2-3", "FAPI2-SP 5.3.2.2-2"})
  void rejectsALoginThatBeganWithALinkToResetAPassword() {
    try (TestRealm resetting = TestRealm.create("fapi2-security-profile")) {
      resetting
          .admin()
          .updateRealm(resetting.name(), Json.object().put("resetPasswordAllowed", true));
      FapiClient client = TestClient.in(resetting).made(ClientOrigin.BEFORE_POLICY).register();
      LoginPage browser = client.browser();
      String query =
          new NamedValues()
              .set("client_id", client.clientId())
              .set("redirect_uri", client.redirectUri())
              .encode();
      FrontChannelAnswer asked =
          browser.open(
              URI.create(resetting.issuer() + "/login-actions/reset-credentials?" + query));
      Element back = asked.page().selectFirst("a[href*=login-actions/authenticate]");
      assertThat(back).as("the way back to the login page").isNotNull();

      browser
          .open(URI.create(back.absUrl("href")), TestRealm.USERNAME, resetting.password(), true)
          .expectErrorPage();
    }
  }

  @Test
  @Rejects(by = "RequirePushedAuthorizationRequest", value = "FAPI2-SP 5.3.2.2-3")
  void rejectsARepeatedRequestUri() {
    FapiClient client = client(ClientOrigin.AFTER_POLICY);
    Pushed pushed = client.par().expect();

    client.visit(pushed).adding("request_uri", pushed.requestUri()).expectErrorPage();
  }

  @Test
  @Accepts(by = "RequirePushedAuthorizationRequest", value = "FAPI2-SP 5.3.2.2-3")
  void takesNothingElseFromTheFrontChannel() {
    FapiClient client = client(ClientOrigin.AFTER_POLICY);
    Pushed pushed = client.par().expect();

    Authorized authorized =
        client
            .visit(pushed)
            .with("scope", "openid profile email")
            .with("redirect_uri", "https://attacker.example/callback")
            .with("response_mode", "fragment")
            .with("prompt", "none")
            .with("state", "replaced")
            .with("nonce", "replaced")
            .as(TestRealm.USERNAME, realm.password())
            .expectCode();

    assertThat(client.token(authorized).expect().scope()).isEqualTo("openid");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"token", "id_token", "code id_token", "code token", "none", "id_token token"})
  @Rejects(by = "RequireCodeResponseType", value = "FAPI2-SP 5.3.2.2-1")
  void rejectsOtherResponseTypes(String responseType) {
    client(ClientOrigin.BEFORE_POLICY)
        .par()
        .with("response_type", responseType)
        .expectError("unsupported_response_type");
  }

  @Test
  @Rejects(by = "RequireCodeResponseType", value = "FAPI2-SP 5.3.2.2-1")
  void rejectsAMissingResponseType() {
    client(ClientOrigin.AFTER_POLICY).par().without("response_type").expectError("invalid_request");
  }

  @ParameterizedTest
  @EnumSource(ClientOrigin.class)
  @Rejects(by = "RequirePkce", value = "FAPI2-SP 5.3.2.2-5")
  void rejectsARequestWithoutPkce(ClientOrigin origin) {
    client(origin)
        .par()
        .without("code_challenge")
        .without("code_challenge_method")
        .expectError("invalid_request");
  }

  @Test
  @Rejects(by = "RequirePkce", value = "FAPI2-SP 5.3.2.2-5")
  void rejectsPlainPkce() {
    FapiClient client = client(ClientOrigin.BEFORE_POLICY);
    client.par().with("code_challenge_method", "plain").expectError("invalid_request");
    client.par().without("code_challenge_method").expectError("invalid_request");
    client.par().with("code_challenge", "short").expectError("invalid_request");
  }

  @Test
  @Rejects(by = "RequirePkce", value = "FAPI2-SP 5.3.2.2-5")
  void rejectsAWrongOrMissingVerifier() {
    FapiClient client = client(ClientOrigin.AFTER_POLICY);
    client
        .token(client.authorize(TestRealm.USERNAME, realm.password()))
        .with("code_verifier", "wrong-verifier-that-is-long-enough-to-be-well-formed")
        .expectError("invalid_grant");
    client
        .token(client.authorize(TestRealm.USERNAME, realm.password()))
        .without("code_verifier")
        .expectError("invalid_grant");
  }

  @ParameterizedTest
  @EnumSource(ClientOrigin.class)
  @Rejects(by = "RequireRedirectUriInPushedRequest", value = "FAPI2-SP 5.3.2.2-6")
  void rejectsAPushedRequestWithoutRedirectUri(ClientOrigin origin) {
    client(origin).par().without("redirect_uri").expectError("invalid_request");
  }

  @Test
  @Accepts(by = "RequireCodeResponseType", value = "FAPI2-SP 5.3.2.2-1")
  @Accepts(by = "RequirePkce", value = "FAPI2-SP 5.3.2.2-5")
  @Accepts(by = "RequireRedirectUriInPushedRequest", value = "FAPI2-SP 5.3.2.2-6")
  void acceptsALongStateAndNonce() {
    FapiClient client = client(ClientOrigin.AFTER_POLICY);
    Pushed pushed =
        client.par().with("state", "s".repeat(1500)).with("nonce", "n".repeat(64)).expect();

    client.visit(pushed).as(TestRealm.USERNAME, realm.password()).open();
  }

  @Test
  @Accepts(
      by = "SeeOther",
      value = {"FAPI2-SP 5.3.2.2-11", "FAPI2-SP 5.3.2.2-10"})
  void answersFormsWithSeeOther() {
    FapiClient client = client(ClientOrigin.AFTER_POLICY);
    FrontChannelAnswer answer =
        client.visit(client.par().expect()).as(TestRealm.USERNAME, realm.password()).open();

    assertThat(answer.answersToPosts()).isNotEmpty().allMatch(hop -> hop.status() == 303);
  }

  @ParameterizedTest
  @EnumSource(ClientOrigin.class)
  @Accepts(by = "RequireConsent", value = "FAPI2-SP 5.3.2.2-13")
  @Rejects(by = "RequireConsent", value = "FAPI2-SP 5.3.2.2-13")
  @Rejects(by = "ConsentAction", value = "FAPI2-SP 5.3.2.2-13")
  void givesNothingWithoutConsent(ClientOrigin origin) {
    FapiClient client = client(origin);
    LoginPage browser = client.browser();

    FrontChannelAnswer shown = browser.open(client.visit(client.par().expect()).address());
    shown = browser.logIn(shown, TestRealm.USERNAME, realm.password());

    assertThat(LoginPage.asksForConsent(shown)).isTrue();
    assertThat(shown.page().text()).contains("Confirmation that it is you");
    client
        .visit(client.par().expect())
        .as(TestRealm.USERNAME, realm.password())
        .refusingConsent()
        .expectError("access_denied");
  }

  @ParameterizedTest
  @EnumSource(ClientOrigin.class)
  @Rejects(
      by = "RequireIssuerInAuthorizationResponse",
      value = {"FAPI2-SP 5.3.2.2-7", "RFC9207 2-1"})
  void namesTheIssuerInErrorsToo(ClientOrigin origin) {
    FapiClient client = client(origin);

    client.visit(client.par().with("prompt", "none").expect()).expectError("login_required");
  }
}
