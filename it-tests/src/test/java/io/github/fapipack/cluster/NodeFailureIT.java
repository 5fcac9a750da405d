package io.github.fapipack.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.browser.FrontChannelAnswer;
import io.github.fapipack.it.browser.LoginPage;
import io.github.fapipack.it.client.Authorized;
import io.github.fapipack.it.client.ClientAuth;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.Pushed;
import io.github.fapipack.it.client.SenderConstraint;
import io.github.fapipack.it.client.Tokens;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import io.github.fapipack.it.testing.WholeFlow;
import io.github.fapipack.it.time.AtOnce;
import io.github.fapipack.it.time.Await;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A node dies, as in a power failure, and the other one continues. */
@Tag("alone")
class NodeFailureIT {
  /** From the death of a node to the end of a flow that began after it. */
  private static final Duration LONGEST_OUTAGE = Duration.ofSeconds(10);

  private static final int ENOUGH = 3;
  private static final String API = "grant_management_query grant_management_revoke";

  private static TestCluster cluster;
  private static TestRealm realm;

  @BeforeAll
  static void startCluster() {
    cluster = TestCluster.get();
    realm = cluster.realm("fapi2-security-profile");
  }

  @AfterAll
  static void deleteRealm() {
    realm.close();
  }

  @BeforeEach
  void bothNodesLive() {
    cluster.complete();
  }

  @Test
  @Rejects(by = "SingleUse", value = "FAPI2-SP 5.3.2.2-9")
  @Rejects("FAPI2-SP 6.2-2")
  void nothingThatWasAnsweredIsLostAndNothingIsGoodTwice() throws Exception {
    FapiClient client = TestClient.in(realm).scope("openid " + API).register();
    FapiClient dying = TestCluster.at(cluster.one(), client);
    FapiClient living = TestCluster.at(cluster.two(), client);
    dying.discover();
    living.discover();
    AtomicReference<URI> node = new AtomicReference<>(cluster.one().address());
    FapiClient moving = client.but().at(node::get).build();
    Pushed pushed = moving.par().with("prompt", "consent").expect();
    LoginPage browser = moving.browser();
    FrontChannelAnswer consent =
        browser.openUntilConsent(
            moving.visit(pushed).address(), TestRealm.USERNAME, realm.password());
    Pushed request = dying.par().expect();
    Tokens api = living.clientCredentials().expect();

    List<Flows> lost =
        List.of(Flows.start(dying, realm, ENOUGH), Flows.start(dying, realm, ENOUGH));
    Flows kept = Flows.start(living, realm, ENOUGH);
    for (Flows flows : List.of(lost.get(0), lost.get(1), kept)) {
      flows.await();
    }
    HttpExchange used = dying.clientCredentials().send().expectStatus(200);
    cluster.one().kill();
    long death = System.nanoTime();

    assertNotAgain(living, used);
    awaitSuccess(kept, death);
    kept.close();
    for (Flows flows : lost) {
      flows.close();
      assertThat(flows.codes()).isNotEmpty();
      for (Authorized code : flows.codes()) {
        living.userinfo(living.token(code).expect()).expect();
      }
      for (Flows.Redeemed redeemed : flows.redeemed()) {
        living.userinfo(living.refresh(redeemed.tokens()).expect()).expect();
        String grant = redeemed.tokens().exchange().json().path("grant_id").asText();
        living.resource(URI.create(realm.issuer() + "/grants/" + grant), api).expect();
      }
    }
    for (Flows flows : lost) {
      for (Flows.Redeemed redeemed : flows.redeemed()) {
        assertNotAgain(living, redeemed.request());
        living.token(redeemed.code()).expectError(400, "invalid_grant");
      }
    }
    // Unfinished logins continue at the other node.
    living.visit(request).as(TestRealm.USERNAME, realm.password()).expectCode();
    node.set(cluster.two().address());
    Authorized late = moving.visit(pushed).expectCode(browser.decide(consent, true));
    moving.token(late).expect();

    cluster.one().start();
    assertThat(TestCluster.size(cluster.one())).isEqualTo(2);
    dying.token(late).expectError(400, "invalid_grant");
    WholeFlow.complete(cluster.balanced(client), realm, true);
  }

  @Test
  @Rejects(by = "SingleUse", value = "FAPI2-SP 5.3.2.2-9")
  @Rejects("FAPI2-SP 6.2-2")
  @Rejects(by = "LimitClientAssertionLifetime", value = "RFC7523 3-7")
  void whatWaitsForADeadNodeIsNotGoodTwice() throws Exception {
    FapiClient asserting = TestCluster.at(cluster.one(), TestClient.in(realm).register());
    FapiClient proving =
        TestCluster.at(
            cluster.one(), TestClient.in(realm).auth(ClientAuth.TLS_CLIENT_AUTH).register());
    FapiClient certified =
        TestCluster.at(
            cluster.one(),
            TestClient.in(realm)
                .auth(ClientAuth.TLS_CLIENT_AUTH)
                .constraint(SenderConstraint.MTLS)
                .register());
    List<Authorized> codes = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      codes.add(certified.authorize(TestRealm.USERNAME, realm.password()));
    }
    List<Callable<HttpExchange>> attacks = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      String assertion = assertion(asserting.clientCredentials().send().expectStatus(200));
      attacks.add(() -> asserting.clientCredentials().with("client_assertion", assertion).send());
      String proof = proof(proving.clientCredentials().send().expectStatus(200));
      attacks.add(() -> proving.clientCredentials().header("DPoP", proof).send());
    }
    int replays = attacks.size();
    for (Authorized code : codes) {
      attacks.add(() -> certified.token(code).send());
      attacks.add(() -> certified.token(code).send());
      attacks.add(() -> certified.token(code).send());
    }

    // The node still owns its entries but does not answer.
    cluster.two().freeze();
    CompletableFuture<Void> death =
        CompletableFuture.runAsync(
            cluster.two()::kill, CompletableFuture.delayedExecutor(3, TimeUnit.SECONDS));
    List<HttpExchange> answers = AtOnce.all(attacks);
    death.join();

    assertThat(answers).allMatch(answer -> answer.status() < 500);
    assertThat(answers.subList(0, replays)).noneMatch(answer -> answer.status() == 200);
    for (int i = 0; i < codes.size(); i++) {
      int first = replays + 3 * i;
      assertThat(answers.subList(first, first + 3)).filteredOn(a -> a.status() == 200).hasSize(1);
    }
  }

  private static void assertNotAgain(FapiClient client, HttpExchange used) {
    client.clientCredentials().header("DPoP", proof(used)).expectError(400, "invalid_dpop_proof");
    client
        .clientCredentials()
        .with("client_assertion", assertion(used))
        .expectError(401, "invalid_client");
  }

  private static void awaitSuccess(Flows flows, long death) {
    Duration rest = LONGEST_OUTAGE.minusNanos(System.nanoTime() - death);
    Await.atMost(rest)
        .every(Duration.ofMillis(20))
        .until("flow after the death of a node", () -> flows.succeededSince(death));
    System.out.printf(
        "  The other node ended a flow %d ms after the death of the first%n",
        (System.nanoTime() - death) / 1_000_000);
  }

  private static String proof(HttpExchange used) {
    return used.sentHeaders().get("DPoP").orElseThrow();
  }

  private static String assertion(HttpExchange used) {
    return used.sentForm().get("client_assertion").orElseThrow();
  }
}
