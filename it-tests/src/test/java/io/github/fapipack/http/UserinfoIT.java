package io.github.fapipack.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.client.ClientKeys;
import io.github.fapipack.it.client.DpopProof;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.SenderConstraint;
import io.github.fapipack.it.client.Tokens;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.testing.ClientOrigin;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Userinfo as a protected resource: who may present a token, and how a refusal looks. */
class UserinfoIT {
  @FapiRealm("fapi2-security-profile")
  private static TestRealm realm;

  private static FapiClient dpop;
  private static FapiClient mtls;
  private static Tokens dpopTokens;
  private static Tokens mtlsTokens;

  @BeforeAll
  static void obtainTokens() {
    dpop = TestClient.in(realm).made(ClientOrigin.BEFORE_POLICY).register();
    mtls =
        TestClient.in(realm)
            .made(ClientOrigin.BEFORE_POLICY)
            .constraint(SenderConstraint.MTLS)
            .register();
    dpopTokens = dpop.tokens(TestRealm.USERNAME, realm.password());
    mtlsTokens = mtls.tokens(TestRealm.USERNAME, realm.password());
  }

  @Test
  @Accepts(
      by = "RequireProofOfPossession",
      value = {
        "FAPI2-SP 5.3.4-1",
        "FAPI2-SP 5.3.4-2",
        "FAPI2-SP 5.3.4-5",
        "RFC9449 7-1",
        "RFC9449 7.1-1",
        "RFC9449 7.2-1"
      })
  void takesATokenFromItsOwner() {
    assertThat(dpop.userinfo(dpopTokens).expect().path("sub").asText()).isNotEmpty();
    assertThat(mtls.userinfo(mtlsTokens).expect().path("sub").asText()).isNotEmpty();
  }

  @Test
  @Accepts(by = "RequireProofOfPossession", value = "FAPI2-SP 5.3.4-1")
  void takesASchemeInAnyCase() {
    dpop.userinfo(dpopTokens).header("Authorization", "dpop " + dpopTokens.accessToken()).expect();
  }

  @Test
  @Accepts(by = "RequireProofOfPossession", value = "FAPI2-SP 5.3.4-1")
  void datesItsAnswersAndKeepsThemOutOfCaches() {
    HttpExchange answer = dpop.userinfo(dpopTokens).send();

    ZonedDateTime date =
        ZonedDateTime.parse(answer.header("Date"), DateTimeFormatter.RFC_1123_DATE_TIME);
    assertThat(Duration.between(date, ZonedDateTime.now(ZoneOffset.UTC)).abs())
        .isLessThan(Duration.ofMinutes(1));
    assertThat(answer.headers().all("Cache-Control")).containsExactly("no-store");
  }

  @Test
  @Rejects(
      by = "RequireProofOfPossession",
      value = {"FAPI2-SP 5.3.4-5", "RFC9449 7.2-1"})
  void rejectsADpopTokenAsBearer() {
    HttpExchange refusal =
        dpop.userinfo(dpopTokens)
            .header("Authorization", "Bearer " + dpopTokens.accessToken())
            .expectError(401, "invalid_token");

    assertThat(refusal.header("WWW-Authenticate")).startsWith("DPoP ");
    assertThat(refusal.challenge("algs")).contains("PS256 ES256 EdDSA Ed25519");
  }

  @Test
  @Rejects(by = "RequireProofOfPossession", value = "FAPI2-SP 5.3.4-5")
  void rejectsAStolenCertificateBoundToken() {
    FapiClient thief = TestClient.in(realm).constraint(SenderConstraint.MTLS).register();

    HttpExchange refusal = thief.userinfo(mtlsTokens).expectError(401, "invalid_token");
    assertThat(refusal.header("WWW-Authenticate")).startsWith("Bearer ");
    mtls.userinfo(mtlsTokens).withoutCertificate().expectError(401, "invalid_token");
  }

  @Test
  @Rejects(
      by = "RequireProofOfPossession",
      value = {"FAPI2-SP 5.3.4-5", "RFC9449 7-1"})
  void rejectsADpopTokenWithoutProof() {
    HttpExchange refusal =
        dpop.userinfo(dpopTokens).withoutProof().expectError(401, "invalid_dpop_proof");

    assertThat(refusal.header("WWW-Authenticate")).startsWith("DPoP ");
  }

  @Test
  @Rejects(
      by = "RequireProofOfPossession",
      value = {"FAPI2-SP 5.3.4-5", "RFC9449 7.1-1"})
  void rejectsAProofOfAnotherKey() {
    dpop.userinfo(dpopTokens)
        .proof(proof -> proof.key(ClientKeys.es256()))
        .expectError(401, "invalid_token");
  }

  static Stream<Arguments> badProofs() {
    return Stream.of(
        bad("RS256", proof -> proof.key(ClientKeys.rsa(2048)).alg("RS256")),
        bad("a short key", proof -> proof.key(ClientKeys.rsa(1024)).alg("PS256")),
        bad("the private key shown", DpopProof::showingPrivateKey),
        bad("wrong typ", proof -> proof.header("typ", "JWT")),
        bad("no ath", proof -> proof.claim("ath", null)),
        bad("wrong ath", proof -> proof.ath("another token")),
        bad("wrong method", proof -> proof.htm("POST")),
        bad("wrong target", proof -> proof.htu("https://attacker.example/userinfo")),
        bad("old", proof -> proof.claim("iat", System.currentTimeMillis() / 1000 - 300)),
        bad("far ahead", proof -> proof.claim("iat", System.currentTimeMillis() / 1000 + 61)));
  }

  private static Arguments bad(String name, Consumer<DpopProof> edit) {
    return Arguments.of(name, edit);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badProofs")
  @Rejects(
      by = "RequireProofOfPossession",
      value = {"FAPI2-SP 5.3.4-5", "RFC9449 7.1-1"})
  void rejectsABadProof(String name, Consumer<DpopProof> edit) {
    dpop.userinfo(dpopTokens).proof(edit).expectError(401, "invalid_dpop_proof");
  }

  @Test
  @Rejects("FAPI2-SP 6.2-2")
  @Rejects(by = "RequireProofOfPossession", value = "RFC9449 7.1-1")
  void rejectsAReplayedProof() {
    HttpExchange first = dpop.userinfo(dpopTokens).send().expectStatus(200);
    String proof = first.sentHeaders().get("DPoP").orElseThrow();

    dpop.userinfo(dpopTokens).header("DPoP", proof).expectError(401, "invalid_dpop_proof");
    dpop.userinfo(dpopTokens).addingHeader("DPoP", proof).expectError(401, "invalid_dpop_proof");
  }

  @Test
  @Rejects(by = "RequireProofOfPossession", value = "FAPI2-SP 5.3.4-2")
  void rejectsATokenInTheQuery() {
    URI address = dpop.discovery().endpoint("userinfo_endpoint", true);
    String token = URLEncoder.encode(mtlsTokens.accessToken(), StandardCharsets.UTF_8);
    URI leaky = URI.create(address + "?access_token=" + token);

    mtls.get(leaky, exchange -> exchange).withCertificate().expectError(400, "invalid_request");
    mtls.userinfo(mtlsTokens).to(leaky).expectError(400, "invalid_request");
  }

  @Test
  @Rejects(by = "RequireProofOfPossession", value = "FAPI2-SP 5.3.4-1")
  void rejectsATokenInTheForm() {
    URI address = dpop.discovery().endpoint("userinfo_endpoint", true);

    mtls.get(address, exchange -> exchange)
        .method("POST")
        .with("access_token", mtlsTokens.accessToken())
        .withCertificate()
        .expectError(400, "invalid_request");
  }

  @Test
  @Rejects(by = "RequireProofOfPossession", value = "FAPI2-SP 5.3.4-1")
  void rejectsSeveralAuthorizationHeaders() {
    dpop.userinfo(dpopTokens)
        .addingHeader("Authorization", "Bearer " + mtlsTokens.accessToken())
        .expectError(400, "invalid_request");
  }

  @Test
  @Rejects("FAPI2-SP 5.3.4-3")
  void rejectsGarbageAndAlteredTokens() {
    String altered = dpopTokens.accessToken().replaceFirst("....$", "AAAA");
    for (String token : new String[] {"a.b.c", "garbage", "..", "x".repeat(20_000), altered}) {
      HttpExchange refusal =
          dpop.userinfo(dpopTokens)
              .header("Authorization", "DPoP " + token)
              .proof(proof -> proof.ath(token))
              .expectError(401, "invalid_token");
      assertThat(refusal.challenge("algs")).contains("PS256 ES256 EdDSA Ed25519");
    }
  }

  /** Realm and client of a token are looked up before it is verified. */
  @ParameterizedTest
  @CsvSource({"%ff, x", "%00, x", "%, x", "'', 'a\u0000b'"})
  void aForgedTokenFailsNothingButItself(String issuer, String client) {
    String claims = Json.text(Json.object().put("iss", realm.issuer() + issuer).put("azp", client));
    String forged = base64("{\"alg\":\"ES256\"}") + "." + base64(claims) + ".AAAA";

    dpop.userinfo(dpopTokens)
        .header("Authorization", "DPoP " + forged)
        .expectError(401, "invalid_token");
    dpop.get(realm.issuer(), answer -> answer)
        .header("Authorization", "DPoP " + forged)
        .send()
        .expectStatus(200);
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
  }

  @Test
  @Rejects(by = "RequireProofOfPossession", value = "FAPI2-SP 5.3.4-5")
  void tellsAStrangerWhichSchemesThereAre() {
    URI address = dpop.discovery().endpoint("userinfo_endpoint", false);
    HttpExchange refusal = dpop.get(address, exchange -> exchange).send().expectStatus(401);

    assertThat(refusal.header("WWW-Authenticate")).contains("DPoP realm=", "Bearer realm=");
    assertThat(refusal.challenge("error")).isEmpty();
  }
}
