package io.github.fapipack.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.client.ClientAssertion;
import io.github.fapipack.it.client.ClientAuth;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.FapiRequest;
import io.github.fapipack.it.client.SenderConstraint;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.testing.ClientOrigin;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests of unauthenticated senders to endpoints with client authentication. */
class RequestFormIT {
  private static final String TYPE = "client_assertion_type";

  @FapiRealm("fapi2-security-profile")
  private static TestRealm realm;

  private static FapiClient client;
  private static FapiClient other;

  @BeforeAll
  static void registerClients() {
    client = TestClient.in(realm).made(ClientOrigin.BEFORE_POLICY).register();
    other = TestClient.in(realm).register();
  }

  @ParameterizedTest
  @ValueSource(strings = {"client_id", "client_assertion", TYPE, "scope", "unknown"})
  @Rejects(by = "RejectRepeatedParameters", value = "RFC6749 3.2")
  void rejectsRepeatedParameters(String name) {
    for (FapiRequest<?> request : everywhere(client)) {
      request
          .adding("scope", "openid")
          .adding("unknown", "1")
          .adding(name, name.equals("client_id") ? client.clientId() : "again")
          .expectError("invalid_request");
    }
  }

  @Test
  @Accepts(by = "RejectRepeatedParameters", value = "RFC6749 3.2")
  void acceptsParametersThatNobodyKnows() {
    client.par().with("unknown", "something").expect();
    client.clientCredentials().with("unknown", "something").expect();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "//", ";a=b", "/;a=b", "/."})
  @Rejects(by = "RequireAsymmetricClientAuthentication", value = "FAPI2-SP 5.3.2.1-6")
  void holdsTheRulesHoweverTheEndpointIsSpelled(String ending) {
    HttpExchange plain = client.clientCredentials().send();

    HttpExchange answer =
        client.clientCredentials().withoutProof().to(URI.create(plain.uri() + ending)).send();

    assertThat(answer.status()).isBetween(400, 499);
  }

  @Test
  @Rejects(by = "RejectRepeatedParameters", value = "RFC6749 3.2")
  void rejectsControlCharactersAndAbsurdSizes() {
    client.par().with("state", "a\0b").expectError(400, "invalid_request");
    client.par().with("state", "a\nb").expectError(400, "invalid_request");
    client.par().with("st\u0007ate", "a").expectError(400, "invalid_request");
    client.par().with("state", "x".repeat(50_001)).expectError(400, "invalid_request");
    FapiRequest<?> many = client.par();
    for (int i = 0; i < 101; i++) {
      many.with("p" + i, "1");
    }
    many.expectError(400, "invalid_request");
  }

  @Test
  @Rejects(by = "RejectRepeatedParameters", value = "RFC6749 3.2")
  void rejectsAParameterThatIsInTheQueryAsWell() {
    for (FapiRequest<?> request : everywhere(client)) {
      HttpExchange plain = request.send();
      request
          .to(URI.create(plain.uri() + "?client_id=" + other.clientId()))
          .expectError("invalid_request");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "multipart/form-data; boundary=x",
        "text/plain",
        "application/json",
        "application/*",
        "application/x-www-form-urlencoded; charset=nonsense"
      })
  @Rejects(by = "SentForm", value = "RFC6749 3.2")
  void readsFormsAndNothingElse(String contentType) {
    FapiClient withCertificate =
        TestClient.in(realm)
            .auth(ClientAuth.TLS_CLIENT_AUTH)
            .constraint(SenderConstraint.MTLS)
            .register();
    String body =
        "--x\r\nContent-Disposition: form-data; name=\"grant_type\"\r\n\r\npassword\r\n--x--\r\n";

    for (FapiRequest<?> request : everywhere(withCertificate)) {
      HttpExchange plain = request.send();
      request
          // Keycloak looks there for the client's name when the body is not a form.
          .to(URI.create(plain.uri() + "?client_id=" + withCertificate.clientId()))
          .body(contentType, body)
          .expectError(400, "invalid_request");
    }
  }

  @Test
  @Rejects(by = "RejectRepeatedParameters", value = "RFC6749 3.2")
  void rejectsThousandsOfParametersWithoutAServerError() {
    for (FapiRequest<?> request : everywhere(client)) {
      request
          .body("application/x-www-form-urlencoded", "a=1&".repeat(1001))
          .expectError(400, "invalid_request");
    }
  }

  static Stream<Named<Function<FapiRequest<?>, FapiRequest<?>>>> attacks() {
    return Stream.of(
        attack("no authentication", FapiRequest::withoutAuthentication),
        attack(
            "only a client_id",
            r -> r.withoutAuthentication().with("client_id", client.clientId())),
        attack("client_id of another client", r -> r.with("client_id", other.clientId())),
        attack("client_id of nobody", r -> r.with("client_id", "nobody")),
        attack("client_id with NUL", r -> r.with("client_id", "a\0b")),
        attack("client_id empty and twice", r -> r.with("client_id", "").adding("client_id", "")),
        attack("client_id very long", r -> r.with("client_id", "x".repeat(5000))),
        attack("no assertion type", r -> r.without(TYPE)),
        attack("type with blanks", r -> r.with(TYPE, " " + ClientAssertion.TYPE + " ")),
        attack("type of SAML", r -> r.with(TYPE, ClientAssertion.TYPE.replace("jwt", "saml2"))),
        attack("no assertion", r -> r.without("client_assertion")),
        attack("empty assertion", r -> r.with("client_assertion", "")),
        attack("text as assertion", r -> r.with("client_assertion", "nonsense")),
        attack("dots as assertion", r -> r.with("client_assertion", "..")),
        attack("empty objects as assertion", r -> r.with("client_assertion", "e30.e30.e30")),
        attack("array as assertion", r -> r.with("client_assertion", "W10.W10.W10")),
        attack("null as assertion", r -> r.with("client_assertion", "bnVsbA.bnVsbA.bnVsbA")),
        attack("JWE as assertion", r -> r.with("client_assertion", "e30.e30.e30.e30.e30")),
        attack("assertion without signature", r -> r.assertion(a -> a.alg("none"))),
        attack("claims of wrong types", r -> r.assertion(a -> a.claim("sub", List.of(1)))),
        attack("aud an object", r -> r.assertion(a -> a.claim("aud", Map.of("a", 1)))),
        attack("kid a number", r -> r.assertion(a -> a.header("kid", 5))),
        attack("alg a number", r -> r.assertion(a -> a.header("alg", 5))),
        attack("jwk in the header", r -> r.assertion(a -> a.header("jwk", "x"))),
        attack("broken Basic", r -> r.withoutAuthentication().header("Authorization", "Basic %%")),
        attack(
            "Basic with broken escapes",
            r -> r.withoutAuthentication().header("Authorization", "Basic JVo6JVo=")),
        attack("empty Basic", r -> r.withoutAuthentication().header("Authorization", "Basic ")),
        attack("no body", r -> r.body("application/x-www-form-urlencoded", "")),
        attack("broken escapes", r -> r.body("application/x-www-form-urlencoded", "a=%&%=b&%%")),
        attack("JSON", r -> r.body("application/json", "{\"client_id\":\"a\"}")),
        attack("multipart", r -> r.body("multipart/form-data; boundary=x", "--x--")),
        attack("broken multipart", r -> r.body("multipart/form-data", "nonsense")),
        attack("broken Content-Type", r -> r.body("nonsense", "client_id=a")),
        attack("XML", r -> r.body("application/xml", "<a/>")));
  }

  @ParameterizedTest
  @MethodSource("attacks")
  @Rejects(
      by = "RequireAsymmetricClientAuthentication",
      value = {"FAPI2-SP 5.3.2.1-6", "RFC9126 2.1-1"})
  void rejectsNonsenseWithoutAServerError(Function<FapiRequest<?>, FapiRequest<?>> attack) {
    for (FapiRequest<?> request : everywhere(client)) {
      HttpExchange answer = attack.apply(request).send();

      assertThat(answer.status()).as(answer.body()).isBetween(400, 499);
      assertThat(answer.body()).doesNotContain("org.keycloak", "com.fasterxml", "java.");
    }
  }

  static Stream<Named<Consumer<TestClient>>> oddClients() {
    return Stream.of(
        Named.of("disabled", c -> c.altering(r -> r.put("enabled", false))),
        Named.of("unknown method", c -> c.altering(r -> r.put("clientAuthenticatorType", "none"))),
        Named.of("SAML", c -> c.altering(r -> r.put("protocol", "saml"))),
        Named.of("no keys", c -> c.attribute("jwks.string", "")),
        Named.of("nonsense for keys", c -> c.attribute("jwks.string", "nonsense")),
        Named.of(
            "unreachable keys",
            c ->
                c.attribute("use.jwks.string", "false")
                    .attribute("use.jwks.url", "true")
                    .attribute("jwks.url", "https://localhost:1/jwks")));
  }

  @ParameterizedTest
  @MethodSource("oddClients")
  @Rejects(
      by = "RequireAsymmetricClientAuthentication",
      value = {"FAPI2-SP 5.3.2.1-6", "RFC9126 2.1-1"})
  void rejectsOddClientsWithoutAServerError(Consumer<TestClient> oddity) {
    for (ClientAuth auth : List.of(ClientAuth.PRIVATE_KEY_JWT, ClientAuth.NONE)) {
      TestClient description = TestClient.in(realm).made(ClientOrigin.IMPORTED);
      oddity.accept(description);
      FapiClient odd = description.register().but().auth(auth).build();

      for (FapiRequest<?> request : everywhere(odd)) {
        request.with("client_id", odd.clientId()).expectError("invalid_client");
      }
    }
  }

  private static Named<Function<FapiRequest<?>, FapiRequest<?>>> attack(
      String name, Function<FapiRequest<?>, FapiRequest<?>> edit) {
    return Named.of(name, edit);
  }

  private static List<FapiRequest<?>> everywhere(FapiClient sender) {
    return List.of(
        sender.par(),
        sender.clientCredentials(),
        sender.introspect("token"),
        sender.revoke("token"),
        sender.post("backchannel_authentication_endpoint", answer -> answer));
  }
}
