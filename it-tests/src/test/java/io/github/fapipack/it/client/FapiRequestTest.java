package io.github.fapipack.it.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.fapipack.it.http.NamedValues;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The client with a server that requires the nonce "n1" and records the requests. */
class FapiRequestTest {
  private final List<List<String>> proofs = new ArrayList<>();
  private final List<NamedValues> forms = new ArrayList<>();
  private HttpServer server;
  private FapiClient client;

  @BeforeEach
  void start() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    client =
        FapiClient.of("http://issuer.example.org")
            .clientId("me")
            .tls(SSLContext.getDefault(), null)
            .build();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void answersANonceChallengeWithFreshAssertionAndProof() throws Exception {
    request().expect();

    assertThat(proofs).hasSize(2);
    assertThat(nonce(0)).isNull();
    assertThat(nonce(1)).isEqualTo("n1");
    assertThat(forms.get(0).get("client_assertion"))
        .isNotEqualTo(forms.get(1).get("client_assertion"));
  }

  @Test
  void remembersTheNonce() throws Exception {
    request().expect();
    request().expect();

    assertThat(proofs).hasSize(3);
    assertThat(nonce(2)).isEqualTo("n1");
  }

  @Test
  void leavesTheChallengeToTheTestIfTold() {
    request().ignoringNonces().expectError(400, "use_dpop_nonce");

    assertThat(proofs).hasSize(1);
  }

  @Test
  void sendsWhatAnAttackerWants() {
    request()
        .adding("scope", "a")
        .adding("scope", "b")
        .without("client_assertion_type")
        .addingHeader("DPoP", "second")
        .ignoringNonces()
        .send();

    assertThat(forms.get(0).all("scope")).containsExactly("a", "b");
    assertThat(forms.get(0).get("client_assertion_type")).isEmpty();
    assertThat(proofs.get(0)).hasSize(2).contains("second");
  }

  private FapiRequest<io.github.fapipack.it.http.HttpExchange> request() {
    URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/token");
    return new FapiRequest<>(client, "POST", uri, answer -> answer.expectStatus(200))
        .authenticated()
        .proven();
  }

  private String nonce(int request) throws ParseException {
    SignedJWT proof = SignedJWT.parse(proofs.get(request).get(0));
    return proof.getJWTClaimsSet().getStringClaim("nonce");
  }

  private void answer(HttpExchange exchange) throws IOException {
    proofs.add(List.copyOf(exchange.getRequestHeaders().get("DPoP")));
    String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    forms.add(NamedValues.parse(form));
    boolean satisfied;
    try {
      satisfied = "n1".equals(nonce(proofs.size() - 1));
    } catch (ParseException e) {
      satisfied = false;
    }
    exchange.getResponseHeaders().set("DPoP-Nonce", "n1");
    byte[] body =
        (satisfied ? "{}" : "{\"error\":\"use_dpop_nonce\"}").getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(satisfied ? 200 : 400, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
