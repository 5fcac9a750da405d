package io.github.fapipack.scheme;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.pki.ClientCertificate;
import io.github.fapipack.it.pki.Keys;
import io.github.fapipack.it.scheme.CertificateRequests;
import io.github.fapipack.it.scheme.Scheme;
import io.github.fapipack.it.scheme.Scheme.Member;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestRealm;
import io.github.fapipack.it.time.Await;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a software gets from the directory with an access token of its own. */
class SoftwareApiIT {
  @FapiRealm("fapi-directory")
  private static TestRealm realm;

  private static Scheme scheme;
  private static Member own;
  private static Member other;
  private static ClientCertificate certificate;
  private static String token;

  @BeforeAll
  static void twoSoftwareOfOneOrganisation() {
    scheme = Scheme.in(realm.server(), realm.name()).withTrustedAuthority();
    JsonNode organisation = scheme.organisation("Bank A", "12345678", "BR");
    own = scheme.software(organisation, "Own software");
    other = scheme.software(organisation, "Other software");
    certificate = scheme.certificate(own);
    token = scheme.accessToken(own, certificate);
  }

  @Test
  void givesASignedStatement() throws Exception {
    HttpExchange answer = statement(own, token, certificate).expectStatus(200);

    assertThat(answer.header("Content-Type")).startsWith("application/jwt");
    assertThat(answer.header("Cache-Control")).contains("no-store");
    SignedJWT statement = SignedJWT.parse(answer.body());
    assertThat(statement.getHeader().getAlgorithm().getName()).isEqualTo("PS256");
    assertThat(statement.getHeader().getType().getType()).isEqualTo("JWT");
    JWKSet keys = JWKSet.parse(scheme.get("keystore/statements.jwks").body());
    assertThat(
            statement.verify(
                new RSASSAVerifier(
                    keys.getKeyByKeyId(statement.getHeader().getKeyID()).toRSAKey())))
        .isTrue();
    JsonNode members = Json.tree(statement.getJWTClaimsSet().toJSONObject());
    assertThat(members.path("iss").asText()).isEqualTo(realm.issuer() + "/directory");
    assertThat(members.path("software_id").asText()).isEqualTo(own.software());
    assertThat(members.path("exp").asLong() - members.path("iat").asLong()).isEqualTo(600);
    assertThat(members.path("iat").asLong()).isCloseTo(Instant.now().getEpochSecond(), within(60));
    assertThat(members.at("/roles/0/status").asText()).isEqualTo("active");
    assertThat(members.path("jwks_uri").asText())
        .isEqualTo(scheme.address(own.keys(true)).toString());
  }

  private static Offset<Long> within(long seconds) {
    return Offset.offset(seconds);
  }

  private static HttpExchange statement(
      Member member, String accessToken, ClientCertificate shown) {
    return scheme.call("GET", member.path("assertion"), accessToken, shown, "");
  }

  @Test
  void refusesARequestWithoutAToken() {
    HttpExchange answer = statement(own, null, certificate).expectError(401, "invalid_token");
    assertThat(answer.header("WWW-Authenticate")).contains("Bearer realm=");
  }

  @Test
  void refusesATokenWithoutItsCertificate() {
    statement(own, token, null).expectError(401, "invalid_token");
    statement(own, token, scheme.certificate(other)).expectError(401, "invalid_token");
  }

  @Test
  void refusesATokenThatIsNotOfThisRealm() {
    try (TestRealm second = TestRealm.create("fapi-directory")) {
      Scheme elsewhere = Scheme.in(second.server(), second.name()).withTrustedAuthority();
      Member stranger = elsewhere.software(elsewhere.organisation("X", "1", "BR"), "Stranger");
      ClientCertificate strange = elsewhere.certificate(stranger);
      String foreign = elsewhere.accessToken(stranger, strange);
      statement(own, foreign, strange).expectError(401, "invalid_token");
    }
    statement(own, "x.y.z", certificate).expectStatus(401);
    statement(own, token.substring(0, token.length() - 4) + "AAAA", certificate)
        .expectError(401, "invalid_token");
  }

  @Test
  void refusesATokenWithoutTheScope() {
    HttpExchange plain = scheme.token(own, certificate, "").expectStatus(200);
    statement(own, plain.json().path("access_token").asText(), certificate)
        .expectError(403, "insufficient_scope");
  }

  @Test
  void doesNotTellOtherSoftwareFromWhatIsNotThere() {
    HttpExchange others = statement(other, token, certificate).expectError(404, "not_found");
    HttpExchange nobodys =
        statement(new Member(own.organisation(), "nobody"), token, certificate)
            .expectError(404, "not_found");
    assertThat(others.body()).isEqualTo(nobodys.body());
    statement(new Member("nobody", own.software()), token, certificate)
        .expectError(404, "not_found");
    scheme
        .call("GET", other.path("certificates"), token, certificate, "")
        .expectError(404, "not_found");
    scheme
        .call(
            "POST",
            other.path("certificates?use=transport"),
            token,
            certificate,
            CertificateRequests.of(Keys.ec()))
        .expectError(404, "not_found");
  }

  @Test
  void refusesSoftwareThatIsSuspended() {
    Member ended = scheme.software(scheme.organisation("Bank S", "999", "BR"), "Suspended");
    ClientCertificate its = scheme.certificate(ended);
    String before = scheme.accessToken(ended, its);
    statement(ended, before, its).expectStatus(200);

    scheme.decide(ended, "suspended");
    statement(ended, before, its).expectError(403, "access_denied");
    assertThat(scheme.token(ended, its, Scheme.SCOPE).status()).isGreaterThanOrEqualTo(400);

    scheme.decide(ended, "active");
    statement(ended, scheme.accessToken(ended, its), its).expectStatus(200);
  }

  @Test
  void refusesATokenOfARevokedCertificate() {
    Member owner = scheme.software(scheme.organisation("Bank R", "998", "BR"), "Revoked");
    ClientCertificate stolen = scheme.certificate(owner);
    String before = scheme.accessToken(owner, stolen);
    statement(owner, before, stolen).expectStatus(200);

    scheme.operate(
        "POST",
        "certificates/" + stolen.certificate().getSerialNumber().toString(16) + "/revocation",
        Json.object().put("reason", "key-compromise"));
    statement(owner, before, stolen).expectError(401, "invalid_token");
    scheme.token(owner, stolen, Scheme.SCOPE).expectError("invalid_client");
  }

  @Test
  void refusesATokenThatHasExpired() {
    Member owner = scheme.software(scheme.organisation("Bank E", "997", "BR"), "Expired");
    setting(owner, "access.token.lifespan", "1");
    ClientCertificate its = scheme.certificate(owner);
    String brief = scheme.accessToken(owner, its);

    Await.atMost(Duration.ofSeconds(20))
        .until("end of the token", () -> statement(owner, brief, its).status() == 401);
    statement(owner, brief, its).expectError(401, "invalid_token");
  }

  /** The rules of the realm see to it that there are no such tokens; the endpoint does so too. */
  @Test
  void refusesATokenThatIsBoundToNothing() {
    Member owner = scheme.software(scheme.organisation("Bank U", "996", "BR"), "Unbound");
    ClientCertificate its = scheme.certificate(owner);
    realm.withoutPolicies(
        () -> {
          setting(owner, "tls.client.certificate.bound.access.tokens", "false");
          statement(owner, scheme.accessToken(owner, its), its).expectError(401, "invalid_token");
        });
  }

  private static void setting(Member owner, String attribute, String value) {
    ObjectNode client = realm.admin().client(realm.name(), owner.software());
    client.withObject("/attributes").put(attribute, value);
    realm.admin().updateClient(realm.name(), client);
  }

  @Test
  void renewsItsCertificateByItself() {
    KeyPair keys = Keys.ec();
    JsonNode issued =
        scheme
            .call(
                "POST",
                own.path("certificates?use=transport"),
                token,
                certificate,
                CertificateRequests.of("CN=other,O=Somebody else", keys))
            .expectStatus(201)
            .json();
    ClientCertificate renewed = scheme.certificate(issued.path("certificate").asText(), keys);

    assertThat(renewed.subject()).isEqualTo(certificate.subject());
    assertThat(issued.path("chain")).isNotEmpty();
    statement(own, scheme.accessToken(own, renewed), renewed).expectStatus(200);
    JsonNode list =
        scheme
            .call("GET", own.path("certificates?max=1"), token, certificate, "")
            .expectStatus(200)
            .json();
    assertThat(list.path("total").asInt()).isGreaterThanOrEqualTo(2);
    assertThat(list.at("/certificates/0/serial").asText())
        .isEqualTo(issued.path("serial").asText());
    assertThat(list.path("certificates")).hasSize(1);
  }

  @Test
  void publishesTheKeyOfASigningCertificate() {
    KeyPair keys = Keys.rsa(2048);
    scheme
        .call(
            "POST",
            own.path("certificates?use=signing"),
            token,
            certificate,
            CertificateRequests.of(keys))
        .expectStatus(201);
    assertThat(scheme.get(own.keys(true)).json().at("/keys/0/kty").asText()).isEqualTo("RSA");
  }

  @Test
  void refusesRequestsThatAreNotGoodEnough() {
    String request = CertificateRequests.of(Keys.ec());
    order("", request).expectError(400, "invalid_request");
    order("?use=both", request).expectError(400, "invalid_request");
    order("?use=transport", "no request").expectError(400, "invalid_request");
    order("?use=transport", CertificateRequests.of(Keys.rsa(1024)))
        .expectError(400, "invalid_request");
    order("?use=transport", "A".repeat(16 * 1024 + 1)).expectError(413, "too_large");
  }

  private static HttpExchange order(String query, String request) {
    return scheme.call("POST", own.path("certificates") + query, token, certificate, request);
  }

  @Test
  void aListHasLimits() {
    for (String query : new String[] {"?max=x", "?first=-1", "?max=99999999999"}) {
      scheme
          .call("GET", own.path("certificates" + query), token, certificate, "")
          .expectError(400, "invalid_request");
    }
  }
}
