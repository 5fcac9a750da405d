package io.github.fapipack.fapi1;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWK;
import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.browser.FrontChannelAnswer;
import io.github.fapipack.it.browser.LoginPage;
import io.github.fapipack.it.client.AuthorizationVisit;
import io.github.fapipack.it.client.Authorized;
import io.github.fapipack.it.client.ClientKeys;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.RequestObject;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.testing.ClientOrigin;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestRealm;
import java.net.URI;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Only the request object in the browser's request is used, for clients of every origin. */
class RequestByValueIT {
  @FapiRealm("fapi1-advanced")
  private static TestRealm realm;

  private static FapiClient old;

  @BeforeAll
  static void registerClient() {
    old = Fapi1Client.jarm(realm, ClientOrigin.BEFORE_POLICY);
  }

  private static AuthorizationVisit visit(FapiClient client, Consumer<RequestObject> edit) {
    return client.visitByValue(edit).as(TestRealm.USERNAME, realm.password());
  }

  @ParameterizedTest
  @EnumSource(ClientOrigin.class)
  @Accepts(
      by = "RequireSignedRequestObject",
      value = {"FAPI1-ADV 5.2.2-1", "FAPI1-ADV 5.2.2-10"})
  @Accepts(by = "RestrictResponseType", value = "FAPI1-ADV 5.2.2-2")
  @Accepts(
      by = "RestrictFrontChannel",
      value = {"FAPI1-ADV 5.2.2-10", "RFC9101 5-2.2", "RFC9101 5.2-4"})
  @Accepts(
      by = "LimitRequestObjectLifetime",
      value = {"FAPI1-ADV 5.2.2-13", "FAPI1-ADV 5.2.2-17"})
  @Accepts(by = "RequireRequestObjectAudience", value = "FAPI1-ADV 5.2.2-15")
  @Accepts(
      by = "RestrictClientAssertionAlgorithm",
      value = {"FAPI1-ADV 8.6-1", "FAPI1-ADV 8.6-3", "FAPI1-ADV 8.9-2"})
  @Accepts(
      by = "RestrictRequestObjectAlgorithm",
      value = {"FAPI1-ADV 8.6-1", "FAPI1-ADV 8.6-3"})
  @Accepts(by = "RestrictTokenAlgorithms", value = "FAPI1-ADV 8.6-1")
  @Accepts(by = "RequireRequestObjectType", value = "FAPI1-ADV 8.9-2")
  @Accepts(by = "RequireRedirectUri", value = "FAPI1-BASE 5.2.2-9")
  @Accepts(by = "RequireNonceOrState", value = "FAPI1-BASE 5.2.2.2-1")
  void answersWithASignedResponse(ClientOrigin origin) {
    FapiClient client = Fapi1Client.jarm(realm, origin);
    for (String algorithm : List.of("PS256", "ES256")) {
      FapiClient signer = client.but().algorithm(algorithm).build();

      signer.token(visit(signer, o -> {}).expectCode()).expect();
    }
  }

  @Test
  @Accepts(
      by = "LimitRequestObjectLifetime",
      value = {"FAPI1-ADV 5.2.2-13", "FAPI1-ADV 5.2.2-17"})
  @Accepts(by = "RequireRequestObjectAudience", value = "FAPI1-ADV 5.2.2-15")
  void acceptsWhatIsStillWithinBounds() {
    visit(old, o -> o.claim("nbf", now() - 3500).claim("exp", now() + 60)).expectCode();
    visit(old, o -> o.audiences("https://other.example", old.issuer())).expectCode();
    visit(old, o -> o.without("iss").without("jti").typ(null)).expectCode();
  }

  static Stream<Arguments> unacceptable() {
    String url = "https://elsewhere.example";
    return Stream.of(
        wrong("no aud", o -> o.without("aud")),
        wrong("aud of another", o -> o.claim("aud", url)),
        wrong("aud of others", o -> o.audiences(url, url + "/2")),
        wrong("no nbf", o -> o.without("nbf")),
        wrong("nbf 61 minutes ago", o -> o.claim("nbf", now() - 3660)),
        wrong("nbf ahead", o -> o.claim("nbf", now() + 61)),
        wrong("no exp", o -> o.without("exp")),
        wrong("expired", o -> o.claim("exp", now() - 1)),
        wrong("61 minutes", o -> o.claim("exp", now() + 3660)),
        wrong("exp of text", o -> o.claim("exp", "" + (now() + 60))),
        wrong("iss of another", o -> o.claim("iss", "nobody")),
        wrong("no client_id", o -> o.without("client_id")),
        wrong("sub of the client", o -> o.claim("sub", o.claim("client_id"))),
        wrong("typ of an access token", o -> o.typ("at+jwt")),
        wrong("jku", o -> o.header("jku", url)),
        wrong("request inside", o -> o.claim("request", "a.b.c")),
        wrong("EdDSA", o -> o.key(old.but().algorithm("EdDSA").build().newAssertion().key())),
        wrong("none", o -> o.alg("none")),
        wrong("RS256", o -> o.key(rsa()).alg("RS256")));
  }

  private static JWK rsa() {
    return old.but().algorithm("PS256").build().newAssertion().key();
  }

  private static Arguments wrong(String what, Consumer<RequestObject> edit) {
    return Arguments.of(Named.of(what, edit));
  }

  @ParameterizedTest
  @MethodSource("unacceptable")
  @Rejects(by = "RequireSignedRequestObject", value = "FAPI1-ADV 5.2.2-1")
  @Rejects(
      by = "LimitRequestObjectLifetime",
      value = {"FAPI1-ADV 5.2.2-13", "FAPI1-ADV 5.2.2-17"})
  @Rejects(by = "RequireRequestObjectAudience", value = "FAPI1-ADV 5.2.2-15")
  @Rejects(
      by = "RestrictRequestObjectAlgorithm",
      value = {"FAPI1-ADV 8.6-1", "FAPI1-ADV 8.6-3"})
  @Rejects(by = "RequireRequestObjectType", value = "FAPI1-ADV 8.9-2")
  void rejectsWhatIsWrong(Consumer<RequestObject> edit) {
    visit(old, edit).expectError("invalid_request_object");
    old.par().requestObject(edit).expectError(400, "invalid_request_object");
  }

  @ParameterizedTest
  @EnumSource(ClientOrigin.class)
  @Rejects(
      by = "LimitRequestObjectLifetime",
      value = {"FAPI1-ADV 5.2.2-13", "FAPI1-ADV 5.2.2-17"})
  @Rejects(by = "RequireRequestObjectAudience", value = "FAPI1-ADV 5.2.2-15")
  void rejectsItForClientsOfEveryOriginAndSaysWhichClause(ClientOrigin origin) {
    FapiClient client = Fapi1Client.hybrid(realm, origin);

    FrontChannelAnswer answer =
        client.visitByValue(o -> o.without("aud")).expectError("invalid_request_object");
    assertThat(answer.parameter("error_description")).contains("FAPI1-ADV 5.2.2-15");
    for (String claim : List.of("nbf", "exp")) {
      client.visitByValue(o -> o.without(claim)).expectError("invalid_request_object");
    }
  }

  @ParameterizedTest
  @EnumSource(ClientOrigin.class)
  @Rejects(by = "RequireSignedRequestObject", value = "FAPI1-ADV 5.2.2-1")
  @Rejects(
      by = "RestrictFrontChannel",
      value = {"RFC9101 5-2.2", "RFC9101 5.2-4", "FAPI1-ADV 5.2.2-11"})
  void rejectsRequestsThatComeInAnotherWay(ClientOrigin origin) {
    FapiClient client = Fapi1Client.hybrid(realm, origin);
    String pushed = client.par().expect().requestUri();

    client.visitWithoutPar().expectErrorPage();
    client.visitByValue(o -> {}).with("request_uri", pushed).expectErrorPage();
    client.visitByValue(o -> {}).adding("request", "e30.e30.e30").expectErrorPage();
    client.visitByValue(o -> {}).with("request", "e30.e30.e30").expectErrorPage();
    client.visitByValue(o -> {}).with("request", "nonsense").expectErrorPage();
    client.visitByValue(o -> {}).with("request", "").expectErrorPage();
    for (String uri : List.of("https://client.example/request", "urn:example:1", "")) {
      client.visitWithoutPar().with("request_uri", uri).expectErrorPage();
    }
    client.visitByValue(o -> o.key(ClientKeys.es256())).expectErrorPage();
    client.visitByValue(o -> {}).with("client_id", old.clientId()).expectErrorPage();
  }

  @ParameterizedTest
  @EnumSource(ClientOrigin.class)
  @Accepts(by = "RestrictFrontChannel", value = "FAPI1-ADV 5.2.2-10")
  void takesNothingFromBesideTheObject(ClientOrigin origin) {
    FapiClient client = Fapi1Client.hybrid(realm, origin);

    Authorized authorized =
        visit(client, o -> {})
            .with("scope", "openid profile email")
            .with("state", "replaced")
            .with("nonce", "replaced")
            .with("response_type", "code")
            .with("redirect_uri", "https://attacker.example/callback")
            .with("response_mode", "query")
            .with("prompt", "none")
            .with("kc_idp_hint", "elsewhere")
            .expectCode();

    assertThat(client.token(authorized).expect().scope()).isEqualTo("openid");
  }

  @Test
  @Rejects(by = "RestrictFrontChannel", value = "FAPI1-ADV 5.2.2-10")
  void missesWhatIsOnlyBesideTheObject() {
    FrontChannelAnswer answer = visit(old, o -> o.without("state")).with("state", "x").open();
    assertThat(old.verifiedResponse(answer.parameter("response")).get("state")).isEmpty();
    old.visitByValue(o -> o.without("nonce")).with("nonce", "x").expectError("invalid_request");
    old.visitByValue(o -> o.without("response_type")).expectError("invalid_request");
    old.visitByValue(o -> o.without("redirect_uri"))
        .with("redirect_uri", old.redirectUri())
        .expectErrorPage();
    FrontChannelAnswer unsigned =
        old.visitByValue(o -> o.without("response_mode")).with("response_mode", "jwt").open();
    assertThat(unsigned.parameter("error")).isEqualTo("invalid_request");
  }

  @Test
  @Accepts(by = "RestrictFrontChannel", value = "FAPI1-ADV 5.2.2-10")
  @Rejects(by = "RequireSignedRequestObject", value = "FAPI1-ADV 5.2.2-1")
  void readsAFormAsItReadsAQuery() {
    URI address = old.visitByValue(o -> o.claim("prompt", "none")).address();
    String form = address.getRawQuery();

    HttpExchange signed = posted(form + "&state=replaced&prompt=login");
    assertThat(signed.status()).isIn(302, 303);
    assertThat(signed.header("Location")).startsWith(old.redirectUri() + "?response=");
    HttpExchange plain = posted(old.visitWithoutPar().address().getRawQuery());
    assertThat(plain.status()).isEqualTo(400);
  }

  private static HttpExchange posted(String form) {
    return old.get(old.discovery().endpoint("authorization_endpoint", false), answer -> answer)
        .method("POST")
        .header("Accept", "text/html")
        .body("application/x-www-form-urlencoded", form)
        .send();
  }

  @Test
  @Accepts(by = "RestrictFrontChannel", value = "FAPI1-ADV 5.2.2-10")
  void keepsThePageThatTheUserReloads() {
    LoginPage browser = old.browser();
    AuthorizationVisit visit = visit(old, o -> {}).in(browser);

    assertThat(LoginPage.asksForPassword(browser.open(visit.address()))).isTrue();
    visit.expectCode();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @Accepts(by = "RequireNonceOrState", value = "FAPI1-BASE 5.2.2.3-1")
  @Rejects(
      by = "RequireNonceOrState",
      value = {"FAPI1-BASE 5.2.2.2-1", "FAPI1-BASE 5.2.2.3-1"})
  void wantsANonceWithOpenIdAndAStateWithoutIt(boolean openId) {
    FapiClient client = old.but().scope(openId ? "openid" : "profile").build();
    String needed = openId ? "nonce" : "state";
    String other = openId ? "state" : "nonce";

    client.visitByValue(o -> o.without(needed)).expectError("invalid_request");
    client.par().without(needed).expectError(400, "invalid_request");
    visit(client, o -> o.without(other)).expectCode();
  }

  private static long now() {
    return System.currentTimeMillis() / 1000;
  }
}
