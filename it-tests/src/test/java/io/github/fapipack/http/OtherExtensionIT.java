package io.github.fapipack.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.FapiRequest;
import io.github.fapipack.it.client.SenderConstraint;
import io.github.fapipack.it.client.Tokens;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.peer.OtherExtension;
import io.github.fapipack.it.server.DistributionServer;
import io.github.fapipack.it.server.Harness;
import io.github.fapipack.it.server.KeycloakServer;
import io.github.fapipack.it.server.Progress;
import io.github.fapipack.it.server.ServerSettings;
import io.github.fapipack.it.testing.SupportedKeycloak;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens of this server are checked at the paths of other extensions. */
class OtherExtensionIT {
  private static final String ADMIN = "../../admin/realms/{realm}/careless";
  private static final String ROOT = "../../elsewhere";

  private static KeycloakServer server;
  private static TestRealm realm;
  private static FapiClient dpop;
  private static FapiClient mtls;

  @BeforeAll
  static void start(@TempDir Path folder) {
    SupportedKeycloak.assume();
    Harness harness = Harness.fromSystemProperties();
    server =
        DistributionServer.start(
            harness.withJars(List.of(OtherExtension.jar(folder, harness.distribution()))),
            ServerSettings.onFreePorts(harness.workFolder("server-with-neighbours"))
                .withStartOptions("--spi-fapi-pack--start--exempt-paths=/realms/*/exempt"),
            Progress.to(System.out));
    realm = TestRealm.create(server, TestRealm.export("fapi2-message-signing"));
    realm.configure("fapi2-require-signed-resource-request", java.util.Map.of("required", "false"));
    dpop = TestClient.in(realm).signing().register();
    mtls = TestClient.in(realm).constraint(SenderConstraint.MTLS).signing().register();
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  private static URI place(String path) {
    return URI.create(realm.issuer() + "/" + path.replace("{realm}", realm.name())).normalize();
  }

  private static Tokens tokens(FapiClient client) {
    return client.tokens(TestRealm.USERNAME, realm.password());
  }

  private static FapiRequest<HttpExchange> at(String path, FapiClient client, Tokens tokens) {
    return client.resource(place(path), tokens).withoutSignature();
  }

  @ParameterizedTest
  @ValueSource(strings = {"careless", "careless/below/userinfo", ROOT})
  @Accepts(by = "RequireProofOfPossession", value = "FAPI2-SP 5.3.4-5")
  void servesWhoeverHoldsTheToken(String path) {
    assertThat(at(path, dpop, tokens(dpop)).expect().body()).isEqualTo("served");
    assertThat(at(path, mtls, tokens(mtls)).expect().body()).isEqualTo("served");
  }

  @Test
  @Accepts(by = "RequireProofOfPossession", value = "FAPI2-SP 5.3.4-5")
  void leavesAloneWhatIsNoTokenOfOurs() {
    for (String header : new String[] {null, "Basic YTpi", "Bearer abc", "Bearer a.b.c", "x"}) {
      assertThat(
              dpop.get(place("careless"), e -> e).header("Authorization", header).send().status())
          .isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"careless", "careless/below/userinfo", ADMIN, ROOT})
  @Rejects(
      by = "RequireProofOfPossession",
      value = {"FAPI2-SP 5.3.4-5", "FAPI2-SP 5.3.4-2"})
  void refusesATokenWithoutItsProof(String path) {
    Tokens bound = tokens(dpop);
    at(path, dpop, bound).withoutProof().expectError(401, "invalid_dpop_proof");
    for (String scheme : new String[] {"Bearer ", "Token ", ""}) {
      at(path, dpop, bound)
          .withoutProof()
          .header("Authorization", scheme + bound.accessToken())
          .expectError(401, "invalid_token");
    }
    at(path, mtls, tokens(mtls)).withoutCertificate().expectError(401, "invalid_token");
  }

  @Test
  @Rejects(by = "RequireProofOfPossession", value = "FAPI2-SP 5.3.4-5")
  void refusesAProofThatWasUsedBefore() {
    Tokens bound = tokens(dpop);
    FapiRequest<HttpExchange> request = at("careless", dpop, bound).proof(p -> p.claim("jti", "1"));

    request.expect();
    request.expectError(401, "invalid_dpop_proof");
  }

  @Test
  @Rejects(by = "RequireProofOfPossession", value = "FAPI2-SP 5.3.4-1")
  void refusesATokenInQueryOrForm() {
    String token = tokens(dpop).accessToken();

    dpop.get(place("careless?access_token=" + token), e -> e).expectError(400, "invalid_request");
    dpop.get(place("careless"), e -> e)
        .method("POST")
        .with("access_token", token)
        .expectError(400, "invalid_request");
    assertThat(dpop.get(place("careless"), e -> e).method("POST").with("a", "b").expect().body())
        .isEqualTo("served a=b");
  }

  @Test
  @Rejects(by = "ActiveGrant", value = "GM 6.5-5")
  @Rejects(by = "RequireProofOfPossession", value = "FAPI2-SP 5.3.4-5")
  void refusesATokenOfAnEndedGrant() {
    Tokens granted =
        dpop.token(
                dpop.visit(dpop.par().with("grant_management_action", "create").expect())
                    .as(TestRealm.USERNAME, realm.password())
                    .expectCode())
            .expect();
    at("careless", dpop, granted).expect();
    String grant = granted.exchange().json().path("grant_id").asText();
    realm.admin().send("DELETE", "/" + realm.name() + "/fapi/grants/" + grant, null);

    at("careless", dpop, granted).expectError(401, "invalid_token");
  }

  @Test
  @Rejects(by = "RequireSignedResourceRequest", value = "FAPI2-HS 5.3.1.2-3")
  void refusesASignatureThatIsNotTheClients() {
    Tokens bound = tokens(dpop);
    dpop.resource(place("careless"), bound).expect();
    dpop.resource(place("careless"), bound)
        .signature(signature -> signature.parameter("created", 1L))
        .expectError(401, "invalid_request");
  }

  @Test
  @Rejects(by = "RequireProofOfPossession", value = "FAPI2-SP 5.3.4-5")
  void refusesWhatOnlyClaimsToBeOurs() {
    String token = tokens(dpop).accessToken();
    String forged = token.substring(0, token.lastIndexOf('.') + 1) + "AAAA";

    dpop.get(place("careless"), e -> e)
        .header("Authorization", "Bearer " + forged)
        .expectError(401, "invalid_token");
  }

  @Test
  @Accepts(by = "RequireProofOfPossession", value = "FAPI2-SP 5.3.4-5")
  void leavesPathsToOthersThatTheOperatorHasNamed() {
    Tokens bound = tokens(dpop);
    HttpExchange answer =
        at("exempt", dpop, bound)
            .withoutProof()
            .header("Authorization", "Bearer " + bound.accessToken())
            .send();

    assertThat(answer.body()).isEqualTo("served");
    // Keycloak itself wants paths in their normal form.
    assertThat(at("%65xempt", dpop, bound).withoutProof().send().status()).isIn(400, 401);
  }

  @Test
  @Rejects(by = "IntrospectionEndpoint", value = "FAPI2-MS 5.5.1-1")
  @Rejects(by = "AccessTokenIntrospection", value = "RFC9701 5-8")
  void asksNobodyElseAboutATokenOfOursAndSignsWhatAnybodySays() {
    JsonNode ours =
        dpop.introspect(tokens(dpop).accessToken()).with("token_type_hint", "credulous").expect();
    assertThat(ours.has("by")).isFalse();
    assertThat(ours.path("cnf").has("jkt")).isTrue();

    JsonNode theirs = dpop.introspect("anything").with("token_type_hint", "credulous").expect();
    assertThat(theirs.path("by").asText()).isEqualTo("credulous");
  }
}
