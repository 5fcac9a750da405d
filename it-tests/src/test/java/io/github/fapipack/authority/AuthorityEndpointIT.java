package io.github.fapipack.authority;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.admin.AdminResponse;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.pki.CertificateAuthority;
import io.github.fapipack.it.pki.ClientCertificate;
import io.github.fapipack.it.pki.Keys;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
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
  private static HttpClient http;

  @TempDir private Path folder;

  @BeforeAll
  static void create() {
    scheme = SchemeRealm.create();
    software = scheme.software(scheme.organisation());
    http =
        HttpClient.newBuilder().sslContext(scheme.realm().server().pki().sslContext(null)).build();
  }

  @AfterAll
  static void delete() {
    scheme.close();
  }

  private static HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
    return http.send(request.build(), BodyHandlers.ofByteArray());
  }

  private static HttpResponse<byte[]> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(scheme.base() + path));
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  private static HttpResponse<byte[]> post(byte[] body, String type) throws Exception {
    return send(
        HttpRequest.newBuilder(URI.create(scheme.base() + "/ocsp"))
            .header("Content-Type", type)
            .POST(BodyPublishers.ofByteArray(body)));
  }

  private static byte[] status(byte[] request) throws Exception {
    HttpResponse<byte[]> answer = post(request, "application/ocsp-request");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(header(answer, "content-type")).isEqualTo("application/ocsp-response");
    return answer.body();
  }

  private static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  private static int fault(byte[] response) throws Exception {
    return new OCSPResp(response).getStatus();
  }

  private OpenSsl openssl(ClientCertificate certificate) throws Exception {
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

  private static String verify(OpenSsl openssl) throws Exception {
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

  private static String ocsp(OpenSsl openssl, byte[] response) {
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
    OpenSsl openssl = openssl(client);
    byte[] request = openssl.read("request.der");

    assertThat(verify(openssl)).isEqualToIgnoringWhitespace("client.pem: OK");
    assertThat(ocsp(openssl, status(request))).contains("Response verify OK", "client.pem: good");
    validate(client, status(request));
    scheme.revoke(client.certificate(), "superseded");

    assertThat(verify(openssl)).contains("certificate revoked");
    assertThat(ocsp(openssl, status(request)))
        .contains("Response verify OK", "client.pem: revoked", "Reason: superseded");
    assertThat(
            org.assertj.core.api.Assertions.catchThrowableOfType(
                    CertPathValidatorException.class, () -> validate(client, status(request)))
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
        openssl(scheme.issue(software, "signing")).run("x509", "-in", "client.pem", "-text");

    assertThat(text)
        .contains(
            "OCSP - URI:" + scheme.base() + "/ocsp",
            "CA Issuers - URI:" + scheme.base() + "/" + scheme.issuerId() + ".cer",
            "URI:" + scheme.base() + "/" + scheme.issuerId() + ".crl");
  }

  @Test
  void theStatusIsAlsoToldForARequestInThePath() throws Exception {
    OpenSsl openssl = openssl(scheme.issue(software, "transport"));
    byte[] request = openssl.read("request.der");
    String plain = Base64.getEncoder().encodeToString(request);
    String encoded = URLEncoder.encode(plain, StandardCharsets.US_ASCII);
    String url = Base64.getUrlEncoder().withoutPadding().encodeToString(request);

    for (String path : List.of(encoded, url)) {
      HttpResponse<byte[]> answer = get("/ocsp/" + path);
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(ocsp(openssl, answer.body())).contains("client.pem: good");
      assertThat(header(answer, "cache-control")).contains("public", "max-age=");
      assertThat(get("/ocsp/" + path, "If-None-Match", header(answer, "etag")).statusCode())
          .isEqualTo(304);
    }
    assertThat(fault(get("/ocsp/" + "A".repeat(2000)).body()))
        .isEqualTo(OCSPRespBuilder.MALFORMED_REQUEST);
    assertThat(fault(get("/ocsp/%3F%3F").body())).isEqualTo(OCSPRespBuilder.MALFORMED_REQUEST);
    assertThat(get("/ocsp/a//b").statusCode()).isBetween(200, 499);
  }

  @Test
  void oneResponseServesAllWhoAsk() throws Exception {
    byte[] request = openssl(scheme.issue(software, "transport")).read("request.der");

    assertThat(status(request)).isEqualTo(status(request));
    assertThat(new OCSPResp(status(request)).getStatus()).isZero();
  }

  @Test
  void whatIsNoRequestIsToldSo() throws Exception {
    assertThat(fault(status(new byte[0]))).isEqualTo(OCSPRespBuilder.MALFORMED_REQUEST);
    assertThat(fault(status(new byte[] {1, 2, 3}))).isEqualTo(OCSPRespBuilder.MALFORMED_REQUEST);
    byte[] huge = new byte[100_000];
    Arrays.fill(huge, (byte) 0x30);
    assertThat(fault(status(huge))).isEqualTo(OCSPRespBuilder.MALFORMED_REQUEST);
    assertThat(post(new byte[] {1}, "application/json").statusCode()).isEqualTo(415);
    assertThat(get("/ocsp").statusCode()).isBetween(400, 499);
  }

  @Test
  void nothingIsSaidOfCertificatesThatWereNeverIssued() throws Exception {
    ClientCertificate forged = scheme.issuing().issue("CN=unknown");
    byte[] known = openssl(forged).read("request.der");
    assertThat(fault(status(known))).isEqualTo(OCSPRespBuilder.UNAUTHORIZED);

    CertificateAuthority other = CertificateAuthority.create("CN=other");
    OpenSsl openssl = openssl(forged);
    openssl.write("issuer.pem", other.certificatePem());
    openssl.run("ocsp", "-issuer", "issuer.pem", "-cert", "client.pem", "-reqout", "request.der");
    assertThat(fault(status(openssl.read("request.der")))).isEqualTo(OCSPRespBuilder.UNAUTHORIZED);
  }

  @Test
  void aListIsSignedAnewOnlyAfterARevocation() throws Exception {
    String path = "/" + scheme.issuerId() + ".crl";
    HttpResponse<byte[]> first = get(path);
    assertThat(header(first, "content-type")).isEqualTo("application/pkix-crl");
    assertThat(header(first, "last-modified")).isNotEmpty();
    assertThat(header(first, "expires")).isNotEmpty();
    assertThat(get(path).body()).isEqualTo(first.body());
    assertThat(get(path, "If-None-Match", header(first, "etag")).statusCode()).isEqualTo(304);

    scheme.revoke(scheme.issue(software, "transport").certificate(), "unspecified");

    assertThat(get(path, "If-None-Match", header(first, "etag")).statusCode()).isEqualTo(200);
  }

  @Test
  void nothingElseIsThere() throws Exception {
    assertThat(get("/" + "0".repeat(32) + ".crl").statusCode()).isEqualTo(404);
    assertThat(get("/x.crl").statusCode()).isEqualTo(404);
    assertThat(get("/" + scheme.issuerId() + ".key").statusCode()).isEqualTo(404);
    assertThat(get("").statusCode()).isBetween(400, 499);
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

  @Test
  void theIssuingKeyNeitherSignsTokensNorIsPublished() {
    JsonNode keys = scheme.realm().admin().get("/" + scheme.realm().name() + "/keys").path("keys");
    assertThat(keys)
        .anySatisfy(
            key -> {
              assertThat(key.path("kid").asText()).isEqualTo(scheme.issuerId());
              assertThat(key.path("certificate").asText()).isNotEmpty();
              assertThat(key.path("publicKey").isMissingNode() || key.path("publicKey").isNull())
                  .isTrue();
            });
    ClientCertificate client = scheme.issue(software, "transport");

    assertThat(scheme.client(software, client).serverKeys()).doesNotContain(scheme.issuerId());
    assertThat(scheme.client(software, client).clientCredentials().expect().accessToken())
        .isNotBlank();
  }

  private static void assertRefused(ObjectNode component, String why) {
    AdminResponse answer = scheme.add(component);

    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertThat(answer.body()).contains(why);
  }

  @Test
  void keysAreRotatedWhileTheFormerOneGoesOnTellingOfItsCertificates() throws Exception {
    ClientCertificate former = scheme.issue(software, "transport");
    CertificateAuthority next = clientCa().subordinate("CN=Scheme Issuing CA next");
    AdminResponse added =
        scheme.add(
            SchemeRealm.component(
                next.keys().getPrivate(), SchemeRealm.chain(next, clientCa()), "200"));
    assertThat(added.status()).as(added.body()).isEqualTo(201);
    try {
      scheme.issue(software, "signing").certificate().verify(next.certificate().getPublicKey());
      scheme.revoke(former.certificate(), "superseded");
      OpenSsl openssl = openssl(former);

      assertThat(verify(openssl)).contains("certificate revoked");
      assertThat(ocsp(openssl, status(openssl.read("request.der"))))
          .contains("client.pem: revoked");
    } finally {
      scheme.remove(added);
    }
  }

  private static CertificateAuthority clientCa() {
    return scheme.realm().server().pki().clientCa();
  }

  @Test
  void issuingKeysThatDoNotFitAreRefused() {
    CertificateAuthority root = clientCa();
    CertificateAuthority issuing = scheme.issuing();
    List<X509Certificate> chain = SchemeRealm.chain(issuing, root);
    ClientCertificate leaf = issuing.issue("CN=leaf");

    assertRefused(
        SchemeRealm.component(Keys.ec().getPrivate(), chain, "1"), "does not belong to the first");
    assertRefused(
        SchemeRealm.component(leaf.key(), List.of(leaf.certificate(), root.certificate()), "1"),
        "not one of an authority");
    assertRefused(
        SchemeRealm.component(issuing.keys().getPrivate(), List.of(issuing.certificate()), "1"),
        "must be the root");
    assertRefused(
        SchemeRealm.component(
            issuing.keys().getPrivate(),
            List.of(issuing.certificate(), CertificateAuthority.create("CN=x").certificate()),
            "1"),
        "signed by the next one");
    ObjectNode file = SchemeRealm.component(issuing.keys().getPrivate(), chain, "1");
    file.withObject("/config").set("keystoreType", array("PKCS12"));
    file.withObject("/config").set("keystore", array("../../conf/keycloak.conf"));
    file.withObject("/config").set("keystorePassword", array("x"));
    file.withObject("/config").set("keyAlias", array("x"));
    assertRefused(file, "in the folder data");
    file.withObject("/config").set("keystoreType", array("PKCS11"));
    file.withObject("/config").set("pkcs11Provider", array("SunJCE"));
    assertRefused(file, "no PKCS#11 provider with this name");
  }

  private static JsonNode array(String value) {
    return Json.object().putArray("values").add(value);
  }
}
