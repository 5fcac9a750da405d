package io.github.fapipack.trust;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.util.Base64URL;
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
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.SoftwareRegistration;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What software of a community, which signs its own statements, cannot get by them. */
class CommunityAttackIT {
  private static final String INVALID = "invalid_software_statement";
  private static final String UNAPPROVED = "unapproved_software_statement";

  @FapiRealm("fapi2-security-profile")
  private static TestRealm realm;

  private static Community community;
  private static SoftwareRegistration registration;

  @BeforeAll
  static void joinEcosystem() {
    community = Community.start(realm.server().pki());
    registration = SoftwareRegistration.in(realm, community);
  }

  @AfterAll
  static void stopDirectory() {
    community.close();
  }

  private static HttpExchange register(Statement statement) {
    return registration.register(
        Json.object().put("software_statement", statement.sign()).put("udap", "1"), null);
  }

  private static Statement statement(CommunitySoftware software) {
    return software.statement().with("aud", registration.endpoint().toString());
  }

  /** The server gives the key in the certificate a kid of its own. */
  private static JWK withoutKid(JWK key) {
    return new ECKey.Builder(key.toECKey()).keyID(null).build();
  }

  @Test
  @Accepts(by = "RequireSoftwareStatement", value = "RFC7591 2.3-1")
  void softwareWithACertificateOfTheCommunityRegistersAndUsesItsKey() {
    CommunitySoftware software = community.software("Records");
    Statement statement = statement(software).with("grant_types", List.of("client_credentials"));

    HttpExchange registered = register(statement).expectStatus(201);

    assertThat(registered.json().path("software_id").asText()).isEqualTo(statement.claim("iss"));
    assertThat(registered.json().path("client_name").asText()).isEqualTo("Records");
    FapiClient client =
        TestClient.in(realm)
            .register()
            .but()
            .clientId(registered.json().path("client_id").asText())
            .privateKeyJwt(ClientKeys.of(withoutKid(software.keys().forAlgorithm("ES256"))))
            .auth(ClientAuth.PRIVATE_KEY_JWT)
            .algorithm("ES256")
            .build();
    client.clientCredentials().expect();
    register(statement(software)).expectError(400, INVALID);
  }

  @Test
  @Rejects(by = "RestrictRegistration", value = "RFC7592 2.2-4")
  void aScopeThatTheRealmDoesNotOfferIsNotGiven() {
    realm
        .admin()
        .send(
            "POST",
            "/" + realm.name() + "/client-scopes",
            Json.object().put("name", "internal").put("protocol", "openid-connect"));
    CommunitySoftware software = community.software("Curious");

    HttpExchange registered =
        register(statement(software).with("scope", "openid internal phone")).expectStatus(201);

    assertThat(registered.json().path("scope").asText().split(" "))
        .contains("openid", "phone")
        .doesNotContain("internal");
  }

  @Test
  @Rejects(by = "RequireSoftwareStatement", value = "RFC7591 2.3-1")
  void aZeroSignatureIsNone() {
    String statement = statement(community.software("Zero")).sign();
    String zero = Base64URL.encode(new byte[64]).toString();
    String signed = statement.substring(0, statement.lastIndexOf('.') + 1) + zero;

    registration
        .register(Json.object().put("software_statement", signed), null)
        .expectError(400, INVALID);
  }

  @Test
  @Rejects(by = "RequireParticipantCertificate", value = "RFC7591 5-3")
  void nobodyEndsAnotherSoftwareByAStatementAboutIt() {
    CommunitySoftware victim = community.software("Victim");
    Object id = statement(victim).claim("iss");
    register(statement(victim)).expectStatus(201);
    ObjectNode profile = community.profile();
    ObjectNode states = profile.withObject("/statement").deepCopy();
    states.putArray("states").addObject().put("at", "/state").put("other", "active");
    states.withObject("/states/0").putObject("values").put("ended", "withdrawn");
    registration.use(profile.deepCopy().set("statement", states));
    try {
      register(statement(community.software("Attacker")).with("iss", id).with("state", "ended"))
          .expectError(400, UNAPPROVED);
      String path = "/" + realm.name() + "/fapi/participants?search=";
      String name = URLEncoder.encode((String) id, StandardCharsets.UTF_8);
      assertThat(realm.admin().get(path + name).at("/participants/0/state").asText())
          .isEqualTo("active");
    } finally {
      registration.use(profile);
    }
  }

  @Test
  @Rejects(by = "RequireParticipantCertificate", value = "RFC7591 5-3")
  void bothTheConnectionAndTheStatementNeedACertificateOfTheSoftware() {
    CommunitySoftware software = community.software("Own");
    CommunitySoftware other = community.software("Other");
    Statement stolen = statement(other).with("iss", statement(software).claim("iss"));

    registration
        .register(Json.object().put("software_statement", stolen.sign()), software.certificate())
        .expectError(400, UNAPPROVED);
    registration
        .register(
            Json.object().put("software_statement", statement(software).sign()),
            other.certificate())
        .expectError(400, UNAPPROVED);
  }
}
