package io.github.fapipack.trust;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.jwk.RSAKey;
import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.client.ClientKeys;
import io.github.fapipack.it.directory.Brazil;
import io.github.fapipack.it.directory.Directory;
import io.github.fapipack.it.directory.Organisation;
import io.github.fapipack.it.directory.Software;
import io.github.fapipack.it.directory.Statement;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.SoftwareRegistration;
import io.github.fapipack.it.testing.TestRealm;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Registration with a software statement in JSON, as Open Finance Brasil has it. */
class SoftwareStatementIT {
  private static final String INVALID = "invalid_software_statement";
  private static final String UNAPPROVED = "unapproved_software_statement";

  @FapiRealm("fapi2-security-profile")
  private static TestRealm realm;

  private static Directory directory;
  private static Organisation organisation;
  private static SoftwareRegistration registration;

  @BeforeAll
  static void joinEcosystem() {
    directory = Directory.start(new Brazil(), realm.server());
    organisation = directory.organisation("Fintech Limitada");
    registration = SoftwareRegistration.in(realm, directory);
  }

  @AfterAll
  static void stopDirectory() {
    directory.close();
  }

  @Test
  @Accepts(by = "RequireSoftwareStatement", value = "RFC7591 2.3-1")
  @Accepts(by = "RestrictToSoftwareStatement", value = "RFC7591 3.1.1-2")
  @Accepts(by = "RestrictRegistration", value = "RFC7592 2.2-4")
  void softwareOfTheDirectoryRegisters() {
    Software software = organisation.software("Contas");
    ObjectNode request = software.registration();
    request.put("client_name", "Banco Central").put("unheard_of", 1);

    HttpExchange registered =
        registration.register(request, software.certificate()).expectStatus(201);

    assertThat(registered.json().path("software_statement"))
        .isEqualTo(request.path("software_statement"));
    assertThat(registered.json().path("client_name").asText()).isEqualTo("Contas");
    assertThat(registered.json().path("software_id").asText()).isEqualTo(software.id());
    assertThat(registered.json().has("client_secret")).isFalse();
    assertThat(registered.json().path("scope").asText().split(" "))
        .contains("openid", "accounts", "payments", "consents")
        .doesNotContain("consent", "basic", "profile");
    assertThat(registered.json().path("registration_client_uri").asText())
        .startsWith(registration.endpoint().toString() + "/")
        .isEqualTo(registered.header("Location"));
  }

  @Test
  @Accepts(by = "RequireSoftwareStatement", value = "RFC7591 2.3-1")
  void theMetadataOfTheRealmNameTheEndpoint() {
    JsonNode metadata =
        registration
            .send(
                "GET",
                URI.create(realm.issuer() + "/.well-known/openid-configuration"),
                null,
                "",
                "",
                null)
            .expectStatus(200)
            .json();
    String endpoint = registration.endpoint().toString();
    assertThat(metadata.path("registration_endpoint").asText()).isEqualTo(endpoint);
    assertThat(metadata.path("mtls_endpoint_aliases").path("registration_endpoint").asText())
        .isEqualTo(endpoint);
  }

  @Test
  @Accepts(by = "RestrictToSoftwareStatement", value = "RFC7591 3.1.1-2")
  void aScopeThatIsAskedForIsTheOnlyOne() {
    Software software = organisation.software("Pagamentos");
    ObjectNode request = software.registration().put("scope", "consents openid payments");
    HttpExchange registered =
        registration.register(request, software.certificate()).expectStatus(201);
    assertThat(registered.json().path("scope").asText().split(" "))
        .containsExactlyInAnyOrder("openid", "payments", "consents");
  }

  static Stream<Arguments> alteredStatements() {
    long now = Instant.now().getEpochSecond();
    return Stream.of(
        altered("none", s -> s.alg("none"), INVALID),
        altered("another key", s -> s.forgedBy(ClientKeys.ps256()), INVALID),
        altered("weaker", s -> s.alg("RS256"), INVALID),
        altered("HMAC with the public key", s -> s.alg("HS256"), INVALID),
        altered("its own key in the header", SoftwareStatementIT::withOwnKey, INVALID),
        altered("its own keys at jku", SoftwareStatementIT::withOwnKeys, INVALID),
        altered("critical extension", s -> s.header("crit", List.of("b64")), INVALID),
        altered("nested", Statement::nested, INVALID),
        altered("duplicate member", s -> s.twice("software_id", "\"other\""), INVALID),
        altered("old", s -> s.with("iat", now - 301), INVALID),
        altered("of the future", s -> s.with("iat", now + 120), INVALID),
        altered("expired", s -> s.with("exp", now - 1), INVALID),
        altered("not valid yet", s -> s.with("nbf", now + 120), INVALID),
        altered("time as text", s -> s.with("iat", "" + now), INVALID),
        altered("huge time", s -> s.with("exp", Long.MAX_VALUE).with("iat", 1e300), INVALID),
        altered("no time", s -> s.with("iat", null), INVALID),
        altered("another issuer", s -> s.with("iss", "someone"), UNAPPROVED),
        altered("no issuer", s -> s.with("iss", null), INVALID),
        altered("issuer as list", s -> s.with("iss", List.of("x")), INVALID),
        altered("no software", s -> s.with("software_id", null), INVALID),
        altered("software as number", s -> s.with("software_id", 7), INVALID),
        altered("long software", s -> s.with("software_id", "x".repeat(300)), INVALID),
        altered("no organisation", s -> s.with("org_id", ""), INVALID),
        altered("another software", s -> s.with("software_id", "other"), UNAPPROVED),
        altered("another organisation", s -> s.with("org_id", "other"), UNAPPROVED),
        altered("suspended", s -> s.with("org_status", "Inactive"), UNAPPROVED),
        altered("unheard-of state", s -> s.with("org_status", "Great"), UNAPPROVED),
        altered("no state", s -> s.with("org_status", null), UNAPPROVED),
        altered("no roles", s -> s.with("software_statement_roles", List.of()), UNAPPROVED),
        altered("roles as text", s -> s.with("software_statement_roles", "DADOS"), UNAPPROVED),
        altered(
            "inactive role",
            s ->
                s.with(
                    "software_statement_roles",
                    List.of(Map.of("role", "DADOS", "status", "Inactive"))),
            UNAPPROVED));
  }

  private static Arguments altered(
      String what, Function<Statement, Object> alteration, String error) {
    return Arguments.of(what, alteration, error);
  }

  private static Object withOwnKey(Statement statement) {
    RSAKey own = ClientKeys.ps256().toRSAKey();
    return statement.key(own).header("jwk", own.toPublicJWK().toJSONObject());
  }

  private static Object withOwnKeys(Statement statement) {
    return statement.key(ClientKeys.ps256()).header("jku", directory.elsewhereUri().toString());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("alteredStatements")
  @Rejects(by = "RequireSoftwareStatement", value = "RFC7591 2.3-1")
  @Rejects(by = "RequireSoftwareStatement", value = "RFC7591 3.2.2-1")
  void anAlteredStatementRegistersNothing(
      String what, Function<Statement, Object> alteration, String error) {
    Software software = organisation.software("Alterado");
    Object altered = alteration.apply(software.statement());
    String text = altered instanceof Statement statement ? statement.sign() : (String) altered;
    ObjectNode request = software.metadata().put("software_statement", text);
    int fetches = directory.elsewhere().requests();

    registration.register(request, software.certificate()).expectError(400, error);

    assertThat(directory.elsewhere().requests()).isEqualTo(fetches);
    // Nothing is lost: the same software can still register.
    registration.register(software).expectStatus(201);
  }

  static Stream<Arguments> alteredMetadata() {
    String redirect = "invalid_redirect_uri";
    String metadata = "invalid_client_metadata";
    return Stream.of(
        changed("no redirect URI", m -> without(m, "redirect_uris"), redirect),
        changed("empty list", m -> m.set("redirect_uris", Json.object().arrayNode()), redirect),
        changed("redirect URI of others", m -> add(m, "https://evil.example/cb"), redirect),
        changed("longer path", m -> add(m, m.at("/redirect_uris/0").asText() + "/"), redirect),
        changed("redirect URI as text", m -> m.put("redirect_uris", "https://x.example"), redirect),
        changed("keys elsewhere", m -> m.put("jwks_uri", "https://evil.example/jwks"), metadata),
        changed("keys by value", SoftwareStatementIT::withJwks, metadata),
        changed("only keys by value", m -> without(withJwks(m), "jwks_uri"), metadata),
        changed("scope of no role", m -> m.put("scope", "openid admin"), metadata),
        changed(
            "secret", m -> m.put("token_endpoint_auth_method", "client_secret_basic"), metadata),
        changed("public", m -> m.put("token_endpoint_auth_method", "none"), metadata),
        changed(
            "password",
            m -> m.set("grant_types", Json.object().arrayNode().add("password")),
            metadata),
        changed("weak", m -> m.put("id_token_signed_response_alg", "RS256"), metadata),
        changed(
            "unbound", m -> m.put("tls_client_certificate_bound_access_tokens", false), metadata),
        changed("no PAR", m -> m.put("require_pushed_authorization_requests", false), metadata),
        changed("no subject type", m -> m.put("subject_type", "x"), metadata),
        changed("own client_id", m -> m.put("client_id", "bank"), metadata));
  }

  private static Arguments changed(String what, UnaryOperator<ObjectNode> change, String error) {
    return Arguments.of(what, change, error);
  }

  private static ObjectNode without(ObjectNode metadata, String member) {
    metadata.remove(member);
    return metadata;
  }

  private static ObjectNode add(ObjectNode metadata, String uri) {
    metadata.withArray("/redirect_uris").add(uri);
    return metadata;
  }

  private static ObjectNode withJwks(ObjectNode metadata) {
    return metadata.set("jwks", Json.parse(ClientKeys.create().publicJwks()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("alteredMetadata")
  @Rejects(by = "RestrictToSoftwareStatement", value = "RFC7591 3.1.1-2")
  void metadataThatDifferFromTheStatementRegisterNothing(
      String what, UnaryOperator<ObjectNode> change, String error) {
    Software software = organisation.software("Diferente");
    ObjectNode request = change.apply(software.registration());
    registration.register(request, software.certificate()).expectError(400, error);
    registration.register(software).expectStatus(201);
  }

  @Test
  @Rejects(by = "RequireSoftwareStatement", value = "RFC7591 2.3-1")
  void nothingRegistersWithoutStatement() {
    Software software = organisation.software("Sem SSA");
    registration.register(software.metadata(), software.certificate()).expectError(400, INVALID);
    registration
        .register(software.metadata().put("software_statement", "a.b.c"), software.certificate())
        .expectError(400, INVALID);
    registration
        .register("application/json", "[]", software.certificate())
        .expectError(400, "invalid_client_metadata");
    registration
        .register("application/json", "{\"a\":1,\"a\":2}", software.certificate())
        .expectError(400, "invalid_client_metadata");
    registration
        .register("application/jwt", software.statement().sign(), software.certificate())
        .expectStatus(415);
    registration.register("text/plain", "x", software.certificate()).expectStatus(415);
  }

  @Test
  @Rejects(by = "RequireSoftwareStatement", value = "RFC7591 3.2.2-1")
  void oneSoftwareHasOneClient() {
    Software software = organisation.software("Único");
    HttpExchange first = registration.register(software).expectStatus(201);
    registration.register(software).expectError(400, INVALID);

    registration.manage("DELETE", first, null, software.certificate()).expectStatus(204);
    registration.register(software).expectStatus(201);
  }
}
