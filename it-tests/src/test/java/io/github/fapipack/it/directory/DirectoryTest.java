package io.github.fapipack.it.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.X509CertUtils;
import io.github.fapipack.it.client.ClientKeys;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.http.HttpTransport;
import io.github.fapipack.it.http.NamedValues;
import io.github.fapipack.it.pki.CertificateAuthority;
import io.github.fapipack.it.pki.ClientCertificate;
import io.github.fapipack.it.pki.Keys;
import io.github.fapipack.it.pki.Pki;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.SignatureException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DirectoryTest {
  private static final Pki PKI = Pki.create();
  private static final HttpTransport ANYONE = new HttpTransport(PKI.sslContext(null), false);
  private static final Map<String, String> NAMES =
      Map.of("2.5.4.5", "SERIALNUMBER", "0.9.2342.19200300.100.1.1", "UID");

  private Directory directory = Directory.start(new Brazil(), PKI);

  static List<Ecosystem> ecosystems() {
    return List.of(new Brazil(), new UnitedKingdom(), new ConsumerDataRight());
  }

  @AfterEach
  void stop() {
    directory.close();
  }

  @ParameterizedTest
  @MethodSource("ecosystems")
  void aStatementIsSignedByThePublishedKey(Ecosystem ecosystem) throws Exception {
    restart(ecosystem);
    Software software = directory.organisation("Bank").software("App");

    JWSObject statement = JWSObject.parse(software.statement().sign());

    JWK key =
        JWKSet.parse(get(directory.jwksUri()).body())
            .getKeyByKeyId(statement.getHeader().getKeyID());
    assertThat(statement.verify(new RSASSAVerifier(key.toRSAKey()))).isTrue();
    assertThat(statement.getPayload().toJSONObject())
        .containsEntry("iss", ecosystem.issuer())
        .containsEntry("software_id", software.id());
  }

  @Test
  void aDirectoryCanSignWithAnEllipticKey() throws Exception {
    directory.keys().replace(ClientKeys.es256());
    directory.keys().dropOlder();
    Software software = directory.organisation("Bank").software("App");

    JWSObject statement = JWSObject.parse(software.statement().sign());

    JWK key = JWKSet.parse(get(directory.jwksUri()).body()).getKeys().get(0);
    assertThat(statement.getHeader().getAlgorithm().getName()).isEqualTo("ES256");
    assertThat(statement.verify(new ECDSAVerifier(key.toECKey()))).isTrue();
  }

  @Test
  void anOlderKeyStaysPublishedUntilItIsDropped() throws Exception {
    String first = directory.keys().current().getKeyID();

    directory.keys().rotateWithoutKid();
    JWKSet both = JWKSet.parse(get(directory.jwksUri()).body());
    directory.keys().dropOlder();
    JWKSet one = JWKSet.parse(get(directory.jwksUri()).body());

    assertThat(both.getKeys()).extracting(JWK::getKeyID).containsExactly(first, null);
    assertThat(one.getKeys()).extracting(JWK::getKeyID).containsExactly((String) null);
    assertThat(directory.organisation("Bank").software("App").statement().sign())
        .satisfies(jwt -> assertThat(JWSObject.parse(jwt).getHeader().getKeyID()).isNull());
  }

  @Test
  void everythingInAStatementCanBeChanged() throws Exception {
    Software software = directory.organisation("Bank").software("App");
    Statement statement =
        software
            .statement()
            .with("software_id", "other")
            .without("org_id")
            .iat(Duration.ofMinutes(-10))
            .twice("iss", "\"evil\"")
            .header("jku", "https://evil.example/jwks");

    JWSObject jwt = JWSObject.parse(statement.sign());

    assertThat(jwt.getHeader().toJSONObject()).containsEntry("jku", "https://evil.example/jwks");
    assertThat(jwt.getPayload().toString())
        .contains("\"software_id\":\"other\"")
        .doesNotContain("org_id")
        .endsWith(",\"iss\":\"evil\"}");
  }

  @Test
  void aForgedStatementShowsTheKidOfTheDirectory() throws Exception {
    Software software = directory.organisation("Bank").software("App");

    JWSObject forged = JWSObject.parse(software.statement().forgedBy(ClientKeys.ps256()).sign());

    RSAKey real = directory.keys().current().toRSAKey();
    assertThat(forged.getHeader().getKeyID()).isEqualTo(real.getKeyID());
    assertThat(forged.verify(new RSASSAVerifier(real))).isFalse();
  }

  @Test
  void aNestedStatementHoldsAWholeStatement() throws Exception {
    Software software = directory.organisation("Bank").software("App");

    JWSObject outer = JWSObject.parse(software.statement().nested());

    RSASSAVerifier verifier = new RSASSAVerifier(directory.keys().current().toRSAKey());
    assertThat(outer.verify(verifier)).isTrue();
    assertThat(JWSObject.parse(outer.getPayload().toString()).verify(verifier)).isTrue();
  }

  @Test
  void aSoftwareWithoutDirectorySignsItsStatementAndShowsItsCertificate() throws Exception {
    restart(new Udap());
    Software software = directory.organisation("Clinic").software("App");

    JWSObject statement = JWSObject.parse(software.statement().sign());

    X509Certificate certificate =
        X509CertUtils.parse(statement.getHeader().getX509CertChain().get(0).decode());
    assertThat(statement.verify(new ECDSAVerifier((ECPublicKey) certificate.getPublicKey())))
        .isTrue();
    assertThat(certificate.getSubjectAlternativeNames().iterator().next().get(1))
        .isEqualTo(statement.getPayload().toJSONObject().get("iss"));
    certificate.verify(authority().certificate().getPublicKey());
  }

  @Test
  void aSoftwareSignsARequestWithTheStatementInside() throws Exception {
    Software software = directory.organisation("Bank").software("App");

    JWSObject request = JWSObject.parse(software.signedRegistration("https://as.example").sign());

    RSAKey key = software.keys().forAlgorithm("PS256").toRSAKey();
    assertThat(request.verify(new RSASSAVerifier(key))).isTrue();
    assertThat(request.getPayload().toJSONObject())
        .containsEntry("iss", software.id())
        .containsEntry("redirect_uris", software.redirectUris())
        .containsKey("software_statement");
  }

  @Test
  void theKeysOfASoftwareAreServed() throws Exception {
    Software software = directory.organisation("Bank").software("App");

    JWKSet served = JWKSet.parse(get(software.jwksUri()).body());

    assertThat(served.toString()).isEqualTo(software.keys().publicJwks());
    assertThat(software.jwks().requests()).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("ecosystems")
  void aCertificateNamesTheSoftwareAndComesFromTheAuthorityOfTheDirectory(Ecosystem ecosystem)
      throws Exception {
    restart(ecosystem);
    Software software = directory.organisation("Bank").software("App");

    ClientCertificate certificate = software.certificate();

    certificate.certificate().verify(authority().certificate().getPublicKey());
    assertThat(certificate.certificate().getSubjectX500Principal())
        .isEqualTo(Certificates.principal(ecosystem.subject(software)));
    assertThat(certificate.certificate().getSubjectX500Principal().getName("RFC2253", NAMES))
        .contains(software.id());
  }

  @Test
  void anImitatedCertificateHasTheSameNamesFromAnotherAuthority() {
    Software software = directory.organisation("Bank").software("App");
    CertificateAuthority stranger = PKI.clientCa().subordinate(Directory.AUTHORITY);

    KeyPair keys = Keys.ec();
    ClientCertificate imitated =
        stranger.issue(directory.certificates().order(software, keys), keys.getPrivate());

    assertThat(imitated.subject()).isEqualTo(software.certificate().subject());
    assertThat(imitated.issuer()).isEqualTo(software.certificate().issuer());
    assertThatThrownBy(
            () -> imitated.certificate().verify(authority().certificate().getPublicKey()))
        .isInstanceOf(SignatureException.class);
  }

  @Test
  void aCertificateSaysWhereItsStateIsKnown() {
    ClientCertificate certificate = directory.organisation("Bank").software("App").certificate();

    assertThat(certificate.certificate().getNonCriticalExtensionOIDs())
        .contains("1.3.6.1.5.5.7.1.1", "2.5.29.31");
    assertThat(certificate.issuers()).containsExactly(authority().certificate());
  }

  @Test
  void anUnchangedListIsNotSentAgain() {
    Organisation bank = directory.organisation("Bank");
    String tag = get(directory.participantsUri()).header("ETag");
    NamedValues known = new NamedValues().set("If-None-Match", tag);

    int before = send("GET", directory.participantsUri(), known, "").status();
    bank.state("Withdrawn");
    HttpExchange after = send("GET", directory.participantsUri(), known, "");

    assertThat(before).isEqualTo(304);
    assertThat(after.status()).isEqualTo(200);
    assertThat(after.json().get(0).path("Status").asText()).isEqualTo("Withdrawn");
    assertThat(directory.participants().requests()).isEqualTo(3);
    assertThat(directory.participants().unchanged()).isEqualTo(1);
  }

  @Test
  void aNestedListHasSoftwareInBrandsOfOrganisations() {
    restart(new ConsumerDataRight());
    Software software = directory.organisation("Recipient").software("App").state("REMOVED");

    JsonNode recipient = get(directory.participantsUri()).json().at("/data/0");

    assertThat(recipient.path("status").asText()).isEqualTo("ACTIVE");
    JsonNode product = recipient.at("/dataRecipientBrands/0/softwareProducts/0");
    assertThat(product.path("softwareProductId").asText()).isEqualTo(software.id());
    assertThat(product.path("status").asText()).isEqualTo("REMOVED");
  }

  @Test
  void aDirectoryCanBeLarge() {
    restart(new ConsumerDataRight());

    directory.generate(2000, 5);

    JsonNode data = get(directory.participantsUri()).json().path("data");
    assertThat(data).hasSize(2000);
    assertThat(data.at("/1999/dataRecipientBrands/0/softwareProducts")).hasSize(5);
  }

  @Test
  void anAddressFailsOnDemandAndRecovers() {
    directory.jwks().fail(Failure.DOWN);
    assertThatThrownBy(() -> get(directory.jwksUri())).isInstanceOf(UncheckedIOException.class);
    directory.jwks().fail(Failure.ERROR);
    assertThat(get(directory.jwksUri()).status()).isEqualTo(503);
    directory.jwks().fail(Failure.GARBAGE);
    assertThatThrownBy(() -> JWKSet.parse(get(directory.jwksUri()).body())).isNotNull();
    directory.jwks().fail(Failure.REDIRECT);
    assertThat(get(directory.jwksUri()).header("Location")).isEqualTo("/elsewhere");

    directory.jwks().recover();

    assertThat(get(directory.jwksUri()).status()).isEqualTo(200);
    assertThat(directory.elsewhere().requests()).isZero();
  }

  @Test
  void aSlowResponseStartsAndAnEndlessOneDoesNotStop() throws Exception {
    directory.jwks().fail(Failure.SLOW);
    assertThat(begin(directory.jwksUri(), 1)).isEqualTo(" ");

    directory.jwks().fail(Failure.ENDLESS);
    assertThat(begin(directory.jwksUri(), 2_000_000)).hasSize(2_000_000).startsWith("{\"keys\"");
  }

  @Test
  void aStatementIsFetchedWithATokenOverMutualTls() throws Exception {
    Software software = directory.organisation("Bank").software("App");
    HttpTransport bank = new HttpTransport(PKI.sslContext(software.certificate()), true);
    URI statement =
        directory
            .addresses()
            .api()
            .resolve(
                "/organisations/%s/softwarestatements/%s/assertion"
                    .formatted(software.organisation().id(), software.id()));
    String form = "grant_type=client_credentials&client_id=any&scope=directory%3Asoftware";
    URI token = directory.addresses().authorization().resolve("/token");

    HttpExchange granted = bank.send("POST", token, new NamedValues(), form);
    NamedValues bearer =
        new NamedValues()
            .set("Authorization", "Bearer " + granted.json().path("access_token").asText());

    JWSObject fetched = JWSObject.parse(bank.send("GET", statement, bearer, "").body());
    assertThat(fetched.getPayload().toJSONObject()).containsEntry("software_id", software.id());
    assertThat(send("GET", statement, bearer, "").status()).isEqualTo(401);
    assertThat(bank.send("GET", statement, new NamedValues(), "").status()).isEqualTo(401);
    assertThat(send("POST", token, new NamedValues(), form).status()).isEqualTo(401);
    assertThat(bank.send("POST", token, new NamedValues(), form + "x").status()).isEqualTo(400);
  }

  /** The first bytes of a response, which is then given up. */
  private static String begin(URI uri, int bytes) throws Exception {
    HttpClient client = HttpClient.newBuilder().sslContext(PKI.sslContext(null)).build();
    HttpRequest request = HttpRequest.newBuilder(uri).build();
    try (InputStream body = client.send(request, BodyHandlers.ofInputStream()).body()) {
      return new String(body.readNBytes(bytes), StandardCharsets.UTF_8);
    }
  }

  private CertificateAuthority authority() {
    return directory.certificates().authority();
  }

  private void restart(Ecosystem ecosystem) {
    directory.close();
    directory = Directory.start(ecosystem, PKI);
  }

  private static HttpExchange get(URI uri) {
    return send("GET", uri, new NamedValues(), "");
  }

  private static HttpExchange send(String method, URI uri, NamedValues headers, String body) {
    return ANYONE.send(method, uri, headers, body);
  }
}
