package io.github.fapipack.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.client.Authorized;
import io.github.fapipack.it.client.ClientKeys;
import io.github.fapipack.it.client.DpopProof;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.FapiRequest;
import io.github.fapipack.it.client.Tokens;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.testing.ClientOrigin;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** DPoP proofs and nonces at the authorization server. */
class DpopIT {
  @FapiRealm("fapi2-security-profile")
  private static TestRealm realm;

  private static FapiClient client;

  /** An RSA exponent of 101 bits. */
  private static final BigInteger SLOW = BigInteger.ONE.shiftLeft(100).add(BigInteger.ONE);

  @BeforeAll
  static void registerClient() {
    client = TestClient.in(realm).made(ClientOrigin.BEFORE_POLICY).register();
  }

  static Stream<Arguments> badProofs() {
    return Stream.of(
        bad("RS256", proof -> proof.key(ClientKeys.rsa(2048)).alg("RS256")),
        bad("PS384", proof -> proof.key(ClientKeys.rsa(2048)).alg("PS384")),
        bad("a short RSA key", proof -> proof.key(ClientKeys.rsa(1024)).alg("PS256")),
        bad("a slow RSA key", proof -> proof.key(ClientKeys.rsa(SLOW)).alg("PS256")),
        bad("another key shown", proof -> proof.showing(ClientKeys.es256())),
        bad("the private key shown", DpopProof::showingPrivateKey),
        bad("wrong typ", proof -> proof.header("typ", "JWT")),
        bad("no typ", proof -> proof.header("typ", null)),
        bad("no jti", proof -> proof.claim("jti", null)),
        bad("a huge jti", proof -> proof.claim("jti", "j".repeat(5000))),
        bad("no iat", proof -> proof.claim("iat", null)),
        bad("iat as text", proof -> proof.claim("iat", "now")),
        bad("old", proof -> proof.claim("iat", now() - 300)),
        bad("far ahead", proof -> proof.claim("iat", now() + 61)),
        bad("wrong htm", proof -> proof.htm("GET")),
        bad("wrong htu", proof -> proof.htu("https://attacker.example/token")),
        bad("no htu", proof -> proof.claim("htu", null)));
  }

  private static Arguments bad(String name, Consumer<DpopProof> edit) {
    return Arguments.of(name, edit);
  }

  private static long now() {
    return System.currentTimeMillis() / 1000;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badProofs")
  @Rejects(
      by = "RequireValidDpopProof",
      value = {
        "RFC9449 4.3-3",
        "RFC9449 4.3-4",
        "RFC9449 4.3-5",
        "RFC9449 4.3-6",
        "RFC9449 4.3-7",
        "RFC9449 5-1"
      })
  void rejectsABadProof(String name, Consumer<DpopProof> edit) {
    client.clientCredentials().proof(edit).expectError(400, "invalid_dpop_proof");
    client.par().proof(edit).expectError(400, "invalid_dpop_proof");
  }

  @Test
  @Rejects(
      by = "RequireValidDpopProof",
      value = {"RFC9449 4.3-1", "RFC9449 4.3-2"})
  void rejectsAnythingButOneProof() {
    String proof =
        client.newProof("POST", client.discovery().endpoint("token_endpoint", false)).sign();
    client.clientCredentials().addingHeader("DPoP", proof).expectError("invalid_dpop_proof");
    client
        .clientCredentials()
        .header("DPoP", proof + "," + proof)
        .expectError("invalid_dpop_proof");
    client.clientCredentials().header("DPoP", "garbage").expectError("invalid_dpop_proof");
    client.clientCredentials().header("DPoP", "a.b.c").expectError("invalid_dpop_proof");
  }

  @Test
  @Rejects("FAPI2-SP 6.2-2")
  @Rejects(by = "RequireValidDpopProof", value = "RFC9449 5-1")
  void rejectsAReplayedProof() {
    HttpExchange first = client.clientCredentials().send().expectStatus(200);
    String proof = first.sentHeaders().get("DPoP").orElseThrow();

    client.clientCredentials().header("DPoP", proof).expectError(400, "invalid_dpop_proof");
  }

  @Test
  @Accepts(
      by = "RequireValidDpopProof",
      value = {
        "RFC9449 4.3-1",
        "RFC9449 4.3-2",
        "RFC9449 4.3-3",
        "RFC9449 4.3-4",
        "RFC9449 4.3-5",
        "RFC9449 4.3-6",
        "RFC9449 4.3-7",
        "RFC9449 5-1"
      })
  @Accepts(by = "LimitClientAssertionLifetime", value = "FAPI2-SP 5.3.2.1-13")
  void acceptsAProofSlightlyAheadOfTime() {
    client.clientCredentials().proof(proof -> proof.claim("iat", now() + 10)).expect();
  }

  @Test
  @Accepts("FAPI2-SP 5.3.2.1-12")
  void acceptsANewKeyAtRefresh() {
    Tokens tokens = client.tokens(TestRealm.USERNAME, realm.password());
    FapiClient renewed = client.but().dpopKey(ClientKeys.es256()).build();

    Tokens refreshed = renewed.refresh(tokens).expect();

    assertThat(refreshed.confirmation("jkt")).isNotEqualTo(tokens.confirmation("jkt"));
    renewed.userinfo(refreshed).expect();
  }

  @Test
  @Accepts(
      by = "RequireDpopNonce",
      value = {"FAPI2-SP 5.3.2.1-10", "RFC9449 8-1", "RFC9449 9-1"})
  @Rejects(
      by = "RequireDpopNonce",
      value = {"FAPI2-SP 5.3.2.1-10", "RFC9449 8-1", "RFC9449 9-1"})
  void demandsNoncesWhenTheRealmAsksForThem() {
    try (TestRealm strict = TestRealm.create("fapi2-security-profile")) {
      strict.configure("fapi2-require-dpop-nonce", Map.of("required", "true"));
      FapiClient careful = TestClient.in(strict).register();

      careful.par().ignoringNonces().expectError(400, "use_dpop_nonce");
      Authorized authorized = careful.authorize(TestRealm.USERNAME, strict.password());
      // The challenge does not use up the assertion or the code.
      HttpExchange challenge =
          careful
              .token(authorized)
              .proof(proof -> proof.nonce("made-up"))
              .ignoringNonces()
              .expectError(400, "use_dpop_nonce");
      String nonce = challenge.header("DPoP-Nonce");
      assertThat(nonce).isNotBlank();
      Tokens tokens =
          careful
              .token(authorized)
              .with("client_assertion", challenge.sentForm().get("client_assertion").orElseThrow())
              .proof(proof -> proof.nonce(nonce))
              .expect();

      careful.userinfo(tokens).ignoringNonces().expectError(401, "use_dpop_nonce");
      careful.userinfo(tokens).expect();
    }
  }

  @Test
  @Accepts(
      by = "RequireDpopNonce",
      value = {"FAPI2-SP 5.3.2.1-10", "RFC9449 8-1"})
  void takesOneNonceAtEveryEndpoint() {
    try (TestRealm strict = TestRealm.create("fapi2-security-profile")) {
      strict.configure("fapi2-require-dpop-nonce", Map.of("required", "true", "seconds", "3600"));
      FapiClient careful = TestClient.in(strict).register();
      Consumer<DpopProof> proof = with(nonceOf(careful.par().ignoringNonces()));

      Tokens tokens =
          careful
              .token(
                  careful
                      .visit(careful.par().proof(proof).ignoringNonces().expect())
                      .as(TestRealm.USERNAME, strict.password())
                      .expectCode())
              .proof(proof)
              .ignoringNonces()
              .expect();
      careful.userinfo(tokens).proof(proof).ignoringNonces().expect();
      careful.refresh(tokens).proof(proof).ignoringNonces().expect();

      Consumer<DpopProof> back = with(nonceOf(careful.userinfo(tokens).ignoringNonces()));
      careful.clientCredentials().proof(back).ignoringNonces().expect();
    }
  }

  @Test
  @Rejects(
      by = "RequireDpopNonce",
      value = {"FAPI2-SP 5.3.2.1-10", "RFC9449 8-1", "RFC9449 9-1"})
  void takesNoNonceOfAnotherRealm() {
    try (TestRealm one = TestRealm.create("fapi2-security-profile");
        TestRealm two = TestRealm.create("fapi2-security-profile")) {
      one.configure("fapi2-require-dpop-nonce", Map.of("required", "true"));
      two.configure("fapi2-require-dpop-nonce", Map.of("required", "true"));
      Consumer<DpopProof> other =
          with(nonceOf(TestClient.in(one).register().par().ignoringNonces()));

      TestClient.in(two)
          .register()
          .par()
          .proof(other)
          .ignoringNonces()
          .expectError(400, "use_dpop_nonce");
    }
  }

  private static String nonceOf(FapiRequest<?> challenged) {
    return challenged.expectError("use_dpop_nonce").header("DPoP-Nonce");
  }

  private static Consumer<DpopProof> with(String nonce) {
    return proof -> proof.nonce(nonce);
  }

  @Test
  @Accepts(by = "ProofTarget", value = "RFC9449 4.3-13")
  void takesItsTargetHoweverItIsWritten() {
    Tokens tokens = client.tokens(TestRealm.USERNAME, realm.password());
    for (UnaryOperator<String> spelling :
        List.<UnaryOperator<String>>of(
            htu -> htu.replace("https://localhost", "HTTPS://LocalHost"),
            htu -> htu.replace("/realms/", "/./realms/../realms/"),
            htu -> htu.replace("/realms/", "/%72ealm%73/"),
            htu -> htu.replace("openid-connect", "openid%2Dconnect"),
            htu -> htu.replace("openid-connect", "openid%2dconnect"),
            htu -> htu.replace("/protocol/", "/x/%2e%2E/protocol/%2e/"),
            htu -> htu + "?query=1#fragment")) {
      client.par().proof(p -> p.htu(spelling.apply(htu(p)))).expect();
      client.clientCredentials().proof(p -> p.htu(spelling.apply(htu(p)))).expect();
      client.refresh(tokens).proof(p -> p.htu(spelling.apply(htu(p)))).expect();
      HttpExchange answer =
          client.userinfo(tokens).proof(p -> p.htu(spelling.apply(htu(p)))).send();
      answer.expectStatus(200);
      client
          .userinfo(tokens)
          .header("DPoP", answer.sentHeaders().get("DPoP").orElseThrow())
          .expectError(401, "invalid_dpop_proof");
    }
  }

  @Test
  @Rejects(by = "ProofTarget", value = "RFC9449 4.3-13")
  void takesNoOtherTarget() {
    Tokens tokens = client.tokens(TestRealm.USERNAME, realm.password());
    for (UnaryOperator<String> other :
        List.<UnaryOperator<String>>of(
            htu -> htu.replace("https://", "http://"),
            htu -> htu.replace("https://", "https://user@"),
            htu -> htu.replace("https://localhost", "https://localhost@attacker.example"),
            htu -> htu.replaceFirst(":\\d+/", "/"),
            htu -> htu.replace("/realms/", "/Realms/"),
            htu -> htu.replace("/realms/", "//realms/"),
            htu -> htu.replace("/protocol/", "%2Fprotocol/"),
            htu -> htu.replace("/protocol/", "/%2570rotocol/"),
            htu -> htu + "/",
            htu -> htu + "/..",
            htu -> htu + "/%2e%2e")) {
      client.par().proof(p -> p.htu(other.apply(htu(p)))).expectError(400, "invalid_dpop_proof");
      client
          .clientCredentials()
          .proof(p -> p.htu(other.apply(htu(p))))
          .expectError(400, "invalid_dpop_proof");
      client
          .userinfo(tokens)
          .proof(p -> p.htu(other.apply(htu(p))))
          .expectError(401, "invalid_dpop_proof");
    }
  }

  private static String htu(DpopProof proof) {
    return proof.claim("htu").toString();
  }
}
