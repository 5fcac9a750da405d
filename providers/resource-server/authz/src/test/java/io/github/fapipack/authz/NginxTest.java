package io.github.fapipack.authz;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.fapipack.resourceserver.testing.DpopClient;
import io.github.fapipack.resourceserver.testing.TestIssuer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real nginx with the nginx.conf of this folder, in front of an API, with a real fapi-authz. */
class NginxTest {
  /** What the issuer and fapi-authz call the API; callers know it by another port each run. */
  private static final String API = "https://localhost";

  @TempDir static Path folder;

  private static TestIssuer issuer;
  private static TestCertificate server;
  private static TestCertificate certificate;
  private static EchoApi api;
  private static RunningAuthz authz;
  private static RunningNginx nginx;
  private static HttpClient http;

  private final DpopClient client = DpopClient.create();

  @BeforeAll
  static void start() throws IOException, GeneralSecurityException, InterruptedException {
    issuer = TestIssuer.start(API);
    server = TestCertificate.of("localhost");
    certificate = TestCertificate.of("client");
    server.write(folder.resolve("server.crt"), folder.resolve("server.key"));
    api = EchoApi.start();
    authz = RunningAuthz.start(Files.createDirectory(folder.resolve("authz")), settings());
    nginx = new RunningNginx(folder, authz.address(), api.address());
    http = http(certificate);
  }

  private static Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("issuer", issuer.issuer());
    settings.put("resource", API);
    settings.put("listen", "127.0.0.1:0");
    settings.put("certificate-header", "X-Ssl-Client-Cert");
    settings.put(
        "demands",
        "GET /accounts/** scope=accounts; GET /accounts/admin scope=admin;"
            + " POST /payments scope=payments; GET /open open");
    return settings;
  }

  private static HttpClient http(TestCertificate shown)
      throws GeneralSecurityException, IOException {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .sslContext(shown.toward(server))
        .build();
  }

  @AfterAll
  static void stop() {
    nginx.close();
    authz.close();
    api.close();
    issuer.close();
  }

  @Test
  void theApiGetsTheRequestAndWhoSendsIt() throws Exception {
    HttpResponse<String> answer = send(call("accounts", "GET", "/accounts/1?from=2026%2D01"));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body().lines())
        .contains(
            "GET /accounts/1?from=2026%2D01",
            "x-fapi-subject: alice", "x-fapi-client: client-1", "x-fapi-scope: accounts")
        .noneMatch(line -> line.startsWith("authorization:") || line.startsWith("dpop:"));
    assertThat(answer.headers().firstValue("x-fapi-interaction-id")).isPresent();
  }

  @Test
  void theApiGetsTheContent() throws Exception {
    HttpRequest.Builder payment =
        call("payments", "POST", "/payments").POST(BodyPublishers.ofString("{\"amount\":1}"));

    assertThat(send(payment).body().lines())
        .contains("POST /payments", "{\"amount\":1}", "x-fapi-subject: alice");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-Fapi-Subject",
        "x-fapi-client",
        "X-FAPI-SCOPE",
        "X-Fapi-Grant",
        "X-Fapi-Authorization-Details",
        "X_Fapi_Subject",
        "X-Ssl-Client-Cert",
        "Client-Cert",
        "Client-Cert-Chain",
        "X-Forwarded-Client-Cert",
        "X-Forwarded-For",
        "X-Forwarded-Host",
        "Forwarded"
      })
  void theApiNeverGetsWhatACallerForges(String name) throws Exception {
    HttpResponse<String> checked =
        send(call("accounts", "GET", "/accounts").header(name, "forged"));
    HttpResponse<String> open = send(get("/open").header(name, "forged"));

    assertThat(checked.statusCode()).isEqualTo(200);
    assertThat(checked.body()).doesNotContain("forged");
    assertThat(open.statusCode()).isEqualTo(200);
    assertThat(open.body()).doesNotContain("forged").doesNotContain("x-fapi-subject");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-Original-URI",
        "X-Original-Method",
        "X-Forwarded-Uri",
        "X-Forwarded-Method",
        "X-Rewrite-URL"
      })
  void aCallerCannotTellOfAnotherRequest(String name) throws Exception {
    int before = api.calls();
    HttpRequest.Builder request =
        call("accounts", "GET", "/accounts/admin").header(name, "/accounts");

    assertThat(send(request).statusCode()).isEqualTo(403);
    assertThat(api.calls()).isEqualTo(before);
  }

  @Test
  void aTokenOfACertificateIsForTheConnectionWithThatCertificate() throws Exception {
    String token = issuer.accessToken().scope("accounts").boundTo(certificate.certificate()).sign();
    HttpRequest.Builder request = get("/accounts").header("Authorization", "Bearer " + token);

    assertThat(send(request).statusCode()).isEqualTo(200);

    HttpResponse<String> stolen =
        http(TestCertificate.of("thief"))
            .send(request.build(), HttpResponse.BodyHandlers.ofString());
    assertThat(stolen.statusCode()).isEqualTo(401);
    assertThat(stolen.body()).contains("invalid_token");
  }

  @Test
  void aForgedCertificateHeaderHelpsNoThief() throws Exception {
    String token = issuer.accessToken().scope("accounts").boundTo(certificate.certificate()).sign();
    String pem = Files.readString(write(certificate)).replace("\n", "%0A").replace(" ", "%20");
    HttpRequest.Builder request =
        get("/accounts")
            .header("Authorization", "Bearer " + token)
            .header("X-Ssl-Client-Cert", pem)
            .header("Client-Cert", pem);

    HttpResponse<String> stolen =
        http(TestCertificate.of("thief"))
            .send(request.build(), HttpResponse.BodyHandlers.ofString());

    assertThat(stolen.statusCode()).isEqualTo(401);
  }

  private static Path write(TestCertificate one) throws GeneralSecurityException, IOException {
    Path file = folder.resolve("shown.crt");
    one.write(file, folder.resolve("shown.key"));
    return file;
  }

  @Test
  void aRefusalReachesTheCallerWithItsChallengeOnce() throws Exception {
    HttpResponse<String> answer = send(get("/accounts"));

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().allValues("WWW-Authenticate")).hasSize(1);
    assertThat(answer.headers().firstValue("WWW-Authenticate").orElseThrow()).startsWith("DPoP ");
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(answer.body()).startsWith("{").contains("error_description");
    assertThat(answer.headers().firstValue("x-fapi-interaction-id")).isPresent();
    assertThat(answer.headers().map()).doesNotContainKeys("x-fapi-status", "x-fapi-body");
  }

  @Test
  void everyStatusReachesTheCaller() throws Exception {
    HttpResponse<String> scope = send(call("payments", "GET", "/accounts"));

    assertThat(scope.statusCode()).isEqualTo(403);
    assertThat(scope.headers().firstValue("WWW-Authenticate").orElseThrow())
        .contains("insufficient_scope");
    assertThat(send(get("/nowhere")).statusCode()).isEqualTo(404);
    assertThat(send(get("/accounts/")).statusCode()).isEqualTo(400);
    assertThat(send(get("/accounts/")).body()).contains("must not end with a slash");
  }

  @Test
  void aProofIsGoodOnce() throws Exception {
    HttpRequest.Builder request = call("accounts", "GET", "/accounts");

    assertThat(send(request).statusCode()).isEqualTo(200);
    assertThat(send(request).statusCode()).isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "//accounts/admin",
        "/accounts//admin",
        "/accounts/admin/",
        "/accounts/./admin",
        "/accounts/x/../admin",
        "/accounts/%2e/admin",
        "/accounts/x/%2e%2e/admin",
        "/accounts%2fadmin",
        "/accounts/%61dmin",
        "/accounts/admin;x",
        "/accounts/ADMIN",
        "/open/../accounts/admin",
        "/open/..;/accounts/admin",
        "/accounts\\admin"
      })
  void noSpellingOfAPathReachesTheApi(String path) throws Exception {
    int before = api.calls();
    String token = issuer.accessToken().scope("accounts").boundTo(client.key()).sign();
    String proof = client.proof("GET", API + path, token);

    String status = raw("GET " + path + " HTTP/1.1", "DPoP " + token, proof);

    assertThat(status).containsAnyOf(" 400 ", " 401 ", " 403 ", " 404 ");
    assertThat(api.calls()).isEqualTo(before);
  }

  @Test
  void manyFieldsGetAnAnswerToo() throws Exception {
    HttpRequest.Builder many = get("/accounts");
    for (int i = 0; i < 300; i++) {
      many.header("X-" + i, "v");
    }

    assertThat(send(many).statusCode()).isEqualTo(401);
  }

  @Test
  void theApisOwnRefusalsGoThrough() throws Exception {
    HttpResponse<String> own = send(call("accounts", "GET", "/accounts/own-401"));

    assertThat(own.statusCode()).isEqualTo(401);
    assertThat(own.body()).startsWith("GET /accounts/own-401");
  }

  @Test
  void theMetadataIsForEverybody() throws Exception {
    HttpResponse<String> metadata = send(get("/.well-known/oauth-protected-resource"));

    assertThat(metadata.statusCode()).isEqualTo(200);
    assertThat(metadata.body()).contains("\"resource\":");
  }

  @Test
  void theCheckItselfIsNotForCallers() throws Exception {
    assertThat(send(get("/_fapi_authz")).statusCode()).isEqualTo(404);
  }

  @Test
  void nothingPassesWhileFapiAuthzIsDown() throws Exception {
    Path other = Files.createDirectory(folder.resolve("down"));
    server.write(other.resolve("server.crt"), other.resolve("server.key"));
    RunningAuthz gone = RunningAuthz.start(other, settings());
    gone.stop();
    int before = api.calls();
    try (RunningNginx alone = new RunningNginx(other, gone.address(), api.address())) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(RunningNginx.origin(alone.port()) + "/open")).build();

      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());

      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.headers().firstValue("Retry-After")).contains("5");
      assertThat(api.calls()).isEqualTo(before);
    }
  }

  /** Sends what no HTTP client would; returns the first line of the answer. */
  private static String raw(String line, String authorization, String proof) throws Exception {
    try (SSLSocket socket =
        (SSLSocket)
            certificate.toward(server).getSocketFactory().createSocket("localhost", nginx.port())) {
      String request =
          String.join(
              "\r\n",
              line,
              "Host: localhost",
              "Authorization: " + authorization,
              "DPoP: " + proof,
              "Connection: close",
              "",
              "");
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      String answer =
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      return answer.lines().findFirst().orElse("");
    }
  }

  private HttpRequest.Builder call(String scope, String method, String path) {
    String token = issuer.accessToken().scope(scope).boundTo(client.key()).sign();
    return get(path)
        .method(method, BodyPublishers.noBody())
        .header("Authorization", "DPoP " + token)
        .header("DPoP", client.proof(method, API + path, token));
  }

  private static HttpRequest.Builder get(String path) {
    return HttpRequest.newBuilder(URI.create(RunningNginx.origin(nginx.port()) + path));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
