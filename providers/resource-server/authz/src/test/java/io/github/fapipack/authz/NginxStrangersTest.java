package io.github.fapipack.authz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What strangers send to get past nginx and fapi-authz. */
class NginxStrangersTest {
  @TempDir static Path folder;

  private static GuardedApi guarded;

  @BeforeAll
  static void start() throws Exception {
    guarded = new GuardedApi(folder);
  }

  @AfterAll
  static void stop() {
    guarded.close();
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
        guarded.send(guarded.call("accounts", "GET", "/accounts").header(name, "forged"));
    HttpResponse<String> open = guarded.send(guarded.get("/open").header(name, "forged"));

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
    int before = guarded.api().calls();
    HttpRequest.Builder request =
        guarded.call("accounts", "GET", "/accounts/admin").header(name, "/accounts");

    assertThat(guarded.send(request).statusCode()).isEqualTo(403);
    assertThat(guarded.api().calls()).isEqualTo(before);
  }

  @Test
  void aTokenOfACertificateIsForTheConnectionWithThatCertificate() throws Exception {
    String token =
        guarded
            .issuer()
            .accessToken()
            .scope("accounts")
            .boundTo(guarded.certificate().certificate())
            .sign();
    HttpRequest.Builder request =
        guarded.get("/accounts").header("Authorization", "Bearer " + token);

    assertThat(guarded.send(request).statusCode()).isEqualTo(200);

    HttpResponse<String> stolen =
        guarded
            .http(TestCertificate.of("thief"))
            .send(request.build(), HttpResponse.BodyHandlers.ofString());
    assertThat(stolen.statusCode()).isEqualTo(401);
    assertThat(stolen.body()).contains("invalid_token");
  }

  @Test
  void aForgedCertificateHeaderHelpsNoThief() throws Exception {
    String token =
        guarded
            .issuer()
            .accessToken()
            .scope("accounts")
            .boundTo(guarded.certificate().certificate())
            .sign();
    String pem =
        Files.readString(write(guarded.certificate())).replace("\n", "%0A").replace(" ", "%20");
    HttpRequest.Builder request =
        guarded
            .get("/accounts")
            .header("Authorization", "Bearer " + token)
            .header("X-Ssl-Client-Cert", pem)
            .header("Client-Cert", pem);

    HttpResponse<String> stolen =
        guarded
            .http(TestCertificate.of("thief"))
            .send(request.build(), HttpResponse.BodyHandlers.ofString());

    assertThat(stolen.statusCode()).isEqualTo(401);
  }

  private static Path write(TestCertificate one) throws GeneralSecurityException, IOException {
    Path file = folder.resolve("shown.crt");
    one.write(file, folder.resolve("shown.key"));
    return file;
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
    int before = guarded.api().calls();
    String token =
        guarded.issuer().accessToken().scope("accounts").boundTo(guarded.client().key()).sign();
    String proof = guarded.client().proof("GET", GuardedApi.NAME + path, token);

    String status = raw("GET " + path + " HTTP/1.1", "DPoP " + token, proof);

    assertThat(status).containsAnyOf(" 400 ", " 401 ", " 403 ", " 404 ");
    assertThat(guarded.api().calls()).isEqualTo(before);
  }

  @Test
  void manyFieldsGetAnAnswerToo() throws Exception {
    HttpRequest.Builder many = guarded.get("/accounts");
    for (int i = 0; i < 300; i++) {
      many.header("X-" + i, "v");
    }

    assertThat(guarded.send(many).statusCode()).isEqualTo(401);
  }

  @Test
  void theCheckItselfIsNotForCallers() throws Exception {
    assertThat(guarded.send(guarded.get("/_fapi_authz")).statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/check/../", "/check/x/../../", "/check/%2e%2e/", "//check/../"})
  void noSpellingOfAPathReachesTheCheckInPlaceOfTheMetadata(String path) throws Exception {
    String token =
        guarded.issuer().accessToken().scope("accounts").boundTo(guarded.client().key()).sign();
    String proof = guarded.client().proof("GET", GuardedApi.NAME + "/accounts", token);

    String answer =
        answer(
            "GET " + path + ".well-known/oauth-protected-resource HTTP/1.1",
            "DPoP " + token,
            proof + "\r\nX-Original-Method: GET\r\nX-Original-URI: /accounts");

    assertThat(answer).startsWith("HTTP/1.1 ").doesNotContainIgnoringCase("x-fapi-subject");
  }

  /** The first line of the answer. */
  private static String raw(String line, String authorization, String proof) throws Exception {
    return answer(line, authorization, proof).lines().findFirst().orElse("");
  }

  /** Sends what no HTTP client would. */
  private static String answer(String line, String authorization, String proof) throws Exception {
    SSLSocketFactory tls = guarded.certificate().toward(guarded.server()).getSocketFactory();
    try (Socket socket = tls.createSocket("localhost", guarded.nginx().port())) {
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
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }
}
