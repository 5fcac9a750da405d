package io.github.fapipack.trust;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.jwk.JWK;
import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.client.ClientAuth;
import io.github.fapipack.it.client.ClientKeys;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.directory.Community;
import io.github.fapipack.it.directory.CommunitySoftware;
import io.github.fapipack.it.directory.Statement;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.pki.CertificateAuthority;
import io.github.fapipack.it.pki.CertificateOrder;
import io.github.fapipack.it.pki.ClientCertificate;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.SoftwareRegistration;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import java.security.KeyPair;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Registration with a statement that the software signs itself, with a certificate of a community
 * in the header, as UDAP has it.
 */
class CommunityStatementIT {
  private static final String INVALID = "invalid_software_statement";
  private static final String UNAPPROVED = "unapproved_software_statement";

  private static final JWK FORGER = ClientKeys.es256();

  @FapiRealm("fapi2-security-profile")
  private static TestRealm realm;

  private static Community community;
  private static SoftwareRegistration registration;

  @BeforeAll
  static void joinCommunity() {
    community = Community.start(realm.server().pki());
    registration = SoftwareRegistration.in(realm, community);
  }

  @AfterAll
  static void stop() {
    community.close();
  }

  private static Statement statement(CommunitySoftware software) {
    return software.statement().with("aud", registration.endpoint().toString());
  }

  private static HttpExchange register(Statement statement) {
    ObjectNode request = Json.object().put("udap", "1");
    return registration.register(request.put("software_statement", statement.sign()), null);
  }

  @Test
  @Accepts(by = "RequireSoftwareStatement", value = "RFC7591 2.3-1")
  @Accepts(by = "RequireParticipantCertificate", value = "RFC7591 5-3")
  void softwareOfTheCommunityRegisters() {
    CommunitySoftware software = community.software("App");
    Statement statement = statement(software);

    HttpExchange registered = register(statement).expectStatus(201);

    assertThat(registered.json().path("software_id").asText()).isEqualTo(statement.claim("iss"));
    assertThat(registered.json().at("/redirect_uris/0").asText()).isEqualTo(software.redirectUri());
    assertThat(registered.json().path("client_name").asText()).isEqualTo("App");
  }

  @Test
  @Accepts(by = "RequireSoftwareStatement", value = "RFC7591 2.3-1")
  void itAuthenticatesWithTheKeyOfItsCertificate() {
    CommunitySoftware software = community.software("App");
    HttpExchange registered = register(statement(software)).expectStatus(201);
    FapiClient client =
        TestClient.in(realm)
            .register()
            .but()
            .clientId(registered.json().path("client_id").asText())
            .redirectUri(software.redirectUri())
            .privateKeyJwt(software.keys())
            .auth(ClientAuth.PRIVATE_KEY_JWT)
            .algorithm("ES256")
            .build();

    // UDAP has the certificate in the header instead of kid.
    client.par().assertion(assertion -> assertion.header("kid", null)).expect();
    client
        .par()
        .assertion(assertion -> assertion.key(FORGER).header("kid", null))
        .expectError(401, "invalid_client");
  }

  static Stream<Arguments> altered() {
    return Stream.of(
        altered("unsigned", (s, software) -> s.alg("none"), INVALID),
        altered("another key", (s, software) -> otherKey(s), INVALID),
        altered("no certificate", (s, software) -> s.header("x5c", null), INVALID),
        altered("no list", (s, software) -> s.header("x5c", "MIIB"), INVALID),
        altered("empty list", (s, software) -> s.header("x5c", List.of()), INVALID),
        altered("no certificates", (s, software) -> s.header("x5c", List.of("AAAA", 7)), INVALID),
        altered(
            "many certificates",
            (s, software) -> s.header("x5c", Collections.nCopies(500, "AAAA")),
            INVALID),
        altered("another authority", CommunityStatementIT::ofStranger, UNAPPROVED),
        altered("expired certificate", CommunityStatementIT::expired, UNAPPROVED),
        altered("revoked certificate", CommunityStatementIT::revoked, UNAPPROVED),
        altered(
            "the name of another",
            (s, software) -> s.with("iss", "https://hospital.example/udap"),
            UNAPPROVED),
        altered("no audience", (s, software) -> s.without("aud"), INVALID),
        altered("another audience", (s, software) -> s.with("aud", "https://x.example"), INVALID),
        altered("no end", (s, software) -> s.without("exp"), INVALID),
        altered(
            "long life",
            (s, software) -> s.with("exp", Instant.now().getEpochSecond() + 3600),
            INVALID),
        altered("no jti", (s, software) -> s.without("jti"), INVALID));
  }

  private static Arguments altered(
      String what, BiFunction<Statement, CommunitySoftware, Statement> alteration, String error) {
    return Arguments.of(what, alteration, error);
  }

  /** The certificate stays that of the software. */
  private static Statement otherKey(Statement statement) {
    return statement.forgedBy(ClientKeys.es256());
  }

  private static Statement ofStranger(Statement statement, CommunitySoftware software) {
    KeyPair keys = software.keyPair();
    CertificateAuthority stranger =
        realm.server().pki().clientCa().subordinate(Community.AUTHORITY);
    CertificateOrder order = software.order(keys);
    return CommunitySoftware.showing(statement, stranger.issue(order, keys.getPrivate()));
  }

  private static Statement expired(Statement statement, CommunitySoftware software) {
    KeyPair keys = software.keyPair();
    CertificateOrder order =
        software
            .order(keys)
            .valid(Instant.now().minusSeconds(7200), Instant.now().minusSeconds(3600));
    return CommunitySoftware.showing(
        statement, community.authority().issue(order, keys.getPrivate()));
  }

  private static Statement revoked(Statement statement, CommunitySoftware software) {
    ClientCertificate certificate = software.certificate(software.keyPair());
    community.revocation().revoke(certificate.certificate());
    return CommunitySoftware.showing(statement, certificate);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("altered")
  @Rejects(by = "RequireSoftwareStatement", value = "RFC7591 2.3-1")
  @Rejects(by = "RequireParticipantCertificate", value = "RFC7591 5-3")
  void anAlteredStatementRegistersNothing(
      String what, BiFunction<Statement, CommunitySoftware, Statement> alteration, String error) {
    CommunitySoftware software = community.software("Altered");

    register(alteration.apply(statement(software), software)).expectError(400, error);

    register(statement(software)).expectStatus(201);
  }

  @Test
  @Rejects(by = "RequireSoftwareStatement", value = "RFC7591 2.3-1")
  void aStatementIsAcceptedOnce() {
    CommunitySoftware software = community.software("Once");
    Statement statement = statement(software);
    HttpExchange registered = register(statement).expectStatus(201);
    registration.manage("DELETE", registered, null, software.certificate()).expectStatus(204);

    register(statement).expectError(400, INVALID);
    register(statement(software)).expectStatus(201);
  }
}
