package io.github.fapipack.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.Base64;
import com.nimbusds.jose.util.Base64URL;
import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.client.ClientAuth;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.FapiRequest;
import io.github.fapipack.it.client.Pushed;
import io.github.fapipack.it.client.SenderConstraint;
import io.github.fapipack.it.client.Tokens;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.peer.JwksServer;
import io.github.fapipack.it.pki.CertificateAuthority;
import io.github.fapipack.it.pki.ClientCertificate;
import io.github.fapipack.it.pki.Keys;
import io.github.fapipack.it.pki.Pki;
import io.github.fapipack.it.testing.ClientOrigin;
import io.github.fapipack.it.testing.SupportedKeycloak;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import io.github.fapipack.it.time.Await;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.cert.CertificateEncodingException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Self-signed certificates through a proxy that forwards them (RFC 8705 2.2). */
class SelfSignedCertificateIT {
  private static final String METHOD = "self_signed_tls_client_auth";
  private static final String RULE = "fapi2-require-asymmetric-client-authentication";

  /** Keycloak fetches keys again after ten seconds at the earliest. */
  private static final Duration TIMEOUT = Duration.ofSeconds(25);

  @TempDir static Path folder;

  private static UnverifiedProxy proxy;
  private static TestRealm realm;

  @BeforeAll
  static void start() throws Exception {
    SupportedKeycloak.assume();
    proxy = UnverifiedProxy.start(folder);
    realm = allowing("client-jwt", "client-x509", METHOD);
  }

  @AfterAll
  static void stop() throws InterruptedException {
    if (proxy != null) {
      proxy.close();
    }
  }

  @ParameterizedTest
  @EnumSource(ClientOrigin.class)
  @Accepts(by = "RequireTrustedClientCertificate", value = "RFC8705 2.2-1")
  void acceptsARegisteredCertificateAndBindsTokensToIt(ClientOrigin origin) throws Exception {
    ClientCertificate own = selfSigned();
    FapiClient client = client(origin, keySet(jwk(own)), own);

    client.par().expect();
    Tokens tokens = client.tokens(TestRealm.USERNAME, realm.password());

    assertThat(tokens.confirmation("x5t#S256")).isEqualTo(thumbprint(own));
    client.userinfo(tokens).expect();
    Tokens refreshed = client.refresh(tokens).expect();
    showing(client, selfSigned()).userinfo(refreshed).expectError(401, "invalid_token");
    assertThat(client.introspect(tokens.accessToken()).send().json().path("active").asBoolean())
        .isTrue();
  }

  @Test
  @Rejects(by = "RequireTrustedClientCertificate", value = "RFC8705 2.2-1")
  void rejectsWhatIsNotRegistered() throws Exception {
    KeyPair keys = Keys.ec();
    ClientCertificate own = ClientCertificate.selfSigned("CN=client", keys);
    ClientCertificate second = selfSigned();
    JWK withSecond =
        new ECKey.Builder(jwk(own).toECKey()).x509CertChain(List.of(x5c(own), x5c(second))).build();
    FapiClient client = client(ClientOrigin.AFTER_POLICY, keySet(withSecond), own);
    client.par().expect();

    for (ClientCertificate other :
        List.of(
            second,
            selfSigned(),
            ClientCertificate.selfSigned("CN=client", keys), // the same key, not the same word
            pki().clientCa().issue("CN=" + client.clientId()))) {
      FapiClient shown = showing(client, other);
      assertThat(shown.par().expectError(401, "invalid_client").errorDescription())
          .contains("not in the client's key set");
      shown.introspect("token").expectError(401, "invalid_client");
    }
    client.par().withoutCertificate().expectError(401, "invalid_client");
    client
        .par()
        .withoutCertificate()
        .header("Ssl-Client-Cert", header(own))
        .expectError(401, "invalid_client");
    showing(client, second)
        .par()
        .header("ssl-client-cert", header(own))
        .expectError(401, "invalid_client");
  }

  @Test
  @Rejects(by = "RequireTrustedClientCertificate", value = "RFC8705 2.2-1")
  void rejectsACertificateOutOfItsTimeOrOfAnotherKeyThanItsEntry() throws Exception {
    Instant now = Instant.now();
    ClientCertificate expired =
        CertificateAuthority.create("CN=own")
            .issue("CN=client", Keys.ec(), now.minusSeconds(7200), now.minusSeconds(3600));
    ClientCertificate own = selfSigned();
    ObjectNode mixed = (ObjectNode) Json.parse(jwk(selfSigned()).toJSONString());
    mixed.putArray("x5c").add(x5c(own).toString());
    String keySet = "{\"keys\":[" + mixed + "]}";

    assertThat(
            past(client(ClientOrigin.IMPORTED, keySet(jwk(expired)), expired), expired)
                .expectError(401, "invalid_client")
                .errorDescription())
        .contains("expired or is not valid yet");
    client(ClientOrigin.IMPORTED, keySet, own).par().expectError(401, "invalid_client");
  }

  @Test
  @Accepts(by = "RequireTrustedClientCertificate", value = "RFC8705 2.2-1")
  void acceptsWhatIsAtTheJwksUriAndItsSuccessor() throws Exception {
    ClientCertificate own = selfSigned();
    ClientCertificate next = selfSigned();
    try (JwksServer jwks = JwksServer.https(pki())) {
      jwks.serving(keySet(jwk(own)));
      FapiClient client =
          at(
              registration(ClientOrigin.AFTER_POLICY, "{\"keys\":[]}")
                  .attribute("use.jwks.string", "false")
                  .attribute("use.jwks.url", "true")
                  .attribute("jwks.url", jwks.uri().toString())
                  .register(),
              own);
      client.par().expect();
      showing(client, next).par().expectError(401, "invalid_client");
      jwks.serving(keySet(jwk(next)));

      Await.atMost(TIMEOUT)
          .every(Duration.ofMillis(500))
          .until("look at the new key", () -> showing(client, next).par().send().status() == 201);
      client.par().expectError(401, "invalid_client");
      assertThat(jwks.requests()).isLessThan(6);
    }
  }

  @ParameterizedTest
  @EnumSource(ClientOrigin.class)
  @Accepts(by = "RequireTrustedClientCertificate", value = "RFC8705 2.1-1")
  @Rejects(by = "RequireTrustedClientCertificate", value = "RFC8705 2.1-1")
  void verifiesTheChainsOfOtherClientsByItself(ClientOrigin origin) throws Exception {
    FapiClient client =
        TestClient.in(realm)
            .made(origin)
            .auth(ClientAuth.TLS_CLIENT_AUTH)
            .constraint(SenderConstraint.MTLS)
            .altering(made -> made.withObject("/attributes").remove("x509.casubjectdn"))
            .register();
    String subject = "CN=" + client.clientId();
    Instant now = Instant.now();

    at(client, pki().clientCa().issue(subject)).par().expect();
    for (ClientCertificate other :
        List.of(
            CertificateAuthority.create("CN=Foreign CA").issue(subject),
            ClientCertificate.selfSigned(subject, Keys.ec()))) {
      assertThat(at(client, other).par().expectError(401, "invalid_client").errorDescription())
          .contains("does not come from a trusted authority");
    }
    for (ClientCertificate other : // which nginx refuses by itself
        List.of(
            CertificateAuthority.create("CN=FAPI Pack client CA").issue(subject),
            pki()
                .clientCa()
                .issue(subject, Keys.ec(), now.minusSeconds(7200), now.minusSeconds(3600)))) {
      assertThat(at(client, other).par().send().status()).isIn(400, 401);
      assertThat(past(client, other).expectError(401, "invalid_client").errorDescription())
          .contains("does not come from a trusted authority");
    }
  }

  @Test
  @Accepts(by = "RequireTrustedClientCertificate", value = "RFC8705 2.2-1")
  @Rejects(by = "RequireTrustedClientCertificate", value = "RFC8705 2.2-1")
  void isOffUnlessTheRuleNamesIt() throws Exception {
    ClientCertificate own = selfSigned();
    assertThat(methods(realm)).contains(METHOD, "tls_client_auth", "private_key_jwt");
    try (TestRealm other = allowing("client-jwt", "client-x509")) {
      TestRealm named = realm;
      try {
        realm = other;
        assertThat(methods(other)).contains("tls_client_auth").doesNotContain(METHOD);
        assertThat(
                client(ClientOrigin.IMPORTED, keySet(jwk(own)), own)
                    .par()
                    .expectError(401, "invalid_client")
                    .errorDescription())
            .contains("not allowed");
        assertThatThrownBy(
                () -> registration(ClientOrigin.AFTER_POLICY, keySet(jwk(own))).register())
            .hasMessageContaining("400");
        other.configure(RULE, Map.of("mode", "report"));
        assertThat(methods(other)).doesNotContain(METHOD);
        client(ClientOrigin.IMPORTED, keySet(jwk(own)), own)
            .par()
            .expectError(401, "invalid_client");
      } finally {
        realm = named;
      }
    }
  }

  private static List<String> methods(TestRealm of) {
    return StreamSupport.stream(
            TestClient.in(of)
                .register()
                .discovery()
                .exchange()
                .json()
                .path("token_endpoint_auth_methods_supported")
                .spliterator(),
            false)
        .map(JsonNode::asText)
        .toList();
  }

  private static TestRealm allowing(String... methods) {
    TestRealm made = TestRealm.create(proxy.server(), TestRealm.export("fapi2-security-profile"));
    made.configure(RULE, "methods", List.of(methods));
    return made;
  }

  private static FapiClient client(ClientOrigin origin, String keySet, ClientCertificate shown) {
    return at(registration(origin, keySet).register(), shown);
  }

  private static TestClient registration(ClientOrigin origin, String keySet) {
    return TestClient.in(realm)
        .made(origin)
        .auth(ClientAuth.SELF_SIGNED_TLS_CLIENT_AUTH)
        .constraint(SenderConstraint.MTLS)
        .altering(
            client ->
                client
                    .withObject("/attributes")
                    .remove(List.of("x509.subjectdn", "x509.casubjectdn")))
        .attribute("x509.self.signed", "true")
        .attribute("jwks.string", keySet);
  }

  private static FapiClient at(FapiClient client, ClientCertificate shown) {
    return client.but().at(proxy::address).tls(pki(), shown).build();
  }

  /** A request as a proxy without any verification would send it. */
  private static FapiRequest<Pushed> past(FapiClient client, ClientCertificate shown)
      throws CertificateEncodingException {
    return client
        .but()
        .at(() -> proxy.server().baseUrl())
        .build()
        .par()
        .withoutCertificate()
        .header("Ssl-Client-Cert", header(shown));
  }

  private static FapiClient showing(FapiClient client, ClientCertificate shown) {
    return client.but().tls(pki(), shown).build();
  }

  private static Pki pki() {
    return proxy.server().pki();
  }

  private static ClientCertificate selfSigned() {
    return ClientCertificate.selfSigned("CN=client", Keys.ec());
  }

  private static JWK jwk(ClientCertificate certificate) throws JOSEException {
    return JWK.parse(certificate.certificate());
  }

  private static Base64 x5c(ClientCertificate certificate) throws CertificateEncodingException {
    return Base64.encode(certificate.certificate().getEncoded());
  }

  private static String keySet(JWK... keys) {
    return new JWKSet(List.of(keys)).toString();
  }

  private static String thumbprint(ClientCertificate certificate) throws Exception {
    byte[] der = certificate.certificate().getEncoded();
    return Base64URL.encode(MessageDigest.getInstance("SHA-256").digest(der)).toString();
  }

  private static String header(ClientCertificate certificate) throws CertificateEncodingException {
    String pem =
        "-----BEGIN CERTIFICATE-----\n"
            + java.util.Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(certificate.certificate().getEncoded())
            + "\n-----END CERTIFICATE-----\n";
    return URLEncoder.encode(pem, StandardCharsets.UTF_8);
  }
}
