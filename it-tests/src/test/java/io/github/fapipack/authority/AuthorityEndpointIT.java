package io.github.fapipack.authority;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.fapipack.it.admin.AdminResponse;
import io.github.fapipack.it.pki.CertificateAuthority;
import io.github.fapipack.it.pki.ClientCertificate;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.PKIXRevocationChecker;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.cert.ocsp.OCSPRespBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the authority tells the world, as openssl and Java understand it. */
class AuthorityEndpointIT {
  private static SchemeRealm scheme;
  private static String software;
  private static AuthorityVisitor visitor;

  @TempDir private Path folder;

  @BeforeAll
  static void create() {
    scheme = SchemeRealm.create();
    software = scheme.software(scheme.organisation());
    visitor = new AuthorityVisitor(scheme);
  }

  @AfterAll
  static void delete() {
    scheme.close();
  }

  private static int fault(byte[] response) throws Exception {
    return new OCSPResp(response).getStatus();
  }

  private static void validate(ClientCertificate client, byte[] response) throws Exception {
    X509Certificate root = scheme.realm().server().pki().clientCa().certificate();
    CertPathValidator validator = CertPathValidator.getInstance("PKIX");
    PKIXRevocationChecker checker = (PKIXRevocationChecker) validator.getRevocationChecker();
    checker.setOcspResponses(Map.of(client.certificate(), response));
    checker.setOptions(
        Set.of(
            PKIXRevocationChecker.Option.ONLY_END_ENTITY,
            PKIXRevocationChecker.Option.NO_FALLBACK));
    PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(root, null)));
    parameters.addCertPathChecker(checker);
    validator.validate(
        CertificateFactory.getInstance("X.509").generateCertPath(client.chain()), parameters);
  }

  @Test
  void opensslAndJavaAgreeBeforeAndAfterARevocation() throws Exception {
    ClientCertificate client = scheme.issue(software, "transport");
    OpenSsl openssl = visitor.openssl(folder, client);
    byte[] request = openssl.read("request.der");

    assertThat(visitor.verify(openssl)).isEqualToIgnoringWhitespace("client.pem: OK");
    assertThat(AuthorityVisitor.ocsp(openssl, visitor.status(request)))
        .contains("Response verify OK", "client.pem: good");
    validate(client, visitor.status(request));
    scheme.revoke(client.certificate(), "superseded");

    assertThat(visitor.verify(openssl)).contains("certificate revoked");
    assertThat(AuthorityVisitor.ocsp(openssl, visitor.status(request)))
        .contains("Response verify OK", "client.pem: revoked", "Reason: superseded");
    assertThat(
            org.assertj.core.api.Assertions.catchThrowableOfType(
                    CertPathValidatorException.class,
                    () -> validate(client, visitor.status(request)))
                .getReason())
        .isEqualTo(CertPathValidatorException.BasicReason.REVOKED);
    assertThat(
            openssl.run(
                "crl",
                "-inform",
                "DER",
                "-in",
                "list.crl",
                "-CAfile",
                "issuer.pem",
                "-noout",
                "-text"))
        .contains("verify OK", "Superseded");
  }

  @Test
  void aCertificateNamesAddressesThatExist() throws Exception {
    String text =
        visitor
            .openssl(folder, scheme.issue(software, "signing"))
            .run("x509", "-in", "client.pem", "-text");

    assertThat(text)
        .contains(
            "OCSP - URI:" + scheme.base() + "/ocsp",
            "CA Issuers - URI:" + scheme.base() + "/" + scheme.issuerId() + ".cer",
            "URI:" + scheme.base() + "/" + scheme.issuerId() + ".crl");
  }

  @Test
  void theStatusIsAlsoToldForARequestInThePath() throws Exception {
    OpenSsl openssl = visitor.openssl(folder, scheme.issue(software, "transport"));
    byte[] request = openssl.read("request.der");
    String plain = Base64.getEncoder().encodeToString(request);
    String encoded = URLEncoder.encode(plain, StandardCharsets.US_ASCII);
    String url = Base64.getUrlEncoder().withoutPadding().encodeToString(request);

    for (String path : List.of(encoded, url)) {
      HttpResponse<byte[]> answer = visitor.get("/ocsp/" + path);
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(AuthorityVisitor.ocsp(openssl, answer.body())).contains("client.pem: good");
      assertThat(AuthorityVisitor.header(answer, "cache-control")).contains("public", "max-age=");
      assertThat(
              visitor
                  .get("/ocsp/" + path, "If-None-Match", AuthorityVisitor.header(answer, "etag"))
                  .statusCode())
          .isEqualTo(304);
    }
    assertThat(fault(visitor.get("/ocsp/" + "A".repeat(2000)).body()))
        .isEqualTo(OCSPRespBuilder.MALFORMED_REQUEST);
    assertThat(fault(visitor.get("/ocsp/%3F%3F").body()))
        .isEqualTo(OCSPRespBuilder.MALFORMED_REQUEST);
    assertThat(visitor.get("/ocsp/a//b").statusCode()).isBetween(200, 499);
  }

  @Test
  void oneResponseServesAllWhoAsk() throws Exception {
    byte[] request =
        visitor.openssl(folder, scheme.issue(software, "transport")).read("request.der");

    assertThat(visitor.status(request)).isEqualTo(visitor.status(request));
    assertThat(new OCSPResp(visitor.status(request)).getStatus()).isZero();
  }

  @Test
  void whatIsNoRequestIsToldSo() throws Exception {
    assertThat(fault(visitor.status(new byte[0]))).isEqualTo(OCSPRespBuilder.MALFORMED_REQUEST);
    assertThat(fault(visitor.status(new byte[] {1, 2, 3})))
        .isEqualTo(OCSPRespBuilder.MALFORMED_REQUEST);
    byte[] huge = new byte[100_000];
    Arrays.fill(huge, (byte) 0x30);
    assertThat(fault(visitor.status(huge))).isEqualTo(OCSPRespBuilder.MALFORMED_REQUEST);
    assertThat(visitor.post(new byte[] {1}, "application/json").statusCode()).isEqualTo(415);
    assertThat(visitor.get("/ocsp").statusCode()).isBetween(400, 499);
  }

  @Test
  void nothingIsSaidOfCertificatesThatWereNeverIssued() throws Exception {
    ClientCertificate forged = scheme.issuing().issue("CN=unknown");
    byte[] known = visitor.openssl(folder, forged).read("request.der");
    assertThat(fault(visitor.status(known))).isEqualTo(OCSPRespBuilder.UNAUTHORIZED);

    CertificateAuthority other = CertificateAuthority.create("CN=other");
    OpenSsl openssl = visitor.openssl(folder, forged);
    openssl.write("issuer.pem", other.certificatePem());
    openssl.run("ocsp", "-issuer", "issuer.pem", "-cert", "client.pem", "-reqout", "request.der");
    assertThat(fault(visitor.status(openssl.read("request.der"))))
        .isEqualTo(OCSPRespBuilder.UNAUTHORIZED);
  }

  @Test
  void aListIsSignedAnewOnlyAfterARevocation() throws Exception {
    String path = "/" + scheme.issuerId() + ".crl";
    HttpResponse<byte[]> first = visitor.get(path);
    assertThat(AuthorityVisitor.header(first, "content-type")).isEqualTo("application/pkix-crl");
    assertThat(AuthorityVisitor.header(first, "last-modified")).isNotEmpty();
    assertThat(AuthorityVisitor.header(first, "expires")).isNotEmpty();
    assertThat(visitor.get(path).body()).isEqualTo(first.body());
    assertThat(
            visitor.get(path, "If-None-Match", AuthorityVisitor.header(first, "etag")).statusCode())
        .isEqualTo(304);

    scheme.revoke(scheme.issue(software, "transport").certificate(), "unspecified");

    assertThat(
            visitor.get(path, "If-None-Match", AuthorityVisitor.header(first, "etag")).statusCode())
        .isEqualTo(200);
  }

  @Test
  void nothingElseIsThere() throws Exception {
    assertThat(visitor.get("/" + "0".repeat(32) + ".crl").statusCode()).isEqualTo(404);
    assertThat(visitor.get("/x.crl").statusCode()).isEqualTo(404);
    assertThat(visitor.get("/" + scheme.issuerId() + ".key").statusCode()).isEqualTo(404);
    assertThat(visitor.get("").statusCode()).isBetween(400, 499);
  }

  @Test
  void aHostileRequestIsRefusedInPlainWords() {
    AdminResponse weak =
        scheme.order(
            software, "transport", Requests.of(Requests.rsa(1024, 65537), "SHA256withRSA"));
    assertThat(weak.status()).isEqualTo(400);
    assertThat(weak.body()).contains("2048 to 4096 bits");
    AdminResponse own =
        scheme.order(
            software, "transport", Requests.of(scheme.issuing().keys(), "SHA256withECDSA"));
    assertThat(own.status()).isEqualTo(400);
    assertThat(own.body()).contains("belongs to the authority");
  }
}
