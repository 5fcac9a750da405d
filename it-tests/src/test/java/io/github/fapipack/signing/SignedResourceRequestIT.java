package io.github.fapipack.signing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.jwk.Curve;
import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.client.ClientKeys;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.SenderConstraint;
import io.github.fapipack.it.client.Tokens;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.httpsig.HttpSignature;
import io.github.fapipack.it.testing.ClientOrigin;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests to userinfo carry an HTTP signature of their client (FAPI2-HS 5.3.1). */
class SignedResourceRequestIT {
  private static final String FORM = "application/x-www-form-urlencoded";

  @FapiRealm("fapi2-message-signing")
  private static TestRealm realm;

  private static FapiClient client;
  private static Tokens tokens;

  @BeforeAll
  static void obtainTokens() {
    realm.configure("fapi2-require-signed-resource-request", Map.of("required", ""));
    client = TestClient.in(realm).made(ClientOrigin.BEFORE_POLICY).signing().register();
    tokens = client.tokens(TestRealm.USERNAME, realm.password());
  }

  @ParameterizedTest
  @EnumSource(ClientOrigin.class)
  @Accepts(
      by = "RequireSignedResourceRequest",
      value = {
        "FAPI2-HS 5.3.1.2-1",
        "FAPI2-HS 5.3.1.2-2",
        "FAPI2-HS 5.3.1.2-3",
        "FAPI2-HS 5.3.1.2-4",
        "FAPI2-HS 5.3.1.2-5",
        "FAPI2-HS 5.3.1.2-6",
        "FAPI2-HS 5.3.1.2-7"
      })
  void takesASignedRequest(ClientOrigin origin) {
    FapiClient one = TestClient.in(realm).made(origin).signing().register();
    Tokens own = one.tokens(TestRealm.USERNAME, realm.password());

    assertThat(one.userinfo(own).expect().path("sub").asText()).isNotEmpty();
    one.userinfo(own).withoutSignature().expectError(401, "invalid_request");
  }

  @ParameterizedTest
  @CsvSource({"PS256,DPOP", "EdDSA,DPOP", "ES256,MTLS", "PS256,MTLS"})
  @Accepts(
      by = "RequireSignedResourceRequest",
      value = {"FAPI2-HS 5.3.1.2-1", "FAPI2-HS 5.3.1.2-2"})
  void takesEveryAlgorithmOfFapi(String algorithm, SenderConstraint constraint) {
    FapiClient one =
        TestClient.in(realm).algorithm(algorithm).constraint(constraint).signing().register();
    Tokens own = one.tokens(TestRealm.USERNAME, realm.password());

    one.userinfo(own).expect();
  }

  @ParameterizedTest
  @CsvSource({"sha-256", "sha-512"})
  @Accepts(by = "RequireSignedResourceRequest", value = "FAPI2-HS 5.3.1.2-8")
  void takesASignedFormWithItsDigest(String digest) {
    client
        .userinfo(tokens)
        .method("POST")
        .body(FORM, "a=1&b=%20+%C3%A4&b=2")
        .signature(signature -> signature.digest(digest))
        .expect();
  }

  @Test
  @Accepts(by = "RequireSignedResourceRequest", value = "FAPI2-HS 5.3.1.2-2")
  void takesAnyQueryAsItWasSent() {
    for (String query : new String[] {"?a=b%2fc%20d&e=", "?x=%C3%A4+1&x"}) {
      URI address = URI.create(userinfo() + query);
      client.userinfo(tokens).to(address).proof(proof -> proof.htu(userinfo())).expect();
    }
  }

  @Test
  @Accepts(by = "RequireSignedResourceRequest", value = "FAPI2-HS 5.3.1.2-4")
  void takesItBesideTheSignatureOfAProxy() {
    client
        .userinfo(tokens)
        .addingHeader("Signature-Input", "proxy=(\"@method\");created=1;keyid=\"p\"")
        .addingHeader("Signature", "proxy=:AAAA:")
        .expect();
  }

  static Stream<Arguments> badSignatures() {
    return Stream.of(
        bad("another key", s -> s.key(ClientKeys.es256())),
        bad("a key of another kind", s -> s.key(ClientKeys.ed25519())),
        bad("a key on another curve", s -> s.key(ClientKeys.ec(Curve.P_384))),
        bad("a key nobody has registered", s -> s.parameter("keyid", "unknown")),
        bad("no keyid", s -> s.parameter("keyid", null)),
        bad("no tag", s -> s.parameter("tag", null)),
        bad("the tag of a response", s -> s.parameter("tag", "fapi-2-response")),
        bad("@method uncovered", s -> s.uncovering("@method")),
        bad("@target-uri uncovered", s -> s.uncovering("@target-uri")),
        bad("authorization uncovered", s -> s.uncovering("authorization")),
        bad("dpop uncovered", s -> s.uncovering("dpop")),
        bad("no created", s -> s.parameter("created", null)),
        bad("made 61 s ago", s -> s.parameter("created", Instant.now().getEpochSecond() - 61)),
        bad("made in a minute", s -> s.parameter("created", Instant.now().getEpochSecond() + 60)),
        bad("expired", s -> s.parameter("expires", Instant.now().getEpochSecond() - 1)),
        bad("an alg that is not the key's", s -> s.parameter("alg", "rsa-pss-sha512")),
        bad("an alg that only JOSE has", s -> s.parameter("alg", "ES256")));
  }

  private static Arguments bad(String name, Consumer<HttpSignature> edit) {
    return Arguments.of(name, edit);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badSignatures")
  @Rejects(
      by = "RequireSignedResourceRequest",
      value = {
        "FAPI2-HS 5.3.1.2-1",
        "FAPI2-HS 5.3.1.2-2",
        "FAPI2-HS 5.3.1.2-3",
        "FAPI2-HS 5.3.1.2-4",
        "FAPI2-HS 5.3.1.2-5",
        "FAPI2-HS 5.3.1.2-6",
        "FAPI2-HS 5.3.1.2-7"
      })
  void rejectsABadSignature(String name, Consumer<HttpSignature> edit) {
    HttpExchange refusal =
        client.userinfo(tokens).signature(edit).expectError(401, "invalid_request");

    assertThat(refusal.header("Accept-Signature")).contains("tag=\"fapi-2-request\"");
    assertThat(refusal.header("WWW-Authenticate")).startsWith("DPoP ");
    assertThat(refusal.errorDescription()).contains("fapi2-require-signed-resource-request");
  }

  @Test
  @Rejects(by = "RequireSignedResourceRequest", value = "FAPI2-HS 5.3.1.2-1")
  void rejectsTheSignatureOfAnotherClient() {
    ClientKeys others = ClientKeys.create();
    FapiClient other =
        TestClient.in(realm).signing().attribute("jwks.string", others.publicJwks()).register();
    assertThat(other.clientId()).isNotEqualTo(client.clientId());

    client
        .userinfo(tokens)
        .signature(
            s ->
                s.key(others.forAlgorithm("ES256"))
                    .parameter("keyid", others.forAlgorithm("ES256").getKeyID()))
        .expectError(401, "invalid_request");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      value = {
        "Signature|none",
        "Signature-Input|none",
        "Signature|sig1=:AAAA:",
        "Signature|sig1=?1",
        "Signature|:::",
        "Signature|sig1=:not base64:",
        "Signature-Input|sig1",
        "Signature-Input|sig1=()",
        "Signature-Input|sig1=(\"@method\";sf);created=1",
        "Signature-Input|(((((",
        "Signature-Input|\"",
        "Signature-Input|sig1=(\"@status\");created=1;tag=\"fapi-2-request\"",
        "Authorization|Bearer x"
      })
  @Rejects(
      by = "RequireSignedResourceRequest",
      value = {"FAPI2-HS 5.3.1.2-2", "FAPI2-HS 5.3.1.2-3"})
  void rejectsWhatWasTamperedWith(String header, String value) {
    HttpExchange refusal = client.userinfo(tokens).tamper(header, value).send();

    assertThat(refusal.status()).as(refusal.toString()).isEqualTo(401);
  }

  @Test
  @Rejects(by = "RequireSignedResourceRequest", value = "FAPI2-HS 5.3.1.2-2")
  void rejectsAnotherMethodOrAddress() {
    String input = "Signature-Input";
    HttpExchange signed = client.userinfo(tokens).send().expectStatus(200);
    String inputs = signed.sentHeaders().get(input).orElseThrow();
    String value = signed.sentHeaders().get("Signature").orElseThrow();

    client
        .userinfo(tokens)
        .method("POST")
        .tamper(input, inputs)
        .tamper("Signature", value)
        .expectError(401, "invalid_request");
    client
        .userinfo(tokens)
        .to(URI.create(userinfo() + "?more=1"))
        .proof(proof -> proof.htu(userinfo()))
        .tamper(input, inputs)
        .tamper("Signature", value)
        .expectError(401, "invalid_request");
  }

  @ParameterizedTest
  @CsvSource({"uncovered", "wrong", "missing", "md5"})
  @Rejects(by = "RequireSignedResourceRequest", value = "FAPI2-HS 5.3.1.2-8")
  void rejectsABodyWithoutItsDigest(String how) {
    var request = client.userinfo(tokens).method("POST").body(FORM, "a=1");
    switch (how) {
      case "uncovered" -> request.signature(signature -> signature.uncovering("content-digest"));
      case "wrong" ->
          request.tamper(
              "Content-Digest", "sha-256=:RBNvo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq/4o=:");
      case "missing" -> request.tamper("Content-Digest", null);
      default -> request.signature(signature -> signature.digest("md5"));
    }

    request.expectError(401, "invalid_request");
  }

  @Test
  @Accepts(by = "RequireSignedResourceRequest", value = "FAPI2-HS 5.3.1.2-3")
  @Accepts(by = "SignResourceResponse", value = "FAPI2-HS 5.3.2.1-1")
  @Rejects(by = "RequireSignedResourceRequest", value = "FAPI2-HS 5.3.1.2-3")
  void holdsAtTheAccountInterfaceToo() {
    FapiClient one =
        TestClient.in(realm).signing().altering(SignedResourceRequestIT::forAccounts).register();
    Tokens own = one.tokens(TestRealm.USERNAME, realm.password());
    URI account = URI.create(realm.issuer() + "/account/?userProfileMetadata=true");

    // After the signature check, the account interface refuses the token for a missing role.
    one.verifiedAnswer(
        one.resource(account, own)
            .proof(proof -> proof.htu(path(account)))
            .send()
            .expectStatus(403));

    HttpExchange refusal =
        one.resource(account, own)
            .proof(proof -> proof.htu(path(account)))
            .withoutSignature()
            .expectError(401, "invalid_request");
    one.verifiedAnswer(refusal);
  }

  private static String path(URI address) {
    return address.toString().replaceFirst("\\?.*", "");
  }

  /** With these roles its tokens are accepted by the account interface. */
  private static void forAccounts(ObjectNode client) {
    client
        .withArray("/protocolMappers")
        .addObject()
        .put("name", "account")
        .put("protocol", "openid-connect")
        .put("protocolMapper", "oidc-audience-mapper")
        .putObject("config")
        .put("included.client.audience", "account")
        .put("access.token.claim", "true");
  }

  @Test
  @Accepts(by = "RequireSignedResourceRequest", value = "FAPI2-HS 5.3.1.2-3")
  void verifiesOnlyWhatIsSignedWhereARealmSaysSoAsTheRealmFileDoes() {
    try (TestRealm lenient = TestRealm.create("fapi2-message-signing")) {
      FapiClient one = TestClient.in(lenient).signing().register();
      Tokens own = one.tokens(TestRealm.USERNAME, lenient.password());

      one.verifiedAnswer(one.userinfo(own).withoutSignature().send().expectStatus(200));
      one.userinfo(own).expect();
      one.userinfo(own)
          .signature(signature -> signature.key(ClientKeys.es256()))
          .expectError(401, "invalid_request");
      one.userinfo(own).tamper("Signature", null).expectError(401, "invalid_request");
    }
  }

  private static String userinfo() {
    return client.discovery().endpoint("userinfo_endpoint", false).toString();
  }
}
