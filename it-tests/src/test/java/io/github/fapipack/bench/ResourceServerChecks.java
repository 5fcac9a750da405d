package io.github.fapipack.bench;

import com.nimbusds.jose.util.X509CertUtils;
import com.sun.management.ThreadMXBean;
import io.github.fapipack.httpsig.HttpField;
import io.github.fapipack.it.pki.CertificateAuthority;
import io.github.fapipack.resourceserver.Decision;
import io.github.fapipack.resourceserver.Demands;
import io.github.fapipack.resourceserver.FapiResourceServer;
import io.github.fapipack.resourceserver.FapiResourceServerBuilder;
import io.github.fapipack.resourceserver.Granted;
import io.github.fapipack.resourceserver.replay.CaffeineReplayStore;
import io.github.fapipack.resourceserver.request.ApiBody;
import io.github.fapipack.resourceserver.request.ApiRequest;
import io.github.fapipack.resourceserver.request.Peer;
import io.github.fapipack.resourceserver.token.ClientAuthentication;
import io.github.fapipack.resourceserver.token.IntrospectionSettings;
import io.github.fapipack.resourceserver.token.JwtSettings;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What a check of a request costs, beside the signatures that nobody can do without and beside
 * Spring Security. Within one operation all take turns, so that other load affects all of them
 * equally. Each check has a proof of its own, which is made outside of the measured time.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ResourceServerChecks {
  private static final String URI = BenchIssuer.AUDIENCE + "/accounts";
  private static final Demands DEMANDS = Demands.scopes(BenchIssuer.SCOPE);

  private final ThreadMXBean allocations = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private BenchIssuer issuer;
  private BenchClient client;
  private Peer peer;
  private FapiResourceServer forgetful;
  private FapiResourceServer remembering;
  private FapiResourceServer asking;
  private SpringDpop spring;
  private Runnable ofToken;
  private String bound;
  private String certified;
  private String opaque;

  @Setup
  public void prepare() throws Exception {
    issuer = new BenchIssuer();
    client = new BenchClient(issuer, URI);
    String thumbprint = client.thumbprint();
    bound = issuer.token("jkt", thumbprint);
    X509Certificate certificate =
        CertificateAuthority.create("CN=clients").issue("CN=fintech").certificate();
    certified =
        issuer.token("x5t#S256", X509CertUtils.computeSHA256Thumbprint(certificate).toString());
    opaque = issuer.opaque("jkt", thumbprint);
    peer = new Peer(InetAddress.getLoopbackAddress(), Optional.of(certificate));
    forgetful = kit().jwtAccessTokens(JwtSettings.defaults().memory(0)).build();
    remembering = kit().build();
    asking =
        kit()
            .introspection(
                IntrospectionSettings.by(
                        new ClientAuthentication.PrivateKeyJwt("api", issuer.key()))
                    .remembered(Duration.ofHours(1)))
            .build();
    spring = new SpringDpop(issuer.keys(), issuer.address(), BenchIssuer.AUDIENCE);
    ofToken = BenchClient.verification(bound, issuer.key());
  }

  private FapiResourceServerBuilder kit() {
    return FapiResourceServer.builder()
        .issuer(issuer.address())
        .resource(BenchIssuer.AUDIENCE)
        .ssl(issuer.trust())
        .replayStore(new CaffeineReplayStore());
  }

  @TearDown
  public void end() {
    issuer.close();
  }

  @Benchmark
  public void check(Blackhole result, CheckFigures figures) throws Exception {
    String proof = client.proof(bound);
    Runnable ofProof = client.verification(proof);
    turn(CheckWay.ONE_SIGNATURE, figures, result, () -> run(ofToken));
    turn(CheckWay.TWO_SIGNATURES, figures, result, () -> run(ofToken) && run(ofProof));
    ApiRequest unseen = request("DPoP", bound, client.proof(bound));
    turn(CheckWay.KIT, figures, result, () -> granted(forgetful, unseen));
    String another = client.proof(bound);
    turn(CheckWay.SPRING, figures, result, () -> spring.check(bound, another, "GET", URI));
    ApiRequest seen = request("DPoP", bound, client.proof(bound));
    turn(CheckWay.KIT_SEEN, figures, result, () -> granted(remembering, seen));
    ApiRequest asked = request("DPoP", opaque, client.proof(opaque));
    turn(CheckWay.KIT_ASKED, figures, result, () -> granted(asking, asked));
    ApiRequest certificate = request("Bearer", certified, null);
    turn(CheckWay.KIT_CERTIFICATE, figures, result, () -> granted(forgetful, certificate));
  }

  private void turn(CheckWay way, CheckFigures figures, Blackhole result, Callable<?> work)
      throws Exception {
    long allocated = allocations.getCurrentThreadAllocatedBytes();
    long start = System.nanoTime();
    result.consume(work.call());
    long end = System.nanoTime();
    figures.add(way, end - start, allocations.getCurrentThreadAllocatedBytes() - allocated);
  }

  private static boolean run(Runnable verification) {
    verification.run();
    return true;
  }

  private static Granted granted(FapiResourceServer server, ApiRequest request) {
    Decision decision = server.check(request, DEMANDS);
    if (decision instanceof Granted granted) {
      return granted;
    }
    throw new IllegalStateException("refused: " + decision);
  }

  private ApiRequest request(String scheme, String token, String proofOrNull) {
    HttpField authorization = new HttpField("Authorization", scheme + " " + token);
    HttpField accept = new HttpField("Accept", "application/json");
    return new ApiRequest(
        "GET",
        URI,
        proofOrNull == null
            ? List.of(authorization, accept)
            : List.of(authorization, accept, new HttpField("DPoP", proofOrNull)),
        ApiBody.NONE,
        peer);
  }
}
