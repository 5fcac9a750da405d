package io.github.fapipack.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.pki.CertificateAuthority;
import io.github.fapipack.it.pki.ClientCertificate;
import io.github.fapipack.it.pki.Keys;
import io.github.fapipack.it.server.KeycloakServer;
import io.github.fapipack.it.testing.ServerLogOnFailure;
import io.github.fapipack.it.testing.TestServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The server that all other tests rely on. */
@ExtendWith(ServerLogOnFailure.class)
class ServerIT {
  private final KeycloakServer server = TestServer.get();

  @Test
  void servesDiscoveryUnderItsIssuer() throws Exception {
    HttpResponse<String> answer =
        get(server.pki().sslContext(null), "/.well-known/openid-configuration");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(Json.parse(answer.body()).path("issuer").asText())
        .isEqualTo(server.issuer("master").toString());
  }

  @Test
  void acceptsCertificatesOfTheClientAuthority() throws Exception {
    ClientCertificate certificate = server.pki().clientCa().issue("CN=somebody,O=Sample");

    assertThat(get(server.pki().sslContext(certificate), "").statusCode()).isEqualTo(200);
  }

  @Test
  void refusesCertificatesOfAnUnknownAuthority() {
    ClientCertificate unknown = CertificateAuthority.create("CN=unknown").issue("CN=somebody");

    assertHandshakeFails(server.pki().sslContext(unknown));
  }

  @Test
  void refusesSelfSignedCertificates() {
    ClientCertificate selfSigned = ClientCertificate.selfSigned("CN=somebody", Keys.rsa(2048));

    assertHandshakeFails(server.pki().sslContext(selfSigned));
  }

  @Test
  void offersOnlyCipherSuitesThatFapiAllows() {
    SSLParameters dhe = new SSLParameters();
    dhe.setProtocols(new String[] {"TLSv1.2"});
    dhe.setCipherSuites(
        new String[] {
          "TLS_DHE_RSA_WITH_AES_256_GCM_SHA384", "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384"
        });
    HttpClient client =
        HttpClient.newBuilder()
            .sslContext(server.pki().sslContext(null))
            .sslParameters(dhe)
            .build();

    assertThatThrownBy(() -> client.send(request(""), BodyHandlers.ofString()))
        .isInstanceOf(SSLHandshakeException.class);
  }

  private void assertHandshakeFails(SSLContext tls) {
    assertThatThrownBy(() -> get(tls, "")).isInstanceOf(IOException.class);
  }

  private HttpResponse<String> get(SSLContext tls, String path) throws Exception {
    return HttpClient.newBuilder()
        .sslContext(tls)
        .build()
        .send(request(path), BodyHandlers.ofString());
  }

  private HttpRequest request(String path) {
    return HttpRequest.newBuilder(URI.create(server.issuer("master") + path)).build();
  }
}
