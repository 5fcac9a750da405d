package io.github.fapipack.samplebank;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fapipack.it.client.ClientKeys;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.FapiRequest;
import io.github.fapipack.it.client.SenderConstraint;
import io.github.fapipack.it.client.Tokens;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.httpsig.HttpSignatureCheck;
import io.github.fapipack.it.samples.SampleUser;
import io.github.fapipack.it.testing.TestRealm;
import java.net.URI;
import java.time.Duration;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The sample bank behind the tokens of a real server. */
class SampleBankIT {
  private static final String PLAIN = "fapi2-security-profile";
  private static final String SIGNED = "fapi2-message-signing";
  private static final String INTERACTION = "x-fapi-interaction-id";
  private static final String ID = "7d1c2f8e-9d52-4b7e-8f4b-2a6a52f5d1c3";

  private static TestRealm realm;
  private static TestRealm signing;
  private static RunningBank bank;
  private static FapiClient dpop;
  private static FapiClient mtls;
  private static FapiClient signer;
  private static Tokens tokens;

  @BeforeAll
  static void open() {
    realm = TestRealm.create(TestRealm.export(PLAIN));
    signing = TestRealm.create(TestRealm.export(SIGNED));
    bank = new RunningBank();
    bank.serve(realm, TestRealm.export(PLAIN));
    bank.serve(signing, TestRealm.export(SIGNED));
    dpop = bank.client(realm, client -> client);
    mtls = bank.client(realm, client -> client.constraint(SenderConstraint.MTLS));
    signer = bank.client(signing, client -> client.signing());
    bank.start();
    tokens = dpop.tokens(TestRealm.USERNAME, realm.password());
  }

  @AfterAll
  static void close() {
    bank.close();
    realm.close();
    signing.close();
  }

  private static URI accounts() {
    return bank.at(realm, "/accounts");
  }

  private static FapiRequest<HttpExchange> request() {
    return dpop.resource(accounts(), tokens);
  }

  @ParameterizedTest
  @EnumSource(
      value = SenderConstraint.class,
      names = {"DPOP", "MTLS"})
  void aUserSharesAccounts(SenderConstraint constraint) {
    FapiClient client = constraint == SenderConstraint.DPOP ? dpop : mtls;
    Tokens shared = client.tokens(TestRealm.USERNAME, realm.password());

    HttpExchange answer = client.resource(accounts(), shared).header(INTERACTION, ID).expect();

    assertThat(answer.json().path("accounts").findValuesAsText("iban"))
        .containsExactlyElementsOf(SampleUser.ACCOUNTS);
    assertThat(answer.header(INTERACTION)).isEqualTo(ID);
    String first = "/accounts/" + SampleUser.ACCOUNTS.get(0);
    assertThat(client.resource(bank.at(realm, first), shared).expect().json().path("currency"))
        .hasToString("\"EUR\"");
    assertThat(
            client
                .resource(bank.at(realm, first + "/balances"), shared)
                .expect()
                .json()
                .path("balances"))
        .hasSize(1);
  }

  static Stream<Arguments> attacks() {
    return Stream.of(
        attack("no proof", 401, "invalid_dpop_proof", FapiRequest::withoutProof),
        attack(
            "a proof by another key",
            401,
            "invalid_token",
            request -> request.proof(jwt -> jwt.key(ClientKeys.es256()))),
        attack(
            "a proof for another method",
            401,
            "invalid_dpop_proof",
            request -> request.proof(jwt -> jwt.htm("POST"))),
        attack(
            "a proof for another address",
            401,
            "invalid_dpop_proof",
            request -> request.proof(jwt -> jwt.htu("https://elsewhere.example/accounts"))),
        attack(
            "a proof for another token",
            401,
            "invalid_dpop_proof",
            request -> request.proof(jwt -> jwt.ath("another"))),
        attack(
            "an old proof",
            401,
            "invalid_dpop_proof",
            request -> request.proof(jwt -> jwt.iat(Duration.ofHours(-1)))),
        attack(
            "a bound token as Bearer",
            401,
            "invalid_token",
            request ->
                request.withoutProof().header("Authorization", "Bearer " + tokens.accessToken())),
        attack(
            "a token that nobody has issued",
            401,
            "invalid_token",
            request ->
                request
                    .header("Authorization", "DPoP nobody-has-issued-this")
                    .proof(jwt -> jwt.ath("nobody-has-issued-this"))),
        attack(
            "two tokens",
            400,
            "invalid_request",
            request -> request.addingHeader("Authorization", "DPoP x")),
        attack(
            "a token in the query",
            400,
            "invalid_request",
            request ->
                request.to(URI.create(accounts() + "?access_token=" + tokens.accessToken()))));
  }

  private static Arguments attack(
      String name,
      int status,
      String error,
      Function<FapiRequest<HttpExchange>, FapiRequest<HttpExchange>> alteration) {
    return Arguments.of(name, status, error, alteration);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("attacks")
  void anAttackIsRefused(
      String name,
      int status,
      String error,
      Function<FapiRequest<HttpExchange>, FapiRequest<HttpExchange>> alteration) {
    HttpExchange answer = alteration.apply(request()).expectError(status, error);

    assertThat(answer.header("WWW-Authenticate")).contains(error);
    request().expect();
  }

  @Test
  void aProofIsGoodOnce() {
    String proof = request().expect().sentHeaders().get("DPoP").orElseThrow();

    request().header("DPoP", proof).expectError(401, "invalid_dpop_proof");
  }

  @Test
  void whoShowsNoTokenIsToldWhatToShow() {
    HttpExchange answer = dpop.get(accounts(), one -> one).send();

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.headers().all("WWW-Authenticate"))
        .anySatisfy(challenge -> assertThat(challenge).startsWith("DPoP").doesNotContain("error"));
  }

  @Test
  void aTokenNeedsTheScope() {
    FapiClient other = dpop.but().scope("openid").build();
    Tokens narrow = other.tokens(TestRealm.USERNAME, realm.password());

    HttpExchange answer = other.resource(accounts(), narrow).expectError(403, "insufficient_scope");

    assertThat(answer.header("WWW-Authenticate")).contains("scope=\"accounts\"");
  }

  @Test
  void aCertificateOfSomebodyElseIsRefused() {
    Tokens bound = mtls.tokens(TestRealm.USERNAME, realm.password());

    mtls.resource(accounts(), bound).withoutCertificate().expectError(401, "invalid_token");
    dpop.but()
        .constraint(SenderConstraint.MTLS)
        .build()
        .resource(accounts(), bound)
        .expectError(401, "invalid_token");
  }

  @Test
  void anEndedGrantIsNoticedAtOnce() {
    Tokens ended = dpop.tokens(TestRealm.USERNAME, realm.password());
    dpop.resource(accounts(), ended).expect();

    dpop.revoke(ended.refreshToken()).expect();

    dpop.resource(accounts(), ended).expectError(401, "invalid_token");
  }

  @Test
  void theApiSaysWhatItIs() {
    URI document =
        URI.create(
            accounts()
                .toString()
                .replace("/" + realm.name() + "/accounts", "")
                .concat("/.well-known/oauth-protected-resource/" + realm.name()));

    JsonNode metadata = dpop.get(document, one -> one.expectStatus(200).json()).expect();

    assertThat(metadata.path("resource").asText()).isEqualTo(bank.at(realm, "").toString());
    assertThat(metadata.path("authorization_servers").path(0).asText())
        .isEqualTo(realm.issuer().toString());
  }

  @Test
  void anUnknownPathIsNoServerError() {
    assertThat(dpop.resource(bank.at(realm, "/accounts/nobody/secrets"), tokens).send().status())
        .isEqualTo(404);
    assertThat(dpop.resource(bank.at(realm, "/%61ccounts"), tokens).send().status())
        .isBetween(400, 404);
    assertThat(dpop.resource(bank.at(realm, "/accounts/DE00"), tokens).send().status())
        .isEqualTo(404);
  }

  @Test
  void messagesAreSignedWhereTheRealmWantsIt() {
    Tokens mine = signer.tokens(TestRealm.USERNAME, signing.password());
    URI address = bank.at(signing, "/accounts");
    String keys =
        signer.get(bank.at(signing, "/jwks"), one -> one.expectStatus(200).body()).expect();

    HttpSignatureCheck.verify(signer.resource(address, mine).expect(), keys);

    signer.resource(address, mine).withoutSignature().expectError(401, "invalid_signature");
    signer
        .resource(address, mine)
        .signature(signature -> signature.key(ClientKeys.es256()))
        .expectError(401, "invalid_signature");
  }
}
