package io.github.fapipack.authority;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.admin.AdminResponse;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.pki.CertificateAuthority;
import io.github.fapipack.it.pki.ClientCertificate;
import io.github.fapipack.it.pki.Keys;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Issuing keys among the keys of a realm. */
class IssuingKeyIT {
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
      OpenSsl openssl = visitor.openssl(folder, former);

      assertThat(visitor.verify(openssl)).contains("certificate revoked");
      assertThat(AuthorityVisitor.ocsp(openssl, visitor.status(openssl.read("request.der"))))
          .contains("client.pem: revoked");
    } finally {
      scheme.remove(added);
    }
  }

  private static CertificateAuthority clientCa() {
    return scheme.realm().server().pki().clientCa();
  }

  private static void assertRefused(ObjectNode component, String why) {
    AdminResponse answer = scheme.add(component);

    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertThat(answer.body()).contains(why);
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
