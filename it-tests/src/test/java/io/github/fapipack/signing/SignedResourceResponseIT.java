package io.github.fapipack.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.Tokens;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.http.NamedValues;
import io.github.fapipack.it.testing.ClientOrigin;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import java.net.URI;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Responses of userinfo have an HTTP signature of the realm (FAPI2-HS 5.3.2). */
class SignedResourceResponseIT {
  @FapiRealm("fapi2-message-signing")
  private static TestRealm realm;

  private static FapiClient client;
  private static Tokens tokens;

  @BeforeAll
  static void obtainTokens() {
    realm.configure("fapi2-require-signed-resource-request", Map.of("required", ""));
    client = TestClient.in(realm).signing().register();
    tokens = client.tokens(TestRealm.USERNAME, realm.password());
  }

  @ParameterizedTest
  @EnumSource(ClientOrigin.class)
  @Accepts(
      by = "SignResourceResponse",
      value = {
        "FAPI2-HS 5.3.2.1-1",
        "FAPI2-HS 5.3.2.1-2",
        "FAPI2-HS 5.3.2.1-3",
        "FAPI2-HS 5.3.2.1-4",
        "FAPI2-HS 5.3.2.1-5",
        "FAPI2-HS 5.3.2.1-6",
        "FAPI2-HS 5.3.2.1-7"
      })
  void signsWhatItAnswers(ClientOrigin origin) {
    FapiClient one = TestClient.in(realm).made(origin).signing().register();
    Tokens own = one.tokens(TestRealm.USERNAME, realm.password());

    HttpExchange answer = one.userinfo(own).send().expectStatus(200);

    one.verifiedAnswer(answer);
    assertThat(answer.headers().all("Content-Type")).hasSize(1);
  }

  @Test
  @Accepts(
      by = "SignResourceResponse",
      value = {"FAPI2-HS 5.3.2.1-2", "FAPI2-HS 5.3.2.1-7"})
  void bindsTheAnswerToAForm() {
    client.verifiedAnswer(
        client
            .userinfo(tokens)
            .method("POST")
            .body("application/x-www-form-urlencoded", "a=1")
            .send()
            .expectStatus(200));
  }

  @Test
  @Accepts(by = "SignResourceResponse", value = "FAPI2-HS 5.3.2.1-1")
  void signsSignedUserinfoToo() {
    FapiClient one =
        TestClient.in(realm)
            .signing()
            .attribute("user.info.response.signature.alg", "ES256")
            .register();
    Tokens own = one.tokens(TestRealm.USERNAME, realm.password());

    HttpExchange answer = one.userinfo(own).send().expectStatus(200);

    assertThat(answer.header("Content-Type")).startsWith("application/jwt");
    one.verifiedAnswer(answer);
  }

  @Test
  @Accepts(
      by = "SignResourceResponse",
      value = {"FAPI2-HS 5.3.2.1-1", "FAPI2-HS 5.3.2.1-3"})
  void signsRefusalsAsWell() {
    client.verifiedAnswer(client.userinfo(tokens).withoutSignature().send().expectStatus(401));
    client.verifiedAnswer(client.userinfo(tokens).withoutProof().send().expectStatus(401));
    client.verifiedAnswer(
        client
            .userinfo(tokens)
            .header("Authorization", null)
            .withoutSignature()
            .send()
            .expectStatus(401));
    client.verifiedAnswer(
        client.userinfo(tokens).signature(s -> s.uncovering("@method")).send().expectStatus(401));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x\u00e4", "::::", "a=(;;", "sig1=(\"@method\";req);x"})
  @Accepts(by = "SignResourceResponse", value = "FAPI2-HS 5.3.2.1-3")
  void answersGarbageWithASignedRefusal(String garbage) {
    for (String header : new String[] {"Signature", "Signature-Input", "Content-Digest"}) {
      HttpExchange refusal = client.userinfo(tokens).tamper(header, garbage).send();
      assertThat(refusal.status()).as(refusal.toString()).isEqualTo(401);
    }
  }

  static Stream<Arguments> alterations() {
    return Stream.of(
        altered("status", a -> with(a, a.method(), a.uri(), 201, a.body())),
        altered("method", a -> with(a, "POST", a.uri(), a.status(), a.body())),
        altered("address", a -> with(a, a.method(), URI.create(a.uri() + "?"), 200, a.body())),
        altered("content", a -> with(a, a.method(), a.uri(), 200, a.body() + " ")),
        altered("request signature", a -> asked(a, "Signature", "sig1=:AAAA:")),
        altered("request input", a -> asked(a, "Signature-Input", "sig1=();created=1")),
        altered("tag", a -> answered(a, "fapi-2-response", "fapi-2-request")),
        altered("created", a -> answered(a, "created=1", "created=2")));
  }

  private static Arguments altered(String what, UnaryOperator<HttpExchange> alteration) {
    return Arguments.of(what, alteration);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("alterations")
  @Rejects(
      by = "SignResourceResponse",
      value = {
        "FAPI2-HS 5.3.2.1-1",
        "FAPI2-HS 5.3.2.1-2",
        "FAPI2-HS 5.3.2.1-3",
        "FAPI2-HS 5.3.2.1-4",
        "FAPI2-HS 5.3.2.1-5",
        "FAPI2-HS 5.3.2.1-6",
        "FAPI2-HS 5.3.2.1-7"
      })
  void letsNothingBeAltered(String what, UnaryOperator<HttpExchange> alteration) {
    HttpExchange answer = client.userinfo(tokens).send().expectStatus(200);
    client.verifiedAnswer(answer);

    assertThatThrownBy(() -> client.verifiedAnswer(alteration.apply(answer)))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  @Rejects(by = "SignResourceResponse", value = "FAPI2-HS 5.3.2.1-2")
  void bindsTheAnswerToItsOwnRequest() {
    HttpExchange one = client.userinfo(tokens).send().expectStatus(200);
    HttpExchange other = client.userinfo(tokens).send().expectStatus(200);
    HttpExchange mixed =
        new HttpExchange(
            one.method(),
            one.uri(),
            one.sentHeaders(),
            "",
            false,
            200,
            other.headers(),
            other.body());

    assertThatThrownBy(() -> client.verifiedAnswer(mixed)).isInstanceOf(AssertionError.class);
  }

  private static HttpExchange with(
      HttpExchange a, String method, URI uri, int status, String body) {
    return new HttpExchange(
        method, uri, a.sentHeaders(), a.sentBody(), a.certificate(), status, a.headers(), body);
  }

  private static HttpExchange asked(HttpExchange a, String header, String value) {
    NamedValues sent = new NamedValues();
    a.sentHeaders().entries().forEach(entry -> sent.add(entry.getKey(), entry.getValue()));
    sent.set(header, value);
    return new HttpExchange(
        a.method(), a.uri(), sent, "", a.certificate(), a.status(), a.headers(), a.body());
  }

  private static HttpExchange answered(HttpExchange a, String from, String to) {
    NamedValues received = new NamedValues();
    a.headers()
        .entries()
        .forEach(entry -> received.add(entry.getKey(), entry.getValue().replace(from, to)));
    return new HttpExchange(
        a.method(), a.uri(), a.sentHeaders(), "", a.certificate(), 200, received, a.body());
  }
}
