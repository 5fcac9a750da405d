package io.github.fapipack.authority;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.admin.AdminResponse;
import io.github.fapipack.it.client.ClientAuth;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.SenderConstraint;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.pki.CertificateAuthority;
import io.github.fapipack.it.pki.ClientCertificate;
import io.github.fapipack.it.testing.TestRealm;
import io.github.fapipack.it.testing.TestServer;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.UUID;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A directory's realm, whose issuing certificate the test server's TLS trusts. */
final class SchemeRealm implements AutoCloseable {

  private final TestRealm realm;
  private final CertificateAuthority issuing;

  private SchemeRealm(TestRealm realm, CertificateAuthority issuing) {
    this.realm = realm;
    this.issuing = issuing;
  }

  /** With the rule on certificates. */
  static SchemeRealm create() {
    CertificateAuthority root = TestServer.get().pki().clientCa();
    CertificateAuthority issuing = root.subordinate("CN=Scheme Issuing CA " + UUID.randomUUID());
    ObjectNode export = TestRealm.export("fapi2-security-profile").deepCopy();
    export.put("organizationsEnabled", true);
    export.withObject("/attributes").put("fapi.scheme", "plain");
    ((ArrayNode) export.at("/clientProfiles/profiles/0/executors"))
        .insertObject(0) // other rules would refuse some of the certificates as well
        .put("executor", "fapi2-require-issued-certificate")
        .putObject("configuration");
    export
        .withObject("/components")
        .withArray("org.keycloak.keys.KeyProvider")
        .add(component(issuing.keys().getPrivate(), chain(issuing, root), "100"));
    return new SchemeRealm(TestRealm.create(export), issuing);
  }

  static List<X509Certificate> chain(CertificateAuthority issuing, CertificateAuthority root) {
    return List.of(issuing.certificate(), root.certificate());
  }

  /** The settings of an issuing key. */
  static ObjectNode component(PrivateKey key, List<X509Certificate> chain, String priority) {
    ObjectNode component =
        Json.object().put("name", "issuing " + priority).put("providerId", "fapi-issuing-key");
    ObjectNode config = component.putObject("config");
    config.putArray("priority").add(priority);
    try {
      config
          .putArray("privateKey")
          .add(SandboxHierarchy.pem(List.of(new JcaPKCS8Generator(key, null))));
      config.putArray("certificateChain").add(SandboxHierarchy.pem(chain));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return component;
  }

  TestRealm realm() {
    return realm;
  }

  CertificateAuthority issuing() {
    return issuing;
  }

  String base() {
    return realm.issuer() + "/fapi-authority";
  }

  String issuerId() {
    return IssuingKey.idOf(issuing.certificate().getPublicKey());
  }

  AdminResponse send(String method, String path, JsonNode body) {
    return realm.admin().send(method, "/" + realm.name() + "/fapi/scheme" + path, body);
  }

  private JsonNode sent(String method, String path, JsonNode body) {
    AdminResponse answer = send(method, path, body);
    assertThat(answer.status()).as(answer.body()).isIn(200, 204);
    return answer.status() == 204 ? Json.object() : answer.json();
  }

  /** Adds an issuing key. */
  AdminResponse add(ObjectNode component) {
    component
        .put("providerType", "org.keycloak.keys.KeyProvider")
        .put("parentId", realm.admin().realm(realm.name()).path("id").asText());
    return realm.admin().send("POST", "/" + realm.name() + "/components", component);
  }

  void remove(AdminResponse added) {
    String id = added.location().replaceAll(".*/", "");
    realm.admin().send("DELETE", "/" + realm.name() + "/components/" + id, null);
  }

  /** The id of a new organisation. */
  String organisation() {
    ObjectNode data =
        Json.object()
            .put("name", "Bank " + UUID.randomUUID())
            .put("number", "12345678000100")
            .put("country", "PT");
    data.putArray("roles").add("data-reader");
    return sent("POST", "/organisations", data).path("id").asText();
  }

  /** The id of a new software, which is that of its client. */
  String software(String organisation) {
    ObjectNode data = Json.object().put("name", "Accounts");
    data.putArray("redirectUris").add("https://app.example/callback");
    data.putArray("roles").add("data-reader");
    return sent("POST", "/organisations/" + organisation + "/software", data).path("id").asText();
  }

  AdminResponse order(String software, String use, String request) {
    return send(
        "POST",
        "/software/" + software + "/certificates",
        Json.object().put("use", use).put("request", request));
  }

  /** A certificate with its key. */
  ClientCertificate issue(String software, String use) {
    KeyPair keys = Requests.ec("secp256r1");
    AdminResponse answer = order(software, use, Requests.of(keys, "SHA256withECDSA"));
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return new ClientCertificate(
        keys.getPrivate(), certificate(answer.json().path("pem").asText()), issuing.chain());
  }

  static X509Certificate certificate(String pem) {
    try {
      return KeyReader.certificates(pem).get(0);
    } catch (KeyFault e) {
      throw new IllegalStateException(e);
    }
  }

  void revoke(X509Certificate certificate, String reason) {
    sent(
        "POST",
        "/certificates/" + SerialNumber.text(certificate.getSerialNumber()) + "/revocation",
        Json.object().put("reason", reason));
  }

  /** A certificate with all of another one, but its key. */
  ClientCertificate forged(X509Certificate model) {
    KeyPair keys = Requests.ec("secp256r1");
    try {
      X509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              issuing.certificate(),
              model.getSerialNumber(),
              model.getNotBefore(),
              model.getNotAfter(),
              model.getSubjectX500Principal(),
              keys.getPublic());
      return new ClientCertificate(
          keys.getPrivate(),
          new JcaX509CertificateConverter()
              .getCertificate(
                  builder.build(
                      new JcaContentSignerBuilder("SHA256withECDSA")
                          .build(issuing.keys().getPrivate()))),
          issuing.chain());
    } catch (GeneralSecurityException | OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }

  FapiClient client(String software, ClientCertificate certificate) {
    return FapiClient.of(realm.issuer())
        .clientId(software)
        .auth(ClientAuth.TLS_CLIENT_AUTH)
        .constraint(SenderConstraint.MTLS)
        .scope("openid directory:software")
        .tls(realm.server().pki(), certificate)
        .build();
  }

  @Override
  public void close() {
    realm.close();
  }
}
