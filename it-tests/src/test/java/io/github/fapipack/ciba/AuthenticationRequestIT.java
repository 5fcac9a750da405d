package io.github.fapipack.ciba;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.client.CibaClient;
import io.github.fapipack.it.client.ClientKeys;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.RequestObject;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.testing.ClientOrigin;
import io.github.fapipack.it.testing.ServerLogOnFailure;
import io.github.fapipack.it.testing.TestRealm;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Backchannel authentication requests must be signed as a whole, and faults are named. */
@ExtendWith(ServerLogOnFailure.class)
class AuthenticationRequestIT {
  private static final String INVALID = "invalid_request";

  private static CibaTest ciba;
  private static CibaClient old;

  @BeforeAll
  static void importRealm() {
    ciba = CibaTest.start();
    old = ciba.polling(ClientOrigin.BEFORE_POLICY);
  }

  @AfterAll
  static void deleteRealm() {
    ciba.close();
  }

  @Test
  @Rejects(by = "RequireRequestObjectIssuer", value = "CIBA 7.1.1-2")
  void theIssuerIsDemandedAlsoWhereAuthorizationRequestsNeedNone() {
    String rule = "fapi2-require-request-object-issuer";
    ciba.realm().configure(rule, Map.of("issuerRequired", "false"));
    try {
      old.authenticate().requestObject(o -> o.without("iss")).expectError(400, INVALID);
      old.authenticate().expect();
    } finally {
      ciba.realm().configure(rule, Map.of("issuerRequired", "true"));
    }
  }

  @ParameterizedTest
  @EnumSource(ClientOrigin.class)
  @Rejects(
      by = "RequireSignedAuthenticationRequest",
      value = {"CIBA 7.1.1-1", "CIBA 7.1.1-2"})
  @Rejects(by = "LimitRequestObjectLifetime", value = "CIBA 7.1.1-2")
  @Rejects(by = "RequireRequestObjectAudience", value = "CIBA 7.1.1-2")
  @Rejects(by = "RequireRequestObjectIssuer", value = "CIBA 7.1.1-2")
  @Rejects(
      by = "RestrictAuthenticationRequestAlgorithm",
      value = {"FAPI-CIBA 5.10-1", "FAPI-CIBA 5.10-2", "FAPI-CIBA 5.10-3"})
  void rejectsItForClientsOfEveryOrigin(ClientOrigin origin) {
    CibaClient client = ciba.polling(origin);

    client.authenticate().withoutRequestObject().expectError(400, INVALID);
    for (String claim : List.of("aud", "iss", "exp", "iat", "nbf", "jti")) {
      client.authenticate().requestObject(o -> o.without(claim)).expectError(400, INVALID);
    }
    for (String algorithm : List.of("none", "HS256")) {
      client.authenticate().requestObject(o -> o.alg(algorithm)).expectError(400, INVALID);
    }
    FapiClient rsa = client.client().but().algorithm("PS256").build();
    CibaClient.polling(rsa, TestRealm.USERNAME)
        .authenticate()
        .assertion(jwt -> jwt.alg("PS256"))
        .requestObject(o -> o.alg("RS256"))
        .expectError(400, INVALID);
  }

  static Stream<Arguments> unacceptable() {
    String url = "https://elsewhere.example";
    return Stream.of(
        wrong("aud of another", o -> o.claim("aud", url)),
        wrong("aud the endpoint", o -> o.claim("aud", o.claim("aud") + "/protocol/x")),
        wrong("aud of others", o -> o.audiences(url, url + "/2")),
        wrong("iss of another", o -> o.claim("iss", "nobody")),
        wrong("iss the server", o -> o.claim("iss", o.claim("aud"))),
        wrong("client_id of another", o -> o.claim("client_id", "nobody")),
        wrong("sub the client", o -> o.claim("sub", o.claim("iss"))),
        wrong("nbf 61 minutes ago", o -> o.claim("nbf", now() - 3660)),
        wrong("nbf ahead", o -> o.claim("nbf", now() + 61)),
        wrong("61 minutes", o -> o.claim("exp", now() + 3660)),
        wrong("expired", o -> o.claim("exp", now() - 1)),
        wrong("exp endless", o -> o.claim("exp", Long.MAX_VALUE)),
        wrong("exp of text", o -> o.claim("exp", "" + (now() + 60))),
        wrong("iat of text", o -> o.claim("iat", "now")),
        wrong("iat ahead", o -> o.claim("iat", now() + 61)),
        wrong("jti a number", o -> o.claim("jti", 42)),
        wrong("state a number", o -> o.claim("state", 42)),
        wrong("nonce a list", o -> o.claim("nonce", List.of("n"))),
        wrong("max_age negative", o -> o.claim("max_age", -1)),
        wrong("aud with another", o -> o.audiences(String.valueOf(o.claim("aud")), url)),
        wrong("jti empty", o -> o.jti("")),
        wrong("jti too long", o -> o.jti("x".repeat(257))),
        wrong("typ of an access token", o -> o.typ("at+jwt")),
        wrong("typ of a proof", o -> o.typ("dpop+jwt")),
        wrong("crit", o -> o.header("crit", List.of("exp"))),
        wrong("jku", o -> o.header("jku", url)),
        wrong("PS384", o -> o.alg("PS384")),
        wrong("EdDSA", o -> o.key(ClientKeys.ed25519())),
        wrong("alg a number", o -> o.header("alg", 256)),
        wrong("alg in lower case", o -> o.alg("es256")),
        wrong("signed by another key", o -> o.key(ClientKeys.es256())),
        wrong("signed by a weak key", o -> o.key(ClientKeys.rsa(1024))),
        wrong("request inside", o -> o.claim("request", "a.b.c")),
        wrong("request_uri inside", o -> o.claim("request_uri", url)),
        wrong("client_assertion inside", o -> o.claim("client_assertion", "a.b.c")),
        wrong("no binding_message", o -> o.without("binding_message")),
        wrong("binding_message blank", o -> o.claim("binding_message", " ")),
        wrong("binding_message an object", o -> o.claim("binding_message", Map.of("a", 1))),
        wrong("no scope", o -> o.without("scope")),
        wrong("scope a number", o -> o.claim("scope", 7)),
        wrong("scope a list", o -> o.claim("scope", List.of("openid"))),
        wrong("no hint", o -> o.without("login_hint")),
        wrong("hint blank", o -> o.claim("login_hint", "")),
        wrong("hint a number", o -> o.claim("login_hint", 1)),
        wrong("hint with a null character", o -> o.claim("login_hint", "a\0b")),
        wrong("two hints", o -> o.claim("id_token_hint", "a.b.c")),
        wrong("three hints", o -> o.claim("id_token_hint", "a").claim("login_hint_token", "b")),
        wrong("another hint", o -> o.without("login_hint").claim("login_hint_token", "b")),
        wrong("requested_expiry nothing", o -> o.claim("requested_expiry", 0)),
        wrong("requested_expiry negative", o -> o.claim("requested_expiry", -5)),
        wrong("requested_expiry of text", o -> o.claim("requested_expiry", "soon")),
        wrong("requested_expiry endless", o -> o.claim("requested_expiry", Long.MAX_VALUE)),
        wrong("requested_expiry an object", o -> o.claim("requested_expiry", Map.of())),
        wrong("user_code", o -> o.claim("user_code", "1234")),
        wrong("token without ping", o -> o.claim("client_notification_token", "x".repeat(30))),
        wrong("acr_values a list", o -> o.claim("acr_values", List.of("1"))),
        wrong("context of text", o -> o.claim("request_context", "{}")),
        wrong("context a list", o -> o.claim("request_context", List.of(1))),
        wrong("context too long", o -> o.claim("request_context", Map.of("a", "x".repeat(2000)))));
  }

  private static Arguments wrong(String what, Consumer<RequestObject> edit) {
    return Arguments.of(Named.of(what, edit));
  }

  @ParameterizedTest
  @MethodSource("unacceptable")
  @Rejects(by = "RequireOneUserHint", value = "CIBA 7.1-3")
  @Rejects(by = "RequireSignedAuthenticationRequest", value = "CIBA 7.1.1-2")
  @Rejects(by = "LimitRequestObjectLifetime", value = "CIBA 7.1.1-2")
  @Rejects(by = "RequireRequestObjectAudience", value = "CIBA 7.1.1-2")
  @Rejects(by = "RequireRequestObjectIssuer", value = "CIBA 7.1.1-2")
  @Rejects(
      by = "RestrictAuthenticationRequestAlgorithm",
      value = {"CIBA 7.2-1", "FAPI-CIBA 5.10-1"})
  @Rejects(by = "RequireWellFormedAuthenticationRequest", value = "CIBA 13-1")
  @Rejects(by = "RequireBindingMessage", value = "FAPI-CIBA 4.1.1-2")
  @Rejects(by = "RestrictRequestContext", value = "FAPI-CIBA 4.1.3-1")
  void rejectsWhatIsWrong(Consumer<RequestObject> edit) {
    HttpExchange answer = old.authenticate().requestObject(edit).expectError(400, INVALID);

    assertThat(answer.errorDescription())
        .doesNotContain("Exception", "org.keycloak", "could not be checked");
  }

  @ParameterizedTest
  @ValueSource(strings = {"profile", "openidx", "OPENID", "profile email"})
  @Rejects(by = "RequireOpenIdScope", value = "CIBA 7.1-2")
  void rejectsAScopeWithoutOpenid(String scope) {
    old.authenticate().with("scope", scope).expectError(400, "invalid_scope");
  }

  @ParameterizedTest
  @ValueSource(strings = {"with spaces", "äöü", "<script>"})
  @Rejects(by = "RequireWellFormedAuthenticationRequest", value = "CIBA 13-1")
  void rejectsAnUnprintableBindingMessage(String message) {
    old.authenticate().with("binding_message", message).expectError(400, "invalid_binding_message");
  }

  @Test
  @Rejects(by = "RequireWellFormedAuthenticationRequest", value = "CIBA 13-1")
  void rejectsUnknownAndUnusableUsersInTheSameWay() {
    HttpExchange unknown =
        old.authenticate().with("login_hint", "nobody").expectError(400, "unknown_user_id");
    ciba.realm()
        .admin()
        .createUser(
            ciba.realm().name(), Json.object().put("username", "gone").put("enabled", false));

    HttpExchange disabled =
        old.authenticate().with("login_hint", "gone").expectError(400, "unknown_user_id");
    assertThat(disabled.body()).isEqualTo(unknown.body());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"scope", "login_hint", "binding_message", "request_uri", "acr_values", "anything"})
  @Rejects(by = "RequireSignedAuthenticationRequest", value = "CIBA 7.1.1-1")
  void rejectsWhatIsBesideTheObject(String name) {
    old.authenticate().beside(name, "openid").expectError(400, INVALID);
  }

  @Test
  @Rejects(
      by = "RejectReplayedRequestObject",
      value = {"CIBA 7.1.1-2", "RFC9101 10.2-1"})
  void rejectsAReplayedObject() {
    String object = old.authenticate().expect().exchange().sentForm().get("request").orElseThrow();

    old.authenticate().beside("request", object).expectError(400, INVALID);
  }

  @Test
  @Accepts(by = "RejectReplayedRequestObject", value = "CIBA 7.1.1-2")
  void aRefusedObjectMayComeAgain() {
    HttpExchange refused = old.authenticate().beside("scope", "openid").expectError(400, INVALID);
    String object = refused.sentForm().get("request").orElseThrow();

    old.authenticate().beside("request", object).send().expectStatus(200);
  }

  @Test
  @Rejects(by = "RequireRequestObjectIssuer", value = "CIBA 7.1.1-2")
  void rejectsTheObjectOfAnotherClient() {
    String stolen =
        ciba.polling().authenticate().expect().exchange().sentForm().get("request").orElseThrow();

    old.authenticate().beside("request", stolen).expectError(400, INVALID);
  }

  @Test
  @Rejects(by = "RestrictAuthenticationRequestAlgorithm", value = "CIBA 7.2-1")
  void rejectsAnEncryptedObject() throws Exception {
    JWKSet keys = JWKSet.parse(old.client().serverKeys());
    var key =
        keys.getKeys().stream().filter(k -> KeyUse.ENCRYPTION.equals(k.getKeyUse())).findAny();

    old.authenticate()
        .requestObject(o -> o.encryptedFor(key.orElseThrow()))
        .expectError(400, INVALID);
    old.authenticate()
        .requestObject(o -> o.encryptedUnsignedFor(key.orElseThrow()))
        .expectError(400, INVALID);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a.b.c", "...", "eyJhbGciOiJFUzI1NiJ9.e30.", "{}", "x", "..........", " "})
  @Rejects(by = "RequireSignedAuthenticationRequest", value = "CIBA 7.1.1-1")
  void rejectsGarbageForAnObject(String garbage) {
    old.authenticate().beside("request", garbage).expectError(400, INVALID);
  }

  @Test
  @Rejects(by = "RestrictAuthenticationRequestAlgorithm", value = "CIBA 7.2-1")
  void rejectsAnotherAlgorithmThanTheRegisteredOne() {
    FapiClient client =
        ciba.describe(ClientOrigin.IMPORTED)
            .attribute("ciba.backchannel.auth.request.signing.alg", "PS256")
            .register();

    CibaClient.polling(client, TestRealm.USERNAME).authenticate().expectError(400, INVALID);
    CibaClient.polling(client.but().algorithm("PS256").build(), TestRealm.USERNAME)
        .authenticate()
        .expect();
  }

  @ParameterizedTest
  @ValueSource(strings = {"RS256", "none", "nonsense", "EdDSA"})
  @Accepts(by = "RestrictAuthenticationRequestAlgorithm", value = "CIBA 7.2-1")
  void forgetsARegisteredAlgorithmThatMayNotBeUsed(String algorithm) {
    FapiClient client =
        ciba.describe(ClientOrigin.IMPORTED)
            .attribute("ciba.backchannel.auth.request.signing.alg", algorithm)
            .register();

    CibaClient.polling(client, TestRealm.USERNAME).authenticate().expect();
    JsonNode stored = ciba.realm().admin().client(ciba.realm().name(), client.clientId());
    assertThat(stored.at("/attributes/ciba.backchannel.auth.request.signing.alg").asText(""))
        .isEmpty();
  }

  private static long now() {
    return System.currentTimeMillis() / 1000;
  }
}
