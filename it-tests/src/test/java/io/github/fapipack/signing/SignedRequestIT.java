package io.github.fapipack.signing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.client.Authorized;
import io.github.fapipack.it.client.ClientKeys;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.Pushed;
import io.github.fapipack.it.client.RequestObject;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.testing.ClientOrigin;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import java.util.List;
import java.util.Map;
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

/** Pushed requests must be signed, and faults are reported when they are pushed. */
class SignedRequestIT {
  private static final String INVALID = "invalid_request_object";

  @FapiRealm("fapi2-message-signing")
  private static TestRealm realm;

  private static FapiClient old;

  @BeforeAll
  static void registerClient() {
    old = client(ClientOrigin.BEFORE_POLICY);
  }

  private static FapiClient client(ClientOrigin origin) {
    return TestClient.in(realm).made(origin).signing().register();
  }

  @ParameterizedTest
  @EnumSource(ClientOrigin.class)
  @Accepts(
      by = "RequireSignedRequestObject",
      value = {
        "FAPI2-MS 5.3.1-1",
        "RFC9126 2.3-2",
        "RFC9101 4-1",
        "RFC9101 4-5",
        "RFC9101 5-7",
        "RFC9101 6.3-1"
      })
  @Accepts(
      by = "RejectReplayedRequestObject",
      value = {"FAPI2-MS 5.3.1-1", "RFC9101 10.2-1"})
  @Accepts(by = "RequireRequestObjectAudience", value = "FAPI2-MS 5.3.1-2")
  @Accepts(by = "RequireRequestObjectType", value = "FAPI2-MS 5.3.1-5")
  @Accepts(
      by = "RequireRequestObjectIssuer",
      value = {"RFC9126 3-3", "RFC9101 4-2", "RFC9101 5-2.6", "RFC9101 10.8-2"})
  void acceptsASignedRequest(ClientOrigin origin) {
    FapiClient client = client(origin);

    client.tokens(TestRealm.USERNAME, realm.password());
  }

  @ParameterizedTest
  @EnumSource(ClientOrigin.class)
  @Rejects(
      by = "RequireSignedRequestObject",
      value = {"FAPI2-MS 5.3.1-1", "RFC9126 2.3-2", "RFC9101 5-7"})
  void rejectsAPlainRequest(ClientOrigin origin) {
    FapiClient client = client(origin);

    HttpExchange refusal = client.par().withoutRequestObject().expectError(400, "invalid_request");
    assertThat(refusal.errorDescription()).contains("'request' is missing");
    client.par().with("request", "nonsense").withoutRequestObject().expectError(400, INVALID);
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "RS256", "HS256", "PS384"})
  @Rejects(
      by = "RequireSignedRequestObject",
      value = {"FAPI2-MS 5.3.1-1", "RFC9101 5-7"})
  @Rejects(
      by = "RestrictRequestObjectAlgorithm",
      value = {"FAPI2-SP 5.4.1-1.2", "FAPI2-SP 5.4.1-1.3"})
  void rejectsOtherAlgorithms(String algorithm) {
    FapiClient client = old.but().algorithm("PS256").build();

    client.par().requestObject(object -> object.alg(algorithm)).expectError(400, INVALID);
  }

  @ParameterizedTest
  @ValueSource(strings = {"oauth-authz-req+jwt", "JWT", "application/oauth-authz-req+jwt", ""})
  @Accepts(
      by = "RequireRequestObjectType",
      value = {"FAPI2-MS 5.3.1-5", "FAPI2-SP 5.4.1-1.1"})
  void acceptsItsOwnTypeOrNone(String type) {
    old.par().requestObject(object -> object.typ(type.isEmpty() ? null : type)).expect();
  }

  @Test
  @Accepts(by = "RequireRequestObjectAudience", value = "FAPI2-MS 5.3.1-2")
  void acceptsAnAudienceAmongOthers() {
    old.par()
        .requestObject(object -> object.audiences("https://other.example", old.issuer()))
        .expect();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 8, -900, -3590})
  @Accepts(
      by = "LimitRequestObjectLifetime",
      value = {"FAPI2-MS 5.3.1-3", "FAPI2-MS 5.3.1-4"})
  void acceptsUpToAnHour(long nbf) {
    long from = now() + nbf;
    old.par().requestObject(o -> o.claim("nbf", from).claim("exp", from + 3600)).expect();
  }

  static Stream<Arguments> wrongAudiences() {
    String url = "https://elsewhere.example";
    return Stream.of(
        wrong("no aud", o -> o.without("aud")),
        wrong("aud of another", o -> o.claim("aud", url)),
        wrong("aud an endpoint", o -> o.claim("aud", o.claim("aud") + "/protocol/x")),
        wrong("aud of others", o -> o.audiences(url, url + "/2")),
        wrong("aud empty", o -> o.audiences()),
        wrong("aud an object", o -> o.claim("aud", Map.of("a", "b"))),
        wrong("aud with a number", o -> o.claim("aud", List.of(1, o.claim("aud")))));
  }

  static Stream<Arguments> wrongTimes() {
    return Stream.of(
        wrong("no nbf", o -> o.without("nbf")),
        wrong("nbf 61 minutes ago", o -> o.claim("nbf", now() - 3660)),
        wrong("nbf ahead", o -> o.claim("nbf", now() + 61)),
        wrong("nbf of text", o -> o.claim("nbf", "" + now())),
        wrong("nbf negative", o -> o.claim("nbf", -1)),
        wrong("no exp", o -> o.without("exp")),
        wrong("expired", o -> o.claim("exp", now() - 1)),
        wrong("61 minutes", o -> o.claim("exp", now() + 3660)),
        wrong("exp of the largest number", o -> o.claim("exp", Long.MAX_VALUE)),
        wrong("exp beyond numbers", o -> o.claim("exp", 1e300)),
        wrong("iat ahead", o -> o.claim("iat", now() + 61)));
  }

  static Stream<Arguments> wrongSenders() {
    return Stream.of(
        wrong("no iss", o -> o.without("iss")),
        wrong("iss of another", o -> o.claim("iss", "nobody")),
        wrong("iss in an array", o -> o.claim("iss", List.of(o.claim("iss")))),
        wrong("no client_id", o -> o.without("client_id")),
        wrong("client_id of another", o -> o.claim("client_id", "nobody")),
        wrong("sub of the client", o -> o.claim("sub", o.claim("client_id"))));
  }

  static Stream<Arguments> wrongTypes() {
    return Stream.of(
        wrong("typ of an access token", o -> o.typ("at+jwt")),
        wrong("typ of a proof", o -> o.typ("dpop+jwt")),
        wrong("typ a number", o -> o.header("typ", 1)));
  }

  static Stream<Arguments> notSignedOrNotWhole() {
    String url = "https://elsewhere.example";
    return Stream.of(
        wrong("crit", o -> o.header("crit", List.of("exp"))),
        wrong("jku", o -> o.header("jku", url)),
        wrong("jti a number", o -> o.claim("jti", 42)),
        wrong("jti empty", o -> o.jti("")),
        wrong("jti too long", o -> o.jti("x".repeat(257))),
        wrong("request inside", o -> o.claim("request", "a.b.c")),
        wrong("request_uri inside", o -> o.claim("request_uri", "urn:x")),
        wrong("no response_type", o -> o.without("response_type")),
        wrong("signed by another key", o -> o.key(ClientKeys.es256())),
        wrong("kid unknown", o -> o.header("kid", "unknown")));
  }

  private static Arguments wrong(String what, Consumer<RequestObject> edit) {
    return Arguments.of(Named.of(what, edit));
  }

  @ParameterizedTest
  @MethodSource("wrongAudiences")
  @Rejects(by = "RequireRequestObjectAudience", value = "FAPI2-MS 5.3.1-2")
  void rejectsAnotherAudience(Consumer<RequestObject> edit) {
    isRefusedAtOnce(edit);
  }

  @ParameterizedTest
  @MethodSource("wrongTimes")
  @Rejects(
      by = "LimitRequestObjectLifetime",
      value = {"FAPI2-MS 5.3.1-3", "FAPI2-MS 5.3.1-4"})
  void rejectsWhatIsNotOfNowOrNotBrief(Consumer<RequestObject> edit) {
    isRefusedAtOnce(edit);
  }

  @ParameterizedTest
  @MethodSource("wrongSenders")
  @Rejects(
      by = "RequireRequestObjectIssuer",
      value = {"RFC9101 4-2", "RFC9101 5-2.6", "RFC9101 10.8-2", "RFC9126 3-3"})
  void rejectsAnotherSender(Consumer<RequestObject> edit) {
    isRefusedAtOnce(edit);
  }

  @ParameterizedTest
  @MethodSource("wrongTypes")
  @Rejects(
      by = "RequireRequestObjectType",
      value = {"FAPI2-MS 5.3.1-5", "FAPI2-SP 5.4.1-1.1"})
  void rejectsAnotherTypeOfToken(Consumer<RequestObject> edit) {
    isRefusedAtOnce(edit);
  }

  @ParameterizedTest
  @MethodSource("notSignedOrNotWhole")
  @Rejects(
      by = "RequireSignedRequestObject",
      value = {"FAPI2-MS 5.3.1-1", "RFC9101 4-1", "RFC9101 4-5", "RFC9101 6.3-1"})
  void rejectsWhatIsNotSignedOrNotWhole(Consumer<RequestObject> edit) {
    isRefusedAtOnce(edit);
  }

  private static void isRefusedAtOnce(Consumer<RequestObject> edit) {
    old.par().requestObject(edit).expectError(400, INVALID);
  }

  @ParameterizedTest
  @EnumSource(ClientOrigin.class)
  @Rejects(by = "RequireRequestObjectAudience", value = "FAPI2-MS 5.3.1-2")
  @Rejects(
      by = "LimitRequestObjectLifetime",
      value = {"FAPI2-MS 5.3.1-3", "FAPI2-MS 5.3.1-4"})
  @Rejects(by = "RequireRequestObjectIssuer", value = "RFC9101 4-2")
  void rejectsItForClientsOfEveryOrigin(ClientOrigin origin) {
    FapiClient client = client(origin);

    for (String claim : List.of("aud", "nbf", "exp", "iss")) {
      client.par().requestObject(object -> object.without(claim)).expectError(400, INVALID);
    }
  }

  @Test
  @Accepts(by = "RequireSignedRequestObject", value = "RFC9101 5-9")
  void takesNothingFromBesideTheObject() {
    Pushed pushed =
        old.par()
            .beside("scope", "openid profile email")
            .beside("state", "replaced")
            .beside("nonce", "replaced")
            .beside("redirect_uri", "https://attacker.example/callback")
            .beside("response_mode", "fragment")
            .beside("dpop_jkt", "replaced")
            .beside("prompt", "none")
            .expect();

    Authorized authorized = old.visit(pushed).as(TestRealm.USERNAME, realm.password()).expectCode();
    assertThat(old.token(authorized).expect().scope()).isEqualTo("openid");
  }

  @Test
  @Rejects(by = "RequireSignedRequestObject", value = "RFC9101 5-9")
  void missesWhatIsOnlyBesideTheObject() {
    for (String name : List.of("code_challenge", "redirect_uri")) {
      old.par().requestObject(o -> o.without(name)).beside(name, value(name)).expectError(wrong());
    }
  }

  private static String wrong() {
    return "invalid_request";
  }

  private static String value(String name) {
    return switch (name) {
      case "redirect_uri" -> old.redirectUri();
      default -> "x".repeat(43);
    };
  }

  private static long now() {
    return System.currentTimeMillis() / 1000;
  }
}
