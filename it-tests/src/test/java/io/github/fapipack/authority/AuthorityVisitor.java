package io.github.fapipack.authority;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.fapipack.it.pki.ClientCertificate;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;

/** What somebody gets of an authority by HTTP, and what openssl makes of it. */
final class AuthorityVisitor {

  private final SchemeRealm scheme;
  private final HttpClient http;

  AuthorityVisitor(SchemeRealm scheme) {
    this.scheme = scheme;
    this.http =
        HttpClient.newBuilder().sslContext(scheme.realm().server().pki().sslContext(null)).build();
  }

  private HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
    return http.send(request.build(), BodyHandlers.ofByteArray());
  }

  HttpResponse<byte[]> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(scheme.base() + path));
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  HttpResponse<byte[]> post(byte[] body, String type) throws Exception {
    return send(
        HttpRequest.newBuilder(URI.create(scheme.base() + "/ocsp"))
            .header("Content-Type", type)
            .POST(BodyPublishers.ofByteArray(body)));
  }

  byte[] status(byte[] request) throws Exception {
    HttpResponse<byte[]> answer = post(request, "application/ocsp-request");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(header(answer, "content-type")).isEqualTo("application/ocsp-response");
    return answer.body();
  }

  static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  OpenSsl openssl(Path folder, ClientCertificate certificate) throws Exception {
    OpenSsl openssl = new OpenSsl(folder);
    openssl.write("chain.pem", get("/" + scheme.issuerId() + ".pem").body());
    openssl.write("issuer.der", get("/" + scheme.issuerId() + ".cer").body());
    openssl.write("root.der", get("/" + scheme.issuerId() + "-root.cer").body());
    openssl.run("x509", "-inform", "DER", "-in", "issuer.der", "-out", "issuer.pem");
    openssl.run("x509", "-inform", "DER", "-in", "root.der", "-out", "root.pem");
    openssl.write("client.pem", SandboxHierarchy.pem(List.of(certificate.certificate())));
    openssl.run("ocsp", "-issuer", "issuer.pem", "-cert", "client.pem", "-reqout", "request.der");
    return openssl;
  }

  String verify(OpenSsl openssl) throws Exception {
    openssl.write("list.crl", get("/" + scheme.issuerId() + ".crl").body());
    return openssl.run(
        "verify",
        "-x509_strict",
        "-crl_check",
        "-CAfile",
        "root.pem",
        "-untrusted",
        "chain.pem",
        "-CRLfile",
        "list.crl",
        "client.pem");
  }

  static String ocsp(OpenSsl openssl, byte[] response) {
    openssl.write("response.der", response);
    return openssl.run(
        "ocsp",
        "-issuer",
        "issuer.pem",
        "-cert",
        "client.pem",
        "-respin",
        "response.der",
        "-CAfile",
        "root.pem",
        "-verify_other",
        "chain.pem");
  }
}
