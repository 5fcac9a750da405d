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
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** fapi-authz, asked as Envoy, Traefik and APISIX ask. */
class OtherProxiesTest {
  private static final String API = "https://api.bank.example";
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @TempDir Path folder;

  private final DpopClient client = DpopClient.create();
  private TestIssuer issuer;
  private RunningAuthz authz;

  @BeforeEach
  void start() {
    issuer = TestIssuer.start(API);
  }

  @AfterEach
  void stop() {
    if (authz != null) {
      authz.close();
    }
    issuer.close();
  }

  private void start(String proxy) throws IOException {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("issuer", issuer.issuer());
    settings.put("resource", API);
    settings.put("listen", "127.0.0.1:0");
    settings.put("proxy", proxy);
    settings.put("demands", "GET /accounts/** scope=accounts; POST /payments scope=accounts");
    authz = RunningAuthz.start(folder, settings);
  }

  @Test
  void envoySendsTheOriginalRequestBelowThePrefix() throws Exception {
    start("envoy");

    assertThat(status(good("GET", "/accounts?a=b", "/check/accounts?a=b"))).isEqualTo(200);
    assertThat(
            status(
                good("POST", "/payments", "/check/payments").POST(BodyPublishers.ofString("{}"))))
        .isEqualTo(200);
    assertThat(status(good("GET", "/accounts", "/check/accounts/1"))).isEqualTo(401);
    assertThat(status(good("GET", "/accounts", "/check/accounts").header("DPoP", "second")))
        .isIn(400, 401);
  }

  @Test
  void envoyGetsEveryStatusAsItIs() throws Exception {
    start("envoy");

    HttpResponse<String> ambiguous = send(good("GET", "/accounts/", "/check/accounts/"));

    assertThat(ambiguous.statusCode()).isEqualTo(400);
    assertThat(ambiguous.body()).contains("must not end with a slash");
    assertThat(ambiguous.headers().firstValue("X-Fapi-Status")).isEmpty();
    assertThat(status(good("GET", "/nowhere", "/check/nowhere"))).isEqualTo(404);
  }

  @Test
  void fieldsOfAnotherProxyMeanNothingToEnvoy() throws Exception {
    start("envoy");
    HttpRequest.Builder forged =
        good("GET", "/accounts", "/check/nowhere")
            .header("X-Original-URI", "/accounts")
            .header("X-Forwarded-Uri", "/accounts");

    assertThat(status(forged)).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"traefik", "apisix"})
  void forwardAuthTellsMethodAndUri(String proxy) throws Exception {
    start(proxy);

    assertThat(status(forwarded("GET", "/accounts"))).isEqualTo(200);
    assertThat(status(forwarded("GET", "/accounts/"))).isEqualTo(400);
    assertThat(status(good("GET", "/accounts", "/check"))).isEqualTo(500);
  }

  private HttpRequest.Builder forwarded(String method, String uri) {
    return good(method, uri, "/check")
        .GET()
        .header("X-Forwarded-Method", method)
        .header("X-Forwarded-Uri", uri);
  }

  /** A request with a good proof for that URI of the API. */
  private HttpRequest.Builder good(String method, String uri, String asked) {
    String token = issuer.accessToken().scope("accounts").boundTo(client.key()).sign();
    return HttpRequest.newBuilder(URI.create(authz.url(asked)))
        .method(method, BodyPublishers.noBody())
        .header("Authorization", "DPoP " + token)
        .header("DPoP", client.proof(method, API + uri, token));
  }

  private static int status(HttpRequest.Builder request) throws Exception {
    return send(request).statusCode();
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
