package io.github.fapipack.samples.quarkus;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.fapipack.httpsig.FapiSignatures;
import io.github.fapipack.httpsig.HttpField;
import io.github.fapipack.httpsig.JcaKeys;
import io.github.fapipack.httpsig.RequestMessage;
import io.github.fapipack.httpsig.ResponseMessage;
import io.github.fapipack.httpsig.SignatureAlgorithm;
import io.github.fapipack.httpsig.VerifyingKey;
import io.github.fapipack.resourceserver.testing.DpopClient;
import io.github.fapipack.resourceserver.testing.TestIssuer;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Signed requests and responses through the Jakarta REST filter. */
@QuarkusTest
@TestProfile(SigningApi.Profile.class)
@WithTestResource(IssuerOfTests.class)
class SignedBankTest {
  private static final DpopClient CLIENT = SigningApi.CLIENT;
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final Map<String, Object> APPROVED =
      Map.of(
          "type",
          "payment_initiation",
          "instructedAmount",
          Map.of("amount", "123.50", "currency", "EUR"),
          "creditorName",
          "Merchant A",
          "creditorAccount",
          Map.of("iban", "DE02100100109307118603"));
  private static final String PAYMENT =
      """
      {"instructedAmount": {"amount": "123.50", "currency": "EUR"},
       "creditorName": "Merchant A", "creditorAccount": {"iban": "DE02100100109307118603"}}
      """;

  @TestHTTPResource("/")
  URL base;

  /** Set by {@link IssuerOfTests}. */
  TestIssuer issuer;

  @Test
  void theAccountsAreSigned() throws Exception {
    String token = issuer.accessToken().scope("accounts").boundTo(CLIENT.key()).sign();
    HttpRequest request = CLIENT.request("GET", uri("/accounts"), token).build();
    HttpResponse<String> answer = send(request);

    assertThat(answer.statusCode()).isEqualTo(200);
    verify(request, answer);
  }

  @Test
  void aRefusalIsSigned() throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(uri("/accounts"))).build();
    HttpResponse<String> answer = send(request);

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("Signature")).isPresent();
  }

  @Test
  void aSignedPaymentReachesTheResourceMethod() throws Exception {
    HttpRequest request = payment(PAYMENT).build();
    HttpResponse<String> answer = send(request);

    assertThat(answer.statusCode()).isEqualTo(201);
    verify(request, answer);
  }

  @Test
  void anAlteredPaymentDoesNot() throws Exception {
    HttpRequest altered =
        payment(PAYMENT).POST(BodyPublishers.ofString(PAYMENT.replace("123", "923"))).build();

    assertThat(send(altered).statusCode()).isEqualTo(401);
  }

  @Test
  void aPaymentWithoutASignatureDoesNot() throws Exception {
    HttpRequest unsigned =
        CLIENT
            .request("POST", uri("/payments"), token())
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(PAYMENT))
            .build();

    assertThat(send(unsigned).statusCode()).isEqualTo(401);
  }

  private String token() {
    return issuer
        .accessToken()
        .details(List.of(APPROVED))
        .claim("grant_id", UUID.randomUUID().toString())
        .boundTo(CLIENT.key())
        .sign();
  }

  private HttpRequest.Builder payment(String content) throws Exception {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    String uri = uri("/payments");
    String token = token();
    List<HttpField> fields =
        List.of(
            new HttpField("Authorization", "DPoP " + token),
            new HttpField("DPoP", CLIENT.proof("POST", uri, token)),
            new HttpField("Content-Type", "application/json"));
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

  private static void verify(HttpRequest request, HttpResponse<String> answer) throws Exception {
    ResponseMessage message =
        new ResponseMessage(
            answer.statusCode(),
            fields(answer.headers()),
            new RequestMessage(
                request.method(), request.uri().toString(), fields(request.headers())));
    VerifyingKey key =
        JcaKeys.verifying(
            SigningApi.OWN.toECKey().toECPublicKey(), SignatureAlgorithm.ECDSA_P256_SHA256);
    FapiSignatures.at(Clock.systemUTC())
        .verifyResponse(
            message, answer.body().getBytes(StandardCharsets.UTF_8), id -> Optional.of(key));
  }

  private static List<HttpField> fields(HttpHeaders headers) {
    List<HttpField> fields = new ArrayList<>();
    headers
        .map()
        .forEach((name, values) -> values.forEach(value -> fields.add(new HttpField(name, value))));
    return fields;
  }

  private String uri(String path) {
    return "http://localhost:" + base.getPort() + path;
  }

  private static HttpResponse<String> send(HttpRequest request) throws Exception {
    return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
  }
}
