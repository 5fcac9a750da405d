package io.github.fapipack.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.browser.FrontChannelAnswer;
import io.github.fapipack.it.browser.LoginPage;
import io.github.fapipack.it.client.Authorized;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.FapiRequest;
import io.github.fapipack.it.client.Pushed;
import io.github.fapipack.it.client.Tokens;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import io.github.fapipack.it.time.AtOnce;
import java.net.URI;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A single-use value can be used once in the cluster, even if it is sent to both nodes at the same
 * time.
 */
@Tag("alone")
class SingleUseIT {
  private static final int ROUNDS = 8;

  private static TestRealm realm;
  private static FapiClient one;
  private static FapiClient two;
  private static Tokens tokens;

  @BeforeAll
  static void startCluster() {
    TestCluster cluster = TestCluster.get();
    realm = cluster.realm("fapi2-security-profile");
    FapiClient client = TestClient.in(realm).register();
    one = TestCluster.at(cluster.one(), client);
    two = TestCluster.at(cluster.two(), client);
    one.discover();
    two.discover();
    tokens = one.tokens(TestRealm.USERNAME, realm.password());
  }

  @AfterAll
  static void deleteRealm() {
    realm.close();
  }

  @RepeatedTest(ROUNDS)
  @Rejects("FAPI2-SP 6.2-2")
  @Rejects(by = "RequireValidDpopProof", value = "RFC9449 5-1")
  void aProofGivesOneToken() throws Exception {
    URI endpoint = one.discovery().endpoint("token_endpoint", false);
    String proof = one.newProof("POST", endpoint).sign();

    assertOneAccepted(atBoth(client -> client.clientCredentials().header("DPoP", proof)));
    two.clientCredentials().header("DPoP", proof).expectError(400, "invalid_dpop_proof");
  }

  @RepeatedTest(ROUNDS)
  @Rejects("FAPI2-SP 6.2-2")
  @Rejects(by = "RequireProofOfPossession", value = "RFC9449 7-1")
  void aProofIsTakenOnceAtUserinfo() throws Exception {
    URI endpoint = one.discovery().endpoint("userinfo_endpoint", false);
    String proof = one.newProof("GET", endpoint).ath(tokens.accessToken()).sign();

    assertOneAccepted(atBoth(client -> client.userinfo(tokens).header("DPoP", proof)));
    two.userinfo(tokens).header("DPoP", proof).expectError(401, "invalid_dpop_proof");
  }

  @RepeatedTest(ROUNDS)
  @Rejects(by = "LimitClientAssertionLifetime", value = "RFC7523 3-7")
  void aClientAssertionIsTakenOnce() throws Exception {
    String assertion = one.newAssertion().sign();

    assertOneAccepted(
        atBoth(client -> client.clientCredentials().with("client_assertion", assertion)));
    two.clientCredentials().with("client_assertion", assertion).expectError(401, "invalid_client");
  }

  @RepeatedTest(ROUNDS)
  @Rejects(by = "SingleUse", value = "FAPI2-SP 5.3.2.2-9")
  @Accepts(by = "SingleUse", value = "FAPI2-SP 5.3.2.2-9")
  void aCodeGivesOneTokenAndASecondUseVoidsIt() throws Exception {
    Authorized code = one.authorize(TestRealm.USERNAME, realm.password());

    Tokens given = Tokens.of(assertOneAccepted(atBoth(client -> client.token(code))));
    two.token(code).expectError(400, "invalid_grant");

    one.refresh(given).expectError("invalid_grant");
    assertThat(two.introspect(given.accessToken()).expect().path("active").asBoolean()).isFalse();
  }

  @Test
  @Rejects(by = "RequirePushedAuthorizationRequest", value = "RFC9126 4-2")
  void aRequestUriGivesOneCode() throws Exception {
    for (int round = 0; round < 3; round++) {
      Pushed pushed = one.par().with("prompt", "consent").expect();
      LoginPage here = one.browser();
      LoginPage there = two.browser();
      FrontChannelAnswer askedHere = askedForConsent(here, one, pushed);
      FrontChannelAnswer askedThere = askedForConsent(there, two, pushed);

      List<FrontChannelAnswer> answers =
          AtOnce.all(
              List.of(() -> here.decide(askedHere, true), () -> there.decide(askedThere, true)));

      assertThat(answers)
          .filteredOn(answer -> answer.redirected() && answer.parameter("code") != null)
          .hasSize(1);
    }
  }

  private static FrontChannelAnswer askedForConsent(
      LoginPage browser, FapiClient client, Pushed pushed) {
    return browser.openUntilConsent(
        client.visit(pushed).address(), TestRealm.USERNAME, realm.password());
  }

  /** Sends a request twice to each node, all at the same moment. */
  private static List<HttpExchange> atBoth(Function<FapiClient, FapiRequest<?>> request)
      throws Exception {
    return AtOnce.all(
        List.of(
            () -> request.apply(one).send(),
            () -> request.apply(two).send(),
            () -> request.apply(one).send(),
            () -> request.apply(two).send()));
  }

  private static HttpExchange assertOneAccepted(List<HttpExchange> answers) {
    assertThat(answers).allMatch(answer -> answer.status() < 500);
    List<HttpExchange> accepted =
        answers.stream().filter(answer -> answer.status() == 200).toList();
    assertThat(accepted).hasSize(1);
    return accepted.get(0);
  }
}
