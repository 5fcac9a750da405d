package io.github.fapipack.resourceserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.fapipack.httpsig.HttpField;
import io.github.fapipack.resourceserver.refusal.Problem;
import io.github.fapipack.resourceserver.replay.CaffeineReplayStore;
import io.github.fapipack.resourceserver.replay.RedisReplayStore;
import io.github.fapipack.resourceserver.replay.ReplayStore;
import io.github.fapipack.resourceserver.replay.StoreUnavailable;
import io.github.fapipack.resourceserver.request.ApiBody;
import io.github.fapipack.resourceserver.request.ApiRequest;
import io.github.fapipack.resourceserver.request.ForwardedCertificate;
import io.github.fapipack.resourceserver.request.Frontend;
import io.github.fapipack.resourceserver.request.Peer;
import io.github.fapipack.resourceserver.request.TrustedProxies;
import io.github.fapipack.resourceserver.sender.DpopNonces;
import io.github.fapipack.resourceserver.sender.DpopSettings;
import io.github.fapipack.resourceserver.testing.DpopClient;
import io.github.fapipack.resourceserver.testing.RedisServer;
import io.github.fapipack.resourceserver.testing.TestCertificate;
import io.github.fapipack.resourceserver.testing.TestClock;
import io.github.fapipack.resourceserver.testing.TestIssuer;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who sends a token, from the request to the answer. */
class SenderOfCallTest {
  private static final String API = "https://api.example";
  private static final String ADDRESS = API + "/accounts";
  private static final ReplayStore DOWN =
      (purpose, key, until) -> {
        throw new StoreUnavailable("down", null);
      };

  private final TestClock clock = new TestClock();
  private final TestIssuer issuer = TestIssuer.start(API, clock);
  private final DpopClient client = DpopClient.create();
  private final String token = issuer.accessToken().boundTo(client.key()).sign();
  private Peer peer = new Peer(InetAddress.getLoopbackAddress(), Optional.empty());

  @AfterEach
  void close() {
    issuer.close();
  }

  @Test
  void ofTheSameProofOnTwoNodesAtTheSameMomentOnePasses(@TempDir Path folder) throws Exception {
    try (RedisServer redis = new RedisServer(folder);
        RedisReplayStore first = RedisReplayStore.connect(redis.address());
        RedisReplayStore second = RedisReplayStore.connect(redis.address())) {
      List<FapiResourceServer> nodes = List.of(api(first).build(), api(second).build());
      for (FapiResourceServer node : nodes) {
        assertThat(send(node, proof(Map.of()))).isInstanceOf(Granted.class);
      }
      List<Decision> decisions = sendAtOnce(nodes, proof(Map.of()), 8);
      assertThat(decisions).filteredOn(Granted.class::isInstance).hasSize(1);
      assertThat(decisions)
          .filteredOn(Refused.class::isInstance)
          .allSatisfy(
              refused ->
                  assertThat(((Refused) refused).problem()).isEqualTo(Problem.INVALID_DPOP_PROOF));
    }
  }

  private List<Decision> sendAtOnce(List<FapiResourceServer> nodes, HttpField proof, int each)
      throws Exception {
    CyclicBarrier start = new CyclicBarrier(nodes.size() * each);
    List<Callable<Decision>> calls = new ArrayList<>();
    for (FapiResourceServer node : nodes) {
      for (int i = 0; i < each; i++) {
        calls.add(
            () -> {
              start.await();
              return send(node, proof);
            });
      }
    }
    ExecutorService threads = Executors.newFixedThreadPool(calls.size());
    try {
      List<Decision> decisions = new ArrayList<>();
      for (Future<Decision> call : threads.invokeAll(calls)) {
        decisions.add(call.get());
      }
      return decisions;
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aStoreThatIsDownIsAnsweredWith503AndATime() {
    Refused refused = (Refused) send(api(DOWN).build(), proof(Map.of()));
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.responseFields()).contains(new HttpField("Retry-After", "2"));
    assertThat(fields(refused, "WWW-Authenticate")).isEmpty();
  }

  @Test
  void aNonceIsHandedOutTakenAndReplaced() {
    DpopNonces nonces = DpopNonces.of(new byte[32]).every(Duration.ofMinutes(1));
    FapiResourceServer api =
        api(new CaffeineReplayStore()).dpop(DpopSettings.defaults().nonces(nonces)).build();
    Refused refused = (Refused) send(api, proof(Map.of()));
    assertThat(refused.status()).isEqualTo(401);
    assertThat(fields(refused, "WWW-Authenticate"))
        .singleElement()
        .asString()
        .startsWith("DPoP ")
        .contains("error=\"use_dpop_nonce\"");
    String nonce = fields(refused, "DPoP-Nonce").get(0);
    assertThat(fields(send(api, proof(Map.of("nonce", nonce))), "DPoP-Nonce")).isEmpty();
    clock.pass(Duration.ofMinutes(1));
    Decision decision = send(api, proof(Map.of("nonce", nonce)));
    assertThat(decision).isInstanceOf(Granted.class);
    assertThat(fields(decision, "DPoP-Nonce")).hasSize(1).doesNotContain(nonce);
    List<HttpField> own =
        List.of(new HttpField("Authorization", "DPoP " + token), proof(Map.of("nonce", nonce)));
    Decision lackingScope =
        api.check(new ApiRequest("GET", ADDRESS, own, ApiBody.NONE, peer), Demands.scopes("other"));
    assertThat(lackingScope).isInstanceOf(Refused.class);
    assertThat(fields(lackingScope, "DPoP-Nonce")).hasSize(1);
  }

  @Test
  void whatHostSaysDoesNotMakeAProofForAnotherApiGood() {
    String elsewhere = ADDRESS.replace("https://", "https://other.");
    List<HttpField> fields =
        List.of(
            new HttpField("Authorization", "DPoP " + token),
            new HttpField(
                "DPoP",
                client.proof(
                    "GET", elsewhere, token, Map.of("iat", clock.instant().getEpochSecond()))));
    ApiRequest request = new ApiRequest("GET", elsewhere, fields, ApiBody.NONE, peer);
    FapiResourceServer byDefault = api(new CaffeineReplayStore()).build();
    FapiResourceServer believing =
        api(new CaffeineReplayStore()).frontend(Frontend.direct()).build();
    assertThat(((Refused) byDefault.check(request, Demands.none())).problem())
        .isEqualTo(Problem.INVALID_DPOP_PROOF);
    assertThat(believing.check(request, Demands.none())).isInstanceOf(Granted.class);
  }

  @Test
  void aCertificateComesThroughATrustedProxyAlone() throws Exception {
    X509Certificate certificate =
        TestCertificate.validAround(clock.instant(), Duration.ofMinutes(10));
    String bound = issuer.accessToken().boundTo(certificate).sign();
    FapiResourceServer api =
        api(new CaffeineReplayStore())
            .frontend(
                Frontend.publicAddress(URI.create(API))
                    .behind(TrustedProxies.of("127.0.0.0/8"))
                    .certificateFrom(ForwardedCertificate.clientCert()))
            .build();
    List<HttpField> fields =
        List.of(
            new HttpField("Authorization", "Bearer " + bound),
            new HttpField(
                "Client-Cert",
                ":" + Base64.getEncoder().encodeToString(certificate.getEncoded()) + ":"));
    assertThat(send(api, fields)).isInstanceOf(Granted.class);
    peer = new Peer(InetAddress.getByName("192.0.2.1"), Optional.empty());
    Refused refused = (Refused) send(api, fields);
    assertThat(refused.problem()).isEqualTo(Problem.INVALID_TOKEN);
    assertThat(fields(refused, "WWW-Authenticate")).hasSize(2);
  }

  @Test
  void whatIsSwitchedOffIsNotOffered() {
    FapiResourceServer onlyCertificates = api(DOWN).withoutDpop().build();
    Refused refused = (Refused) send(onlyCertificates, proof(Map.of()));
    assertThat(refused.problem()).isEqualTo(Problem.INVALID_TOKEN);
    assertThat(fields(refused, "WWW-Authenticate"))
        .singleElement()
        .asString()
        .startsWith("Bearer ");
    FapiResourceServer onlyDpop = api(DOWN).mutualTls(false).build();
    assertThat(fields(send(onlyDpop, List.of()), "WWW-Authenticate"))
        .singleElement()
        .asString()
        .startsWith("DPoP algs=\"ES256 EdDSA PS256\"");
    assertThatThrownBy(() -> api(DOWN).mutualTls(false).withoutDpop().build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("dpop or mutualTls");
  }

  @Test
  void withoutStoreItIsSaidWhichThereAre() {
    assertThatThrownBy(() -> api(null).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("JdbcReplayStore", "RedisReplayStore", "CaffeineReplayStore");
  }

  private FapiResourceServerBuilder api(ReplayStore store) {
    return FapiResourceServer.builder()
        .issuer(issuer.issuer())
        .resource(API)
        .clock(clock)
        .replayStore(store);
  }

  private HttpField proof(Map<String, Object> more) {
    Map<String, Object> claims = new HashMap<>(more);
    claims.put("iat", clock.instant().getEpochSecond());
    return new HttpField("DPoP", client.proof("GET", ADDRESS, token, claims));
  }

  private Decision send(FapiResourceServer api, HttpField proof) {
    return send(api, List.of(new HttpField("Authorization", "DPoP " + token), proof));
  }

  private Decision send(FapiResourceServer api, List<HttpField> fields) {
    return api.check(new ApiRequest("GET", ADDRESS, fields, ApiBody.NONE, peer), Demands.none());
  }

  private static List<String> fields(Decision decision, String name) {
    return decision.responseFields().stream()
        .filter(field -> field.name().equals(name))
        .map(HttpField::value)
        .toList();
  }
}
