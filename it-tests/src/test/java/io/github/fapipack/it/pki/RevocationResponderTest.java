package io.github.fapipack.it.pki;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import org.bouncycastle.asn1.oiw.OIWObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPReqBuilder;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cert.ocsp.UnknownStatus;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.junit.jupiter.api.Test;

class RevocationResponderTest {
  private final CertificateAuthority root = CertificateAuthority.create("CN=root");

  @Test
  void tellsTheStateOfACertificateByOcsp() throws Exception {
    try (RevocationResponder responder = RevocationResponder.start(root)) {
      X509Certificate certificate = responder.authority().issue("CN=client").certificate();

      assertThat(ask(responder, certificate)).isSameAs(CertificateStatus.GOOD);
      responder.revoke(certificate);
      assertThat(ask(responder, certificate)).isInstanceOf(RevokedStatus.class);
      responder.forget(certificate);
      assertThat(ask(responder, certificate)).isInstanceOf(UnknownStatus.class);
      assertThat(responder.ocspRequests()).isEqualTo(3);
      assertThat(responder.crlRequests()).isZero();
    }
  }

  @Test
  void listsRevokedCertificates() throws Exception {
    try (RevocationResponder responder = RevocationResponder.start(root)) {
      X509Certificate good = responder.authority().issue("CN=good").certificate();
      X509Certificate bad = responder.authority().issue("CN=bad").certificate();
      responder.revoke(bad);

      byte[] bytes = send(HttpRequest.newBuilder(responder.crl()).build()).body();
      X509CRL list =
          (X509CRL)
              CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(bytes));

      list.verify(root.certificate().getPublicKey());
      assertThat(list.isRevoked(good)).isFalse();
      assertThat(list.isRevoked(bad)).isTrue();
    }
  }

  @Test
  void answersNothingWhileItFails() throws Exception {
    try (RevocationResponder responder = RevocationResponder.start(root)) {
      responder.failing(503);
      assertThat(send(HttpRequest.newBuilder(responder.crl()).build()).statusCode()).isEqualTo(503);
      responder.recover();
      assertThat(send(HttpRequest.newBuilder(responder.crl()).build()).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void certificatesNameTheResponderAndTheirIssuers() {
    try (RevocationResponder responder = RevocationResponder.start(root)) {
      CertificateAuthority middle = responder.authority().subordinate("CN=middle");
      ClientCertificate client = middle.issue("CN=client");

      assertThat(client.chain()).containsExactly(client.certificate(), middle.certificate());
      assertThat(middle.certificate().getExtensionValue(Extension.authorityInfoAccess.getId()))
          .isNotNull();
      assertThat(middle.certificate().getExtensionValue(Extension.cRLDistributionPoints.getId()))
          .isNotNull();
      assertThat(client.certificate().getExtensionValue(Extension.authorityInfoAccess.getId()))
          .isNull();
    }
  }

  private CertificateStatus ask(RevocationResponder responder, X509Certificate certificate)
      throws Exception {
    CertificateID id =
        new CertificateID(
            new JcaDigestCalculatorProviderBuilder()
                .build()
                .get(new AlgorithmIdentifier(OIWObjectIdentifiers.idSHA1)),
            new JcaX509CertificateHolder(root.certificate()),
            certificate.getSerialNumber());
    byte[] request = new OCSPReqBuilder().addRequest(id).build().getEncoded();
    byte[] bytes = send(post(responder.ocsp(), request)).body();
    BasicOCSPResp answer = (BasicOCSPResp) new OCSPResp(bytes).getResponseObject();
    assertThat(
            answer.isSignatureValid(
                new JcaContentVerifierProviderBuilder().build(root.certificate())))
        .isTrue();
    return answer.getResponses()[0].getCertStatus();
  }

  private static HttpRequest post(URI uri, byte[] body) {
    return HttpRequest.newBuilder(uri)
        .header("Content-Type", "application/ocsp-request")
        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
        .build();
  }

  private static HttpResponse<byte[]> send(HttpRequest request) throws Exception {
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofByteArray());
  }
}
