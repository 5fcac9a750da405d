package io.github.fapipack.authz;

import io.github.fapipack.resourceserver.testing.DpopClient;
import io.github.fapipack.resourceserver.testing.TestIssuer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.LinkedHashMap;
import java.util.Map;

/** An API behind a real nginx with the nginx.conf of this folder, and a real fapi-authz. */
final class GuardedApi implements AutoCloseable {
  /** What the issuer and fapi-authz call the API; it has another port each run. */
  static final String NAME = "https://localhost";

  private final TestIssuer issuer = TestIssuer.start(NAME);
  private final TestCertificate server = TestCertificate.of("localhost");
  private final TestCertificate certificate = TestCertificate.of("client");
  private final DpopClient client = DpopClient.create();
  private final HttpClient http;
  private final EchoApi api;
  private final RunningAuthz authz;
  private final RunningNginx nginx;

  GuardedApi(Path folder) throws IOException, GeneralSecurityException, InterruptedException {
    server.write(folder.resolve("server.crt"), folder.resolve("server.key"));
    http = http(certificate);
    api = EchoApi.start();
    authz = RunningAuthz.start(Files.createDirectory(folder.resolve("authz")), settings());
    nginx = new RunningNginx(folder, authz.address(), api.address());
  }

  /** The settings of fapi-authz. */
  Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("issuer", issuer.issuer());
    settings.put("resource", NAME);
    settings.put("listen", "127.0.0.1:0");
    settings.put("certificate-header", "X-Ssl-Client-Cert");
    settings.put(
        "demands",
        "GET /accounts/** scope=accounts; GET /accounts/admin scope=admin;"
            + " POST /payments scope=payments; GET /open open");
    return settings;
  }

  TestIssuer issuer() {
    return issuer;
  }

  /** The certificate of the server. */
  TestCertificate server() {
    return server;
  }

  /** The certificate that requests show. */
  TestCertificate certificate() {
    return certificate;
  }

  DpopClient client() {
    return client;
  }

  /** The API behind nginx. */
  EchoApi api() {
    return api;
  }

  RunningNginx nginx() {
    return nginx;
  }

  /** Requests on connections with that certificate. */
  HttpClient http(TestCertificate shown) throws GeneralSecurityException, IOException {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .sslContext(shown.toward(server))
        .build();
  }

  /** A request with a good token and proof. */
  HttpRequest.Builder call(String scope, String method, String path) {
    String token = issuer.accessToken().scope(scope).boundTo(client.key()).sign();
    return get(path)
        .method(method, BodyPublishers.noBody())
        .header("Authorization", "DPoP " + token)
        .header("DPoP", client.proof(method, NAME + path, token));
  }

  /** A request without a token. */
  HttpRequest.Builder get(String path) {
    return HttpRequest.newBuilder(URI.create(RunningNginx.origin(nginx.port()) + path));
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  @Override
  public void close() {
    nginx.close();
    authz.close();
    api.close();
    issuer.close();
  }
}
