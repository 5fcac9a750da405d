package io.github.fapipack.authz;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.fapipack.resourceserver.testing.DpopClient;
import io.github.fapipack.resourceserver.testing.TestIssuer;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** fapi-authz in a process of its own, asked as nginx asks. */
class FapiAuthzTest {
  private static final Charset US_ASCII = StandardCharsets.US_ASCII;
  private static final String API = "https://api.bank.example";

  @TempDir static Path folder;

  private static TestIssuer issuer;
  private static RunningAuthz authz;
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final DpopClient client = DpopClient.create();

  @BeforeAll
  static void start() throws IOException {
    issuer = TestIssuer.start(API);
    authz = RunningAuthz.start(folder, settings());
  }

  @AfterAll
  static void stop() {
    authz.close();
    issuer.close();
  }

  private static Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("issuer", issuer.issuer());
    settings.put("resource", API);
    settings.put("listen", "127.0.0.1:0");
    settings.put("demands", "GET /accounts/** scope=accounts; GET /open open");
    return settings;
  }

  @Test
  void aGoodRequestPassesAndTheApiIsToldWhoCalls() throws Exception {
    String token =
        issuer
            .accessToken()
            .scope("accounts profile")
            .subject("al\u00edce")
            .claim("grant_id", "g-1")
            .details(List.of(Map.of("type", "account_information")))
            .boundTo(client.key())
            .sign();

    HttpResponse<String> answer = ask(asked(token, "GET", "/accounts/1?x=%20y"));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(field(answer, "X-Fapi-Subject")).isEqualTo("al%C3%ADce");
    assertThat(field(answer, "X-Fapi-Client")).isEqualTo("client-1");
    assertThat(field(answer, "X-Fapi-Scope")).isEqualTo("accounts profile");
    assertThat(field(answer, "X-Fapi-Grant")).isEqualTo("g-1");
    assertThat(
            new String(
                Base64.getUrlDecoder().decode(field(answer, "X-Fapi-Authorization-Details")),
                StandardCharsets.UTF_8))
        .isEqualTo("[{\"type\":\"account_information\"}]");
  }

  @Test
  void anOpenOperationPassesAndNobodyIsNamed() throws Exception {
    HttpResponse<String> answer = ask(asked("GET", "/open").header("X-Fapi-Subject", "root"));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(field(answer, "X-Fapi-Subject")).isEmpty();
    assertThat(field(answer, "X-Fapi-Client")).isEmpty();
    assertThat(field(answer, "X-Fapi-Authorization-Details")).isEmpty();
  }

  @Test
  void aRequestWithoutATokenIsRefusedWithAChallenge() throws Exception {
    HttpResponse<String> answer = ask(asked("GET", "/accounts"));

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(field(answer, "WWW-Authenticate")).startsWith("DPoP ");
    assertThat(field(answer, "X-Fapi-Status")).isEqualTo("401");
  }

  @Test
  void aProofIsGoodOnce() throws Exception {
    HttpRequest.Builder asked = asked(token("accounts"), "GET", "/accounts");

    assertThat(ask(asked).statusCode()).isEqualTo(200);
    assertThat(ask(asked).statusCode()).isEqualTo(401);
  }

  @Test
  void aProofForAnotherOperationIsRefused() throws Exception {
    String token = token("accounts");
    String proof = client.proof("GET", API + "/accounts", token);

    for (String path : List.of("/accounts/1", "/accounts/2")) {
      HttpRequest.Builder asked =
          asked("GET", path).header("Authorization", "DPoP " + token).header("DPoP", proof);
      assertThat(ask(asked).statusCode()).isEqualTo(401);
    }
  }

  @Test
  void anotherScopeIsForbidden() throws Exception {
    HttpResponse<String> answer = ask(asked(token("payments"), "GET", "/accounts"));

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(field(answer, "X-Fapi-Status")).isEqualTo("403");
    assertThat(field(answer, "WWW-Authenticate")).contains("insufficient_scope");
  }

  @Test
  void whatNginxCannotCarryIsForbiddenAndSaysTheRealStatus() throws Exception {
    HttpResponse<String> ambiguous = ask(asked(token("accounts"), "GET", "/accounts/../x"));
    HttpResponse<String> unknown = ask(asked(token("accounts"), "GET", "/admin"));

    assertThat(ambiguous.statusCode()).isEqualTo(403);
    assertThat(field(ambiguous, "X-Fapi-Status")).isEqualTo("400");
    assertThat(field(ambiguous, "X-Fapi-Body")).contains("invalid_request");
    assertThat(unknown.statusCode()).isEqualTo(403);
    assertThat(field(unknown, "X-Fapi-Status")).isEqualTo("404");
  }

  @Test
  void aProxyThatDoesNotSayWhatWasAskedForFails() throws Exception {
    HttpRequest.Builder silent = HttpRequest.newBuilder(URI.create(authz.url("/check")));
    HttpRequest.Builder twice = asked("GET", "/open").header("X-Original-URI", "/accounts");

    assertThat(ask(silent).statusCode()).isEqualTo(500);
    assertThat(ask(twice).statusCode()).isEqualTo(500);
    assertThat(ask(asked("GET", "open")).statusCode()).isEqualTo(500);
  }

  @Test
  void aMachineThatIsNotTrustedIsRefused() throws Exception {
    Map<String, String> others = settings();
    others.put("trusted-proxies", "10.1.0.0/16");
    try (RunningAuthz guarded = RunningAuthz.start(folder, others)) {
      HttpRequest.Builder asked =
          HttpRequest.newBuilder(URI.create(guarded.url("/check")))
              .header("X-Original-Method", "GET")
              .header("X-Original-URI", "/open");

      assertThat(ask(asked).statusCode()).isEqualTo(403);
      assertThat(ask(HttpRequest.newBuilder(URI.create(guarded.url("/health")))).statusCode())
          .isEqualTo(200);
    }
  }

  @Test
  void metadataAndHealthAreForEverybody() throws Exception {
    HttpResponse<String> metadata =
        ask(HttpRequest.newBuilder(URI.create(authz.url("/.well-known/oauth-protected-resource"))));
    HttpResponse<String> health = ask(HttpRequest.newBuilder(URI.create(authz.url("/health"))));

    assertThat(metadata.statusCode()).isEqualTo(200);
    assertThat(metadata.body()).contains("\"resource\":\"" + API + "\"");
    assertThat(health.body()).isEqualTo("{\"status\":\"UP\"}");
    assertThat(ask(HttpRequest.newBuilder(URI.create(authz.url("/")))).statusCode()).isEqualTo(404);
  }

  @Test
  void whoSendsSlowlyIsCutOff() throws Exception {
    try (Socket slow = new Socket("127.0.0.1", authz.address().getPort())) {
      slow.setSoTimeout(30_000);
      slow.getOutputStream().write("GET /check HTTP/1.1\r\nX-Original-".getBytes(US_ASCII));

      assertThat(slow.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void headersThatNeverEndAreCutOff() throws Exception {
    try (Socket endless = new Socket("127.0.0.1", authz.address().getPort())) {
      endless.setSoTimeout(30_000);
      endless.getOutputStream().write("GET /check HTTP/1.1\r\nX: ".getBytes(US_ASCII));
      boolean cut = false;
      for (int sent = 0; !cut && sent < 64; sent++) {
        cut = !isTaken(endless, new byte[65536]);
      }
      assertThat(cut || isClosed(endless.getInputStream())).isTrue();
    }
    assertThat(ask(asked("GET", "/open")).statusCode()).isEqualTo(200);
  }

  @Test
  void itStopsWhenItIsTold() throws Exception {
    try (RunningAuthz other = RunningAuthz.start(folder, settings())) {
      long before = System.nanoTime();

      other.stop();

      assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - before)).isLessThan(8);
    }
  }

  @Test
  void itSaysEverythingThatIsMissing() throws Exception {
    Process process = RunningAuthz.process(folder, Map.of("treads", "3"), List.of()).start();

    assertThat(process.waitFor()).isEqualTo(78);
    assertThat(new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
        .contains("issuer is missing", "resource is missing", "demands is missing", "treads");
  }

  private static boolean isTaken(Socket socket, byte[] bytes) {
    try {
      Arrays.fill(bytes, (byte) 'a');
      socket.getOutputStream().write(bytes);
      return true;
    } catch (IOException closed) {
      return false;
    }
  }

  /** Whether the other side has ended the connection, perhaps after an answer. */
  private static boolean isClosed(InputStream from) {
    try {
      while (from.read() >= 0) {
        // An answer comes first.
      }
      return true;
    } catch (SocketTimeoutException open) {
      return false;
    } catch (IOException reset) {
      return true;
    }
  }

  private String token(String scope) {
    return issuer.accessToken().scope(scope).boundTo(client.key()).sign();
  }

  private HttpRequest.Builder asked(String token, String method, String uri) {
    return asked(method, uri)
        .header("Authorization", "DPoP " + token)
        .header("DPoP", client.proof(method, API + uri, token));
  }

  private static HttpRequest.Builder asked(String method, String uri) {
    return HttpRequest.newBuilder(URI.create(authz.url("/check")))
        .header("X-Original-Method", method)
        .header("X-Original-URI", uri);
  }

  private static HttpResponse<String> ask(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static String field(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name).orElseThrow();
  }
}
