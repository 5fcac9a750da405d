package io.github.fapipack.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real nginx with docker/nginx.conf: which headers reach a node from which sender. */
class ProxyIT {
  private static final String FORGED = "forged";
  private static final String TOKEN = "/realms/bank/protocol/openid-connect/token";

  @TempDir static Path folder;

  private static Path pki;
  private static EchoNode node;
  private static Nginx nginx;
  private static HttpClient stranger;
  private static HttpClient client;

  @BeforeAll
  static void start() throws IOException, GeneralSecurityException, InterruptedException {
    pki = DockerFolder.pki(folder.resolve("pki"));
    node = new EchoNode(pki);
    nginx = new Nginx(folder, pki, node.port());
    stranger = http(null);
    client = http(DockerFolder.keyStore(pki, "client"));
  }

  @AfterAll
  static void stop() throws InterruptedException {
    if (nginx != null) {
      nginx.close();
    }
    if (node != null) {
      node.close();
    }
  }

  @Test
  void passesOnTheCertificateOfTheHandshake() throws Exception {
    String header = theOnly("ssl-client-cert", send(client, get(TOKEN)));

    assertThat(decoded(header)).isEqualTo(Tls.certificate(pki.resolve("client.crt")));
  }

  @Test
  void overwritesAForgedCertificateWithTheOneOfTheHandshake() throws Exception {
    HttpRequest.Builder request =
        get(TOKEN)
            .header("Ssl-Client-Cert", FORGED)
            .header("ssl-client-cert", FORGED)
            .header("ssl_client_cert", FORGED);
    HttpResponse<String> answer = send(client, request);

    assertThat(answer.body()).doesNotContain(FORGED);
    assertThat(decoded(theOnly("ssl-client-cert", answer)))
        .isEqualTo(Tls.certificate(pki.resolve("client.crt")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Ssl-Client-Cert",
        "SSL-CLIENT-CERT",
        "ssl-client-cert",
        "ssl_client_cert",
        "SSL_CLIENT_CERT",
        "Ssl_Client-Cert",
        "Ssl-Client-Verify",
        "ssl_client_verify",
        "X-SSL-Client-Cert",
        "X_SSL_CLIENT_CERT",
        "X-Client-Cert",
        "Client-Cert",
        "Client-Cert-Chain",
        "Client-Cert-Chain_0",
        "X-Forwarded-Client-Cert",
        "X-Forwarded-Tls-Client-Cert",
        "X-Forwarded-Tls-Client-Cert-Info",
        "X-Forwarded-Trusted-Proxy",
        "X-Forwarded-For",
        "X-Forwarded-Host",
        "X-Forwarded-Proto",
        "X-Forwarded-Port",
        "X-Forwarded-Prefix",
        "X-Forwarded-Server",
        "X_Forwarded_For",
        "X-Real-IP",
        "Forwarded",
      })
  void neverBelievesAHeaderFromOutside(String name) throws Exception {
    for (String path : List.of(TOKEN, "/resources/a.css", "/.well-known/openid-configuration")) {
      HttpResponse<String> answer = send(stranger, get(path).header(name, FORGED));

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).doesNotContain(FORGED);
    }
    assertThat(send(stranger, admin("/admin/").header(name, FORGED)).body())
        .contains("x-forwarded-for: 127.0.0.1")
        .doesNotContain(FORGED);
  }

  @Test
  void saysItselfWhereARequestCameFrom() throws Exception {
    String headers = send(stranger, get(TOKEN)).body();

    assertThat(headers.lines())
        .contains(
            "x-forwarded-for: 127.0.0.1",
            "x-forwarded-proto: https",
            "x-forwarded-host: localhost:" + nginx.publicPort())
        .noneMatch(line -> line.startsWith("ssl-client"));
  }

  @Test
  void refusesACertificateOfAnotherAuthority() throws Exception {
    Path other = DockerFolder.pki(folder.resolve("other-pki"));
    HttpClient impostor = http(DockerFolder.keyStore(other, "client"));

    HttpResponse<String> answer = send(impostor, get(TOKEN));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("SSL certificate error").doesNotContain("x-forwarded-for");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/admin/",
        "/metrics",
        "/health",
        "/realms/../admin/",
        "/realms/%2e%2e/admin/",
        "/realms/..%2fadmin/",
        "/realms/..;/admin/",
        "/realms/..;a=b/admin/",
        "/realms//../../admin/",
      })
  void showsTheWorldNoAdministration(String path) throws Exception {
    assertThat(send(stranger, get(path)).statusCode()).isIn(400, 404);
  }

  @Test
  void goesOnWithTheOtherNodeWhenOneIsDown() throws Exception {
    for (int i = 0; i < 20; i++) {
      HttpRequest.Builder post =
          get(TOKEN).POST(BodyPublishers.ofString("grant_type=client_credentials"));
      assertThat(send(stranger, post).statusCode()).isEqualTo(200);
    }
  }

  private static HttpRequest.Builder get(String path) {
    return HttpRequest.newBuilder(URI.create("https://localhost:" + nginx.publicPort() + path));
  }

  private static HttpRequest.Builder admin(String path) {
    return HttpRequest.newBuilder(URI.create("https://localhost:" + nginx.adminPort() + path));
  }

  private static HttpResponse<String> send(HttpClient by, HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return by.send(request.build(), BodyHandlers.ofString());
  }

  private static HttpClient http(Path keyStoreOrNull) throws IOException, GeneralSecurityException {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .sslContext(Tls.context(pki, keyStoreOrNull))
        .build();
  }

  private static String theOnly(String name, HttpResponse<String> answer) {
    List<String> lines =
        answer.body().lines().filter(line -> line.startsWith(name + ": ")).toList();
    assertThat(lines).hasSize(1);
    return lines.get(0).substring(name.length() + 2);
  }

  private static Object decoded(String header) throws GeneralSecurityException {
    byte[] pem =
        URLDecoder.decode(header, StandardCharsets.UTF_8).getBytes(StandardCharsets.US_ASCII);
    return Tls.certificate(new ByteArrayInputStream(pem));
  }
}
