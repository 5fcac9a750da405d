package io.github.fapipack.rule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fapipack.it.client.ClientKeys;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.peer.Stranger;
import io.github.fapipack.it.testing.ClientOrigin;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A request that only names a client does not change it and counts for no client. */
class UnprovenRequestIT {
  private static final String PROTOCOL = "/protocol/openid-connect";

  @FapiRealm("fapi2-security-profile")
  private static TestRealm realm;

  private static Stranger stranger;

  @BeforeAll
  static void meetStranger() {
    stranger = Stranger.at(realm.server());
  }

  @Test
  void changesNoClientThatIsOnlyNamed() throws Exception {
    FapiClient client = TestClient.in(realm).made(ClientOrigin.BEFORE_POLICY).register();
    String id = client.clientId();
    JsonNode before = stored(client);

    bear("/grants/1", unsigned(id));
    bear("/account", unsigned(id));
    bear(PROTOCOL + "/userinfo", unsigned(id));
    client
        .but()
        .privateKeyJwt(ClientKeys.create())
        .build()
        .par()
        .expectError(401, "invalid_client");
    String assertion =
        "&client_assertion_type=urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
            + "&client_assertion="
            + Stranger.jwt(
                "{\"alg\":\"PS256\"}",
                "{\"iss\":\""
                    + id
                    + "\",\"sub\":\""
                    + id
                    + "\",\"aud\":\""
                    + realm.issuer()
                    + "\"}");
    for (String endpoint : List.of("/token", "/token/introspect", "/revoke", "/ext/par/request")) {
      post(PROTOCOL + endpoint, "client_id=" + id);
      post(PROTOCOL + endpoint, "grant_type=client_credentials&client_id=" + id + assertion);
    }
    get(PROTOCOL + "/auth?response_type=code&client_id=" + id);
    get(PROTOCOL + "/auth?client_id=" + id + "&request_uri=urn:ietf:params:oauth:request_uri:1");
    get(
        PROTOCOL
            + "/auth?client_id="
            + id
            + "&request="
            + Stranger.jwt("{\"alg\":\"none\"}", "{\"client_id\":\"" + id + "\"}"));
    get(PROTOCOL + "/logout?post_logout_redirect_uri=http://x&client_id=" + id);

    assertThat(stored(client)).isEqualTo(before);
    assertThat(refusals(id))
        .isNotEmpty()
        .allSatisfy(
            refusal -> {
              assertThat(refusal.path("proven").asBoolean()).isFalse();
              assertThat(refusal.path("client").isNull()).isTrue();
            });
    assertThat(state(id).path("failed")).isEmpty();
    assertThat(state(id).path("wouldFail")).isEmpty();
    assertThat(metrics()).doesNotContain("client=\"" + id + "\"");

    client.par().expect();
    assertThat(stored(client).path("fullScopeAllowed").asBoolean()).isFalse();
    assertThat(refusals(id + "&kind=correction")).isNotEmpty();
  }

  @Test
  void changesNoPublicClientWhoseNameEverybodyKnows() {
    realm.withoutPolicies(
        () ->
            realm
                .admin()
                .createClient(
                    realm.name(),
                    Json.object()
                        .put("clientId", "everybodys")
                        .put("publicClient", true)
                        .put("fullScopeAllowed", true)));
    JsonNode before = realm.admin().client(realm.name(), "everybodys");

    post(PROTOCOL + "/token", "grant_type=authorization_code&code=x&client_id=everybodys");
    post(PROTOCOL + "/ext/par/request", "response_type=code&client_id=everybodys");
    bear(PROTOCOL + "/userinfo", unsigned("everybodys"));
    bear(PROTOCOL + "/userinfo", unsigned("admin-cli"));

    assertThat(realm.admin().client(realm.name(), "everybodys")).isEqualTo(before);
  }

  @Test
  void countsAPlainRequestForItsClientWhenAUserHasEndedTheLogin() {
    FapiClient client = TestClient.in(realm).register();
    rollout("report");
    try {
      get(PROTOCOL + "/auth?response_type=code&scope=openid&client_id=" + client.clientId());
      assertThat(refusals(client.clientId()))
          .noneMatch(refusal -> refusal.path("proven").asBoolean());

      client.visitWithoutPar().as(TestRealm.USERNAME, realm.password()).open();
      assertThat(refusals(client.clientId()))
          .filteredOn(refusal -> refusal.path("proven").asBoolean())
          .singleElement()
          .satisfies(
              refusal ->
                  assertThat(refusal.findValuesAsText("rule"))
                      .contains("fapi2-require-pushed-authorization-request"));
    } finally {
      rollout("enforce");
    }
  }

  private static JsonNode state(String clientId) {
    return realm
        .admin()
        .get("/" + realm.name() + "/fapi/rollout?client=" + clientId)
        .path("clients")
        .path(0);
  }

  private static void rollout(String mode) {
    realm.admin().send("PUT", "/" + realm.name() + "/fapi/rollout?mode=" + mode, null);
  }

  @Test
  void correctsAClientInItsFirstRequestsHoweverManyComeAtOnce() throws Exception {
    for (int round = 0; round < 3; round++) {
      FapiClient client = TestClient.in(realm).made(ClientOrigin.BEFORE_POLICY).register();

      assertThat(atOnce(8, () -> client.par().send().status())).containsOnly(201);

      assertThat(stored(client).path("fullScopeAllowed").asBoolean()).isFalse();
      assertThat(stored(client).path("consentRequired").asBoolean()).isTrue();
    }
  }

  private static <T> List<T> atOnce(int times, Callable<T> work) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(times);
    try {
      CyclicBarrier barrier = new CyclicBarrier(times);
      List<Future<T>> running =
          IntStream.range(0, times)
              .mapToObj(
                  i ->
                      threads.submit(
                          () -> {
                            barrier.await();
                            return work.call();
                          }))
              .toList();
      List<T> results = new java.util.ArrayList<>();
      for (Future<T> one : running) {
        results.add(one.get());
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }

  private static String unsigned(String clientId) {
    long now = System.currentTimeMillis() / 1000;
    return Stranger.jwt(
        "{\"alg\":\"PS256\",\"typ\":\"JWT\"}",
        "{\"iss\":\""
            + realm.issuer()
            + "\",\"azp\":\""
            + clientId
            + "\",\"sub\":\"s\",\"typ\":\"Bearer\",\"exp\":"
            + (now + 60)
            + "}");
  }

  private static JsonNode stored(FapiClient client) {
    return realm.admin().client(realm.name(), client.clientId());
  }

  private static JsonNode refusals(String clientId) {
    return realm
        .admin()
        .get("/" + realm.name() + "/fapi/refusals?client=" + clientId)
        .path("refusals");
  }

  private static void bear(String path, String token) {
    assertThat(get(path, "Authorization: Bearer " + token)).isEqualTo(401);
  }

  private static int get(String path, String... headers) {
    int status = stranger.get(realm.issuer().getPath() + path, headers).status();
    assertThat(status).as(path).isLessThan(500);
    return status;
  }

  private static void post(String path, String form) {
    assertThat(stranger.post(realm.issuer().getPath() + path, form).status())
        .as(path)
        .isBetween(400, 499);
  }

  private static String metrics() throws Exception {
    URI address = URI.create("http://127.0.0.1:" + realm.server().managementPort() + "/metrics");
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
        .body()
        .lines()
        .filter(line -> line.startsWith("fapi_"))
        .reduce("", (all, line) -> all + line + "\n");
  }
}
