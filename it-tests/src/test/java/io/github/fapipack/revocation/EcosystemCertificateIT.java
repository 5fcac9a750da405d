package io.github.fapipack.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.client.ClientAuth;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.SenderConstraint;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.pki.CertificateAuthority;
import io.github.fapipack.it.pki.RevocationResponder;
import io.github.fapipack.it.server.Harness;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import java.security.cert.CertificateEncodingException;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** In an ecosystem its profile says which certificates count. */
class EcosystemCertificateIT {
  private static final String ID = "certificates";

  @FapiRealm("fapi2-security-profile")
  private static TestRealm realm;

  private RevocationResponder responder;

  @BeforeEach
  void start() {
    responder = RevocationResponder.start(realm.server().pki().clientCa());
  }

  @AfterEach
  void stop() {
    responder.close();
    realm.setAttribute("fapi.ecosystem", "");
  }

  @Test
  @Rejects(by = "RejectRevokedCertificate", value = "RFC5280 6.1.3-1")
  void theProfileDecidesIfNobodyAnswers() {
    responder.failing(503);
    FapiClient client = client();
    client.par().expect();

    join(List.of(), "refuse", "ocsp", "crl");
    client.par().expectError(401, "invalid_client");
    join(List.of(), "accept", "ocsp", "crl");
    client.par().expect();
  }

  @Test
  @Accepts(by = "RejectRevokedCertificate", value = "RFC5280 6.1.3-1")
  void acceptsAGoodCertificateOfTheEcosystemsAuthority() {
    join(List.of(realm.server().pki().clientCa()), "refuse", "crl");
    FapiClient client = client();

    client.userinfo(client.tokens(TestRealm.USERNAME, realm.password())).expect();

    assertThat(responder.crlRequests()).isEqualTo(1);
    assertThat(responder.ocspRequests()).isZero();
  }

  @Test
  @Rejects(by = "RejectRevokedCertificate", value = "RFC5280 6.1.3-1")
  void rejectsACertificateOfAnotherAuthorityThanTheEcosystems() {
    FapiClient client = client();
    client.par().expect();
    join(List.of(CertificateAuthority.create("CN=FAPI Pack client CA")), "accept", "ocsp");

    assertThat(
            client
                .par()
                .expectError(401, "invalid_client")
                .json()
                .path("error_description")
                .asText())
        .startsWith("the client certificate does not come from a trusted authority");
  }

  @Test
  @Accepts(by = "RejectRevokedCertificate", value = "RFC5280 6.1.3-1")
  void asksNobodyIfTheProfileNamesNobody() {
    join(List.of(realm.server().pki().clientCa()), "refuse");

    client().par().expect();

    assertThat(responder.ocspRequests() + responder.crlRequests()).isZero();
  }

  @Test
  @Accepts(by = "RejectRevokedCertificate", value = "RFC5280 6.1.3-1")
  void aClientOfTheBankItselfNeedsNoCertificateOfTheEcosystem() {
    join(List.of(CertificateAuthority.create("CN=FAPI Pack client CA")), "refuse", "ocsp");
    client(TestClient.in(realm)).par().expect();
  }

  private FapiClient client() {
    return client(TestClient.in(realm).attribute("fapi.software-id", "software"));
  }

  private FapiClient client(TestClient made) {
    FapiClient client =
        made.auth(ClientAuth.TLS_CLIENT_AUTH).constraint(SenderConstraint.MTLS).register();
    return client
        .but()
        .tls(realm.server().pki(), responder.authority().issue("CN=" + client.clientId()))
        .build();
  }

  private static void join(
      List<CertificateAuthority> anchors, String unanswered, String... methods) {
    ObjectNode profile = shipped().put("id", ID);
    // Only the certificates matter here.
    profile.remove(List.of("authentication", "consent"));
    ObjectNode certificate = profile.putObject("certificate");
    anchors.forEach(one -> certificate.withArray("anchors").add(pem(one)));
    ObjectNode revocation = certificate.putObject("revocation").put("elsewhere", unanswered);
    revocation.putArray("methods");
    for (String method : methods) {
      revocation.withArray("methods").add(method);
    }
    realm.setAttribute("fapi.ecosystem." + ID, profile.toString());
    realm.setAttribute("fapi.ecosystem", ID);
  }

  private static ObjectNode shipped() {
    return (ObjectNode)
        Json.read(
            Harness.fromSystemProperties()
                .root()
                .resolve("providers/src/main/resources/fapi-ecosystems/cdr-australia.json"));
  }

  private static String pem(CertificateAuthority authority) {
    try {
      return "-----BEGIN CERTIFICATE-----\n"
          + Base64.getEncoder().encodeToString(authority.certificate().getEncoded())
          + "\n-----END CERTIFICATE-----";
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException(e);
    }
  }
}
