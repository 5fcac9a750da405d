package io.github.fapipack.samples.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.fapipack.resourceserver.testing.DpopClient;
import io.github.fapipack.resourceserver.testing.TestIssuer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The application as it runs, with tokens of a test issuer. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class BankApplicationTest {
  private static final String API = "https://api.bank.example";
  private static final TestIssuer ISSUER = TestIssuer.start(API);
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Map<String, Object> PAYMENT =
      Map.of(
          "type",
          "payment_initiation",
          "instructedAmount",
          Map.of("amount", "123.50", "currency", "EUR"),
          "creditorName",
          "Merchant A",
          "creditorAccount",
          Map.of("iban", "DE02100100109307118603"));

  private final DpopClient client = DpopClient.create();

  @LocalServerPort private int port;

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry registry) {
    registry.add("fapi.issuer", ISSUER::issuer);
    registry.add("fapi.resource", () -> API);
  }

  @AfterAll
  static void stop() {
    ISSUER.close();
  }

  @Test
  void whoMayReadAccountsReadsThem() throws Exception {
    HttpResponse<String> answer = send(call("accounts", "/accounts"));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("\"owner\":\"alice\"");
    assertThat(answer.headers().firstValue("x-fapi-interaction-id")).isPresent();
  }

  @Test
  void withoutATokenNothingIsServed() throws Exception {
    HttpResponse<String> answer = send(HttpRequest.newBuilder(uri("/accounts")));

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("WWW-Authenticate").orElseThrow()).startsWith("DPoP ");
  }

  @Test
  void aProofIsGoodOnce() throws Exception {
    HttpRequest.Builder request = call("accounts", "/accounts");

    assertThat(send(request).statusCode()).isEqualTo(200);
    assertThat(send(request).statusCode()).isEqualTo(401);
  }

  @Test
  void aBoundTokenIsNoBearerToken() throws Exception {
    String token = ISSUER.accessToken().scope("accounts").boundTo(client.key()).sign();

    assertThat(
            send(HttpRequest.newBuilder(uri("/accounts"))
                    .header("Authorization", "Bearer " + token))
                .statusCode())
        .isEqualTo(401);
  }

  @Test
  void anotherScopeIsRefusedByTheFilter() throws Exception {
    HttpResponse<String> answer = send(call("payments", "/accounts"));

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("insufficient_scope");
  }

  @Test
  void springSecurityKnowsTheScopes() throws Exception {
    assertThat(send(call("accounts", "/accounts/admin")).statusCode()).isEqualTo(403);
    assertThat(send(call("accounts admin", "/accounts/admin")).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "//accounts",
        "/accounts/",
        "/accounts;x",
        "/accounts%2Fadmin",
        "/accounts/%61dmin",
        "/accounts/ADMIN",
        "/accounts/./admin"
      })
  void noOtherSpellingOfAPathIsServed(String path) throws Exception {
    assertThat(send(call("accounts admin", path)).statusCode()).isIn(400, 404);
  }

  @Test
  void whatHasNoRuleIsNotServed() throws Exception {
    assertThat(send(call("accounts", "/error")).statusCode()).isEqualTo(404);
  }

  @Test
  void aPaymentIsExecutedAsApprovedAndOnce() throws Exception {
    String token = paymentToken();
    String approved = json("123.50");

    assertThat(send(payment(token, json("999.00"))).statusCode()).isEqualTo(403);
    assertThat(send(payment(token, "{}")).statusCode()).isEqualTo(403);
    HttpResponse<String> done = send(payment(token, approved));
    HttpResponse<String> again = send(payment(token, approved));

    assertThat(done.statusCode()).isEqualTo(201);
    assertThat(done.body()).contains("paymentId");
    assertThat(again.statusCode()).isEqualTo(403);
  }

  @Test
  void theMetadataNamesTheIssuer() throws Exception {
    HttpResponse<String> metadata =
        send(HttpRequest.newBuilder(uri("/.well-known/oauth-protected-resource")));

    assertThat(metadata.statusCode()).isEqualTo(200);
    assertThat(metadata.body()).contains(ISSUER.issuer());
  }

  private String paymentToken() {
    return ISSUER
        .accessToken()
        .details(List.of(PAYMENT))
        .claim("grant_id", UUID.randomUUID().toString())
        .boundTo(client.key())
        .sign();
  }

  private static String json(String amount) {
    return """
    {"instructedAmount": {"amount": "%s", "currency": "EUR"},
     "creditorName": "Merchant A", "creditorAccount": {"iban": "DE02100100109307118603"}}
    """
        .formatted(amount);
  }

  private HttpRequest.Builder payment(String token, String content) {
    return signed("POST", "/payments", token)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(content));
  }

  private HttpRequest.Builder call(String scope, String path) {
    return signed("GET", path, ISSUER.accessToken().scope(scope).boundTo(client.key()).sign());
  }

  /** The proof names the API as callers know it. */
  private HttpRequest.Builder signed(String method, String path, String token) {
    return HttpRequest.newBuilder(uri(path))
        .header("Authorization", "DPoP " + token)
        .header("DPoP", client.proof(method, API + path, token));
  }

  private URI uri(String path) {
    return URI.create("http://localhost:" + port + path);
  }

  private static HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
