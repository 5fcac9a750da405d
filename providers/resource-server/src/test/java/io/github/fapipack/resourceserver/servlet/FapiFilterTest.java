package io.github.fapipack.resourceserver.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import io.github.fapipack.httpsig.FapiSignatures;
import io.github.fapipack.httpsig.HttpField;
import io.github.fapipack.httpsig.HttpSignatureException;
import io.github.fapipack.httpsig.JcaKeys;
import io.github.fapipack.httpsig.RequestMessage;
import io.github.fapipack.httpsig.ResponseMessage;
import io.github.fapipack.httpsig.SignatureAlgorithm;
import io.github.fapipack.httpsig.VerifyingKey;
import io.github.fapipack.resourceserver.Demands;
import io.github.fapipack.resourceserver.FapiResourceServer;
import io.github.fapipack.resourceserver.FapiResourceServerBuilder;
import io.github.fapipack.resourceserver.message.ClientKeys;
import io.github.fapipack.resourceserver.message.HttpSignatures;
import io.github.fapipack.resourceserver.replay.CaffeineReplayStore;
import io.github.fapipack.resourceserver.request.Frontend;
import io.github.fapipack.resourceserver.routes.DemandRules;
import io.github.fapipack.resourceserver.testing.DpopClient;
import io.github.fapipack.resourceserver.testing.TestIssuer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The filter in a real Servlet container: plain, and with signed requests and responses. */
class FapiFilterTest {
  private static final String RESOURCE = "https://api.example";
  private static final int LIMIT = 2000;
  private static final DemandRules RULES =
      DemandRules.none()
          .on("GET /accounts/**", Demands.scopes("accounts"))
          .on("POST /accounts/**", Demands.scopes("accounts"))
          .open("GET /open/**")
          .open("POST /open/**");

  @TempDir static Path folder;

  private static final TestIssuer ISSUER = TestIssuer.start(RESOURCE);
  private static final DpopClient CLIENT = DpopClient.create();
  private static final JWK OWN = TestIssuer.newKey();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private static FilteredServer plain;
  private static FilteredServer signing;

  @BeforeAll
  static void start() throws Exception {
    plain = server("plain", api().build());
    signing =
        server(
            "signing",
            api()
                .httpSignatures(
                    HttpSignatures.of(
                            ClientKeys.of(
                                Map.of("client-1", new JWKSet(CLIENT.key().toPublicJWK()))))
                        .requiredFor("POST")
                        .signing(OWN))
                .build());
  }

  private static FapiResourceServerBuilder api() {
    return FapiResourceServer.builder()
        .issuer(ISSUER.issuer())
        .resource(RESOURCE)
        .frontend(Frontend.direct())
        .replayStore(new CaffeineReplayStore());
  }

  private static FilteredServer server(String name, FapiResourceServer api) throws Exception {
    return new FilteredServer(
        folder.resolve(name), new FapiFilter(api, RULES, LIMIT), new EchoServlet());
  }

  @AfterAll
  static void stop() throws Exception {
    plain.close();
    signing.close();
    ISSUER.close();
  }

  @Test
  void theApplicationKnowsWhoCalls() throws Exception {
    assertThat(send(call(plain, "GET", "/accounts/1")).body())
        .isEqualToNormalizingNewlines(
            """
            alice alice
            accounts: true
            admin: false
            granted: true
            content:\s
            """);
  }

  @Test
  void theApplicationGetsTheInteractionIdOnce() throws Exception {
    String id = "371ac59a-5ba5-4072-b49f-32f8ea4b0c63";
    HttpResponse<String> answer =
        send(call(plain, "GET", "/accounts").header("x-fapi-interaction-id", id));

    assertThat(answer.headers().allValues("x-fapi-interaction-id")).containsExactly(id);
  }

  @Test
  void anOpenPathIsServedToAnybody() throws Exception {
    HttpResponse<String> answer = send(HttpRequest.newBuilder(uri(plain, "/open")));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).startsWith("null null").contains("granted: false");
  }

  @Test
  void aRefusalIsTheWholeAnswer() throws Exception {
    HttpResponse<String> answer = send(HttpRequest.newBuilder(uri(plain, "/accounts")));

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().allValues("WWW-Authenticate")).hasSize(2);
    assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("application/json");
    assertThat(answer.body()).contains("error_description");
  }

  @Test
  void theMetadataIsServed() throws Exception {
    HttpResponse<String> answer =
        send(HttpRequest.newBuilder(uri(plain, "/.well-known/oauth-protected-resource")));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("\"resource\":\"" + RESOURCE + "\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"//accounts", "/accounts/", "/accounts;x", "/accounts/%2e%2e/open", "/ACCOUNTS"})
  void anAmbiguousPathIsRefused(String path) throws Exception {
    assertThat(send(call(plain, "GET", path)).statusCode()).isEqualTo(400);
  }

  @Test
  void contentThatNobodyChecksHasNoLimit() throws Exception {
    String content = "x".repeat(5 * LIMIT);

    HttpResponse<String> answer =
        send(call(plain, "POST", "/accounts").POST(BodyPublishers.ofString(content)));

    assertThat(answer.body()).contains("content: " + content);
  }

  @Test
  void contentThatIsCheckedIsThereForTheApplicationAgain() throws Exception {
    assertThat(send(signed("/accounts", "text/plain", "hello")).body()).contains("content: hello");
    assertThat(send(signed("/accounts/reader", "text/plain", "hello")).body()).isEqualTo("hello");
    assertThat(
            send(signed(
                    "/accounts/parameters?a=1", "application/x-www-form-urlencoded", "a=2&b=%20"))
                .body())
        .isEqualToNormalizingNewlines("a=1|2\nb= \n");
  }

  @Test
  void contentThatIsCheckedAndTooLongIsRefused() throws Exception {
    HttpResponse<String> answer = send(signed("/accounts", "text/plain", "x".repeat(LIMIT + 1)));

    assertThat(answer.statusCode()).isEqualTo(413);
  }

  @Test
  void alteredContentIsRefused() throws Exception {
    HttpRequest.Builder altered =
        signed("/accounts", "text/plain", "hello").POST(BodyPublishers.ofString("hellO"));

    assertThat(send(altered).statusCode()).isEqualTo(401);
  }

  @ParameterizedTest
  @CsvSource({
    "/accounts, 200",
    "/accounts/bytes, 200",
    "/accounts/nothing, 204",
    "/accounts/error, 409",
    "/accounts/redirect, 302",
    "/accounts/reset, 202"
  })
  void everyAnswerToACallIsSigned(String path, int status) throws Exception {
    HttpRequest request = call(signing, "GET", path).build();
    HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(status);
    verify(request, answer);
  }

  @Test
  void anAnswerToHeadIsSignedWithoutContent() throws Exception {
    HttpRequest request = call(signing, "HEAD", "/accounts/bytes").build();

    verify(request, HTTP.send(request, HttpResponse.BodyHandlers.ofString()));
  }

  @Test
  void aRefusalIsSignedToo() throws Exception {
    HttpRequest request = call(signing, "GET", "/nowhere").build();
    HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(404);
    verify(request, answer);
  }

  @Test
  void anAnswerThatIsTooLongToSignIsAnErrorOfTheServer() throws Exception {
    HttpResponse<String> answer = send(call(signing, "GET", "/accounts/long"));

    assertThat(answer.statusCode()).isEqualTo(500);
  }

  @Test
  void theApplicationKnowsWhetherItMayAnswerLater() throws Exception {
    assertThat(send(call(plain, "GET", "/accounts/async")).body()).isEqualTo("true");
    assertThat(send(call(signing, "GET", "/accounts/async")).body()).isEqualTo("false");
  }

  private static void verify(HttpRequest request, HttpResponse<String> answer)
      throws HttpSignatureException {
    List<HttpField> sent = new ArrayList<>();
    request
        .headers()
        .map()
        .forEach((name, values) -> values.forEach(value -> sent.add(new HttpField(name, value))));
    List<HttpField> got = new ArrayList<>();
    answer
        .headers()
        .map()
        .forEach((name, values) -> values.forEach(value -> got.add(new HttpField(name, value))));
    ResponseMessage message =
        new ResponseMessage(
            answer.statusCode(),
            got,
            new RequestMessage(request.method(), request.uri().toString(), sent));
    VerifyingKey key = verifying();
    FapiSignatures.at(Clock.systemUTC())
        .verifyResponse(
            message, answer.body().getBytes(StandardCharsets.UTF_8), id -> Optional.of(key));
  }

  private static VerifyingKey verifying() {
    try {
      return JcaKeys.verifying(OWN.toECKey().toECPublicKey(), SignatureAlgorithm.ECDSA_P256_SHA256);
    } catch (JOSEException | HttpSignatureException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A call whose content is signed by the client. */
  private static HttpRequest.Builder signed(String path, String type, String content)
      throws Exception {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    String uri = uri(signing, path).toString();
    String token = token();
    List<HttpField> fields =
        List.of(
            new HttpField("Authorization", "DPoP " + token),
            new HttpField("DPoP", CLIENT.proof("POST", uri, token)),
            new HttpField("Content-Type", type));
    RequestMessage message =
        FapiSignatures.at(Clock.systemUTC())
            .signRequest(
                new RequestMessage("POST", uri, fields),
                bytes,
                JcaKeys.signing(
                    CLIENT.key().getKeyID(),
                    CLIENT.key().toECKey().toECPrivateKey(),
                    SignatureAlgorithm.ECDSA_P256_SHA256));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(uri)).POST(BodyPublishers.ofByteArray(bytes));
    message.fields().forEach(field -> request.header(field.name(), field.value()));
    return request;
  }

  private static HttpRequest.Builder call(FilteredServer server, String method, String path) {
    return CLIENT.request(method, uri(server, path).toString(), token());
  }

  private static String token() {
    return ISSUER.accessToken().scope("accounts").boundTo(CLIENT.key()).sign();
  }

  private static URI uri(FilteredServer server, String path) {
    return URI.create("http://localhost:" + server.port() + path);
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
