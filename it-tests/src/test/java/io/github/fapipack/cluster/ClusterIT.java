package io.github.fapipack.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.admin.AdminClient;
import io.github.fapipack.it.browser.LoginPage;
import io.github.fapipack.it.client.Authorized;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.FapiRequest;
import io.github.fapipack.it.client.Pushed;
import io.github.fapipack.it.client.Tokens;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.samples.LegacyBank;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import io.github.fapipack.it.testing.WholeFlow;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two nodes act as one: a change at one of them applies at the other. */
@Tag("alone")
class ClusterIT {
  private static final Duration AT_ONCE = Duration.ofSeconds(1);
  private static final String API = "grant_management_query grant_management_revoke";
  private static final String DETAILS = "[{\"type\":\"trip\",\"to\":\"Oslo\"}]";
  private static final String TYPE =
      """
      {"schema":{"type":"object","properties":{"type":{},"to":{"type":"string"}},
        "additionalProperties":false}}\
      """;

  private static TestCluster cluster;
  private static TestRealm realm;
  private static FapiClient client;
  private static FapiClient one;
  private static FapiClient two;

  @BeforeAll
  static void startCluster() {
    cluster = TestCluster.get();
    realm = cluster.realm("fapi2-security-profile");
    client = TestClient.in(realm).scope("openid " + API).register();
    one = TestCluster.at(cluster.one(), client);
    two = TestCluster.at(cluster.two(), client);
  }

  @AfterAll
  static void deleteRealm() {
    realm.close();
  }

  @Test
  void theNodesKnowEachOther() {
    assertThat(TestCluster.size(cluster.one())).isEqualTo(2);
    assertThat(TestCluster.size(cluster.two())).isEqualTo(2);
  }

  @Test
  void eachRequestOfAFlowMayGoToAnotherNodeThanTheLast() {
    WholeFlow.complete(cluster.balanced(client), realm, true);
  }

  @Test
  void signedMessagesMayGoToAnotherNodeThanTheLast() {
    try (TestRealm signing = cluster.realm("fapi2-message-signing")) {
      FapiClient signer = TestClient.in(signing).signing().register();
      FapiClient there = TestCluster.at(cluster.two(), signer);
      HttpExchange pushed = TestCluster.at(cluster.one(), signer).par().send().expectStatus(201);
      String object = pushed.sentForm().get("request").orElseThrow();

      there.par().beside("request", object).expectError(400, "invalid_request_object");
      WholeFlow.complete(cluster.balanced(signer), signing, true);
    }
  }

  @Test
  void aNonceOfOneNodeIsGoodAtTheOther() {
    try (TestRealm strict = cluster.realm("fapi2-security-profile")) {
      strict.configure("fapi2-require-dpop-nonce", Map.of("required", "true"));
      FapiClient careful = TestClient.in(strict).register();
      FapiClient there = TestCluster.at(cluster.two(), careful);
      String nonce =
          TestCluster.at(cluster.one(), careful)
              .clientCredentials()
              .ignoringNonces()
              .expectError(400, "use_dpop_nonce")
              .header("DPoP-Nonce");

      withNonce(there, "made-up").expectError(400, "use_dpop_nonce");
      withNonce(there, nonce).expect();
    }
  }

  private static FapiRequest<Tokens> withNonce(FapiClient at, String nonce) {
    return at.clientCredentials().proof(proof -> proof.nonce(nonce)).ignoringNonces();
  }

  @Test
  void whatIsAppliedAtOneNodeIsTakenBackAtTheOther() {
    try (TestRealm weak = TestRealm.create(cluster.one(), LegacyBank.realm())) {
      String fapi = "/" + weak.name() + "/fapi/";
      AdminClient here = cluster.one().admin();
      AdminClient there = cluster.two().admin();
      JsonNode before = there.clientPolicies(weak.name());
      assertThat(here.send("POST", fapi + "apply?dryRun=false", null).status()).isEqualTo(200);
      assertThat(there.clientPolicies(weak.name())).isNotEqualTo(before);
      String undo =
          fapi + "history/" + there.get(fapi + "history").at("/entries/0/id").asText() + "/undo";

      assertThat(there.send("POST", undo, null).status()).isEqualTo(200);

      assertThat(here.clientPolicies(weak.name())).isEqualTo(before);
      assertThat(here.send("POST", undo, null).status()).isEqualTo(409);
    }
  }

  @Test
  void aGrantIsSeenAndEndedAtTheOtherNode() {
    Tokens api = two.clientCredentials().expect();
    Pushed pushed = one.par().with("grant_management_action", "create").expect();
    Authorized code = two.visit(pushed).as(TestRealm.USERNAME, realm.password()).expectCode();
    Tokens tokens = one.token(code).expect();
    String id = tokens.exchange().json().path("grant_id").asText();
    URI grant = URI.create(realm.issuer() + "/grants/" + id);

    two.resource(grant, api).expect();
    assertThat(two.resource(grant, api).method("DELETE").send().status()).isEqualTo(204);

    assertThat(one.resource(grant, api).send().status()).isEqualTo(404);
    one.refresh(tokens).expectError("invalid_grant");
    one.userinfo(tokens).expectError(401, "invalid_token");
  }

  @Test
  void aRefreshTokenThatIsRevokedAtOneNodeEndsItsAuthorizationAtBoth() {
    LoginPage browser = two.browser();
    Tokens ended = tokens(browser);
    Tokens refreshed = one.refresh(ended).expect();
    assertThat(two.refresh(ended).expect().refreshToken()).isEqualTo(ended.refreshToken());
    Tokens living = tokens(browser);
    one.revoke(ended.refreshToken()).expect();

    for (FapiClient node : List.of(one, two)) {
      for (Tokens each : List.of(ended, refreshed)) {
        assertThat(isActive(node, each)).isFalse();
        node.userinfo(each).expectError(401, "invalid_token");
        node.refresh(each).expectError("invalid_grant");
      }
      assertThat(isActive(node, living)).isTrue();
      node.userinfo(living).expect();
      node.userinfo(node.refresh(living).expect()).expect();
    }
  }

  private static Tokens tokens(LoginPage browser) {
    Authorized code =
        two.visit(one.par().expect())
            .in(browser)
            .as(TestRealm.USERNAME, realm.password())
            .expectCode();
    return one.token(code).expect();
  }

  private static boolean isActive(FapiClient by, Tokens tokens) {
    return by.introspect(tokens.accessToken()).expect().path("active").asBoolean();
  }

  @Test
  void aChangedRuleHoldsAtTheOtherNodeAtOnce() {
    String rule = "fapi2-limit-client-assertion-lifetime";
    Supplier<HttpExchange> longLived =
        () -> two.clientCredentials().assertion(jwt -> jwt.exp(Duration.ofSeconds(60))).send();
    assertAtOnce(200, longLived);
    for (int round = 0; round < 3; round++) {
      realm.configure(rule, Map.of("maxSeconds", "30"));
      assertAtOnce(401, longLived);
      realm.configure(rule, Map.of("maxSeconds", "300"));
      assertAtOnce(200, longLived);
    }
  }

  @Test
  void aRealmThatOnlyReportsDoesSoAtTheOtherNodeAtOnce() {
    Supplier<HttpExchange> unbound = () -> two.clientCredentials().withoutProof().send();
    assertAtOnce(400, unbound);
    set("fapi.rollout", "{\"mode\":\"report\",\"enforced\":[]}");
    assertAtOnce(200, unbound);
    set("fapi.rollout", "");
    assertAtOnce(400, unbound);
  }

  @Test
  void aTypeOfTheRealmIsKnownAtTheOtherNodeAtOnce() {
    Supplier<HttpExchange> asking = () -> two.par().with("authorization_details", DETAILS).send();
    assertAtOnce(400, asking);
    set("fapi.authorization-details.trip", TYPE);
    assertAtOnce(201, asking);
    set("fapi.authorization-details.trip", "");
    assertAtOnce(400, asking);
  }

  /** Changes the realm at the first node. */
  private static void set(String attribute, String value) {
    ObjectNode settings = cluster.one().admin().realm(realm.name());
    settings.withObject("/attributes").put(attribute, value);
    cluster.one().admin().updateRealm(realm.name(), settings);
  }

  /** A second after a change, requests must no longer be answered as before. */
  private static void assertAtOnce(int status, Supplier<HttpExchange> request) {
    long change = System.nanoTime();
    long sent;
    HttpExchange answer;
    do {
      sent = System.nanoTime();
      answer = request.get();
    } while (answer.status() != status && sent - change < AT_ONCE.toNanos());
    answer.expectStatus(status);
  }
}
