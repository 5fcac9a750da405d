package io.github.fapipack.trust;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.directory.Brazil;
import io.github.fapipack.it.directory.Directory;
import io.github.fapipack.it.directory.Organisation;
import io.github.fapipack.it.directory.Software;
import io.github.fapipack.it.directory.Statement;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.pki.ClientCertificate;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.ServerLogOnFailure;
import io.github.fapipack.it.testing.SoftwareRegistration;
import io.github.fapipack.it.testing.TestRealm;
import java.net.URI;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Requests of somebody with a genuine certificate, and statements that a directory should not have
 * signed: whatever they contain, there is an answer, and nothing but what was vouched for.
 */
@ExtendWith(ServerLogOnFailure.class)
class HostileRequestIT {

  @FapiRealm("fapi2-security-profile")
  private static TestRealm realm;

  private static Directory directory;
  private static Organisation organisation;
  private static Software bystander;
  private static ClientCertificate ofBystander;
  private static SoftwareRegistration registration;

  @BeforeAll
  static void joinEcosystem() {
    directory = Directory.start(new Brazil(), realm.server());
    organisation = directory.organisation("Fintech Limitada");
    bystander = software();
    ofBystander = bystander.certificate();
    registration =
        SoftwareRegistration.in(
            realm,
            directory,
            profile -> {
              // These clients have no key for encryption.
              profile.withObject("/client").remove("defaults");
              return profile;
            });
  }

  @AfterAll
  static void stopDirectory() {
    directory.close();
  }

  private static Software software() {
    return organisation.software("Contas");
  }

  private static JsonNode client(HttpExchange registered) {
    return realm.admin().client(realm.name(), registered.json().path("client_id").asText());
  }

  static Stream<Arguments> wildStatements() {
    String many = "https://tpp.example/" + "x".repeat(200);
    return Stream.of(
        wild("name as object", s -> s.with("software_client_name", Map.of("a", 1))),
        wild("name as list", s -> s.with("software_client_name", List.of("a", "b"))),
        wild("name as number", s -> s.with("software_client_name", 1e300)),
        wild("name null", s -> s.json("software_client_name", "null")),
        wild("long name", s -> s.with("software_client_name", "x".repeat(60_000))),
        wild("name with direction", s -> s.with("software_client_name", "bank\u202egpj")),
        wild("name as message", s -> s.with("software_client_name", "${loginTitle}")),
        wild("half a pair", s -> s.json("software_client_name", "\"\\ud800\"")),
        wild("half a pair in the organisation", s -> s.json("org_name", "\"x\\udc00\"")),
        wild("NUL in the organisation", s -> s.json("org_name", "\"x\\u0000y\"")),
        wild("organisation with direction", s -> s.with("org_name", "bank\u202egpj")),
        wild("long organisation", s -> s.with("org_name", "\ud83d\ude00".repeat(10_000))),
        wild("organisation as list", s -> s.with("org_name", List.of("a"))),
        wild("script as logo", s -> s.with("software_logo_uri", "javascript:alert(1)")),
        wild("long logo", s -> s.with("software_logo_uri", many.repeat(100))),
        wild("logo as object", s -> s.with("software_logo_uri", Map.of())),
        wild("keys as object", s -> s.with("software_jwks_uri", Map.of())),
        wild("keys in a file", s -> s.with("software_jwks_uri", "file:///etc/passwd")),
        wild("redirect URIs as object", s -> s.with("software_redirect_uris", Map.of())),
        wild("no redirect URIs", s -> s.json("software_redirect_uris", "null")),
        wild("nested redirect URIs", s -> s.with("software_redirect_uris", List.of(List.of()))),
        wild("roles as numbers", s -> s.with("software_statement_roles", List.of(1, true))),
        wild(
            "many roles",
            s ->
                s.with(
                    "software_statement_roles",
                    Collections.nCopies(900, Map.of("role", "DADOS", "status", "Active")))),
        wild(
            "long role",
            s ->
                s.with(
                    "software_statement_roles",
                    List.of(
                        Map.of("role", "x".repeat(50_000), "status", "Active"),
                        Map.of("role", "DADOS", "status", "Active")))),
        wild(
            "half a pair as role",
            s ->
                s.json(
                    "software_statement_roles",
                    "[{\"role\":\"\\ud800\",\"status\":\"Active\"},{\"role\":\"DADOS\",\"status\":\"Active\"}]")),
        wild("deep", s -> s.json("x", "[".repeat(900) + "]".repeat(900))),
        wild("too deep", s -> s.json("x", "[".repeat(20_000) + "]".repeat(20_000))),
        wild("many digits", s -> s.json("exp", "1e999999999")),
        wild("kid as object", s -> s.header("kid", Map.of("a", 1))),
        wild("kid of a path", s -> s.header("kid", "../../etc/passwd\0' or 1=1")),
        wild("algorithm as list", s -> s.header("alg", List.of("PS256"))),
        wild("type as object", s -> s.header("typ", Map.of())),
        wild("states as object", s -> s.with("org_status", Map.of("Active", "Active"))));
  }

  private static Arguments wild(String what, Consumer<Statement> change) {
    return Arguments.of(what, change);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wildStatements")
  @Rejects(by = "RequireSoftwareStatement", value = "RFC7591 2.3-1")
  void aWildStatementHarmsNothing(String what, Consumer<Statement> change) {
    Software software = software();
    Statement statement = software.statement();
    change.accept(statement);
    ObjectNode request = software.metadata().put("software_statement", statement.sign());

    HttpExchange answer = registration.register(request, software.certificate());
    assertThat(answer.status()).isIn(201, 400);
    if (answer.status() == 400) {
      assertThat(answer.error()).isNotEmpty();
      registration.register(software).expectStatus(201);
    } else {
      registration.manage("GET", answer, null, software.certificate()).expectStatus(200);
    }
  }

  static Stream<Arguments> bodies() {
    String json = "application/json";
    String valid = Json.text(software().registration());
    return Stream.of(
        Arguments.of("application/json;charset=bogus", valid),
        Arguments.of("application/json;charset=utf-16", valid),
        Arguments.of("application/json;charset=", valid),
        Arguments.of("application/json;charset=utf-7;charset=utf-8", valid),
        Arguments.of("application/jwt;charset=bogus", valid),
        Arguments.of("application/jose", "a.b.c"),
        Arguments.of("application/*", valid),
        Arguments.of("multipart/form-data", valid),
        Arguments.of("application/x-www-form-urlencoded", "a=%zz"),
        Arguments.of(json, ""),
        Arguments.of(json, "null"),
        Arguments.of(json, "{\"redirect_uris\":"),
        Arguments.of(json, "[".repeat(100_000)),
        Arguments.of(json, "{\"software_statement\":" + "{\"a\":".repeat(20_000)),
        Arguments.of(json, "{\"software_statement\":\"" + "a".repeat(240_000) + "\"}"),
        Arguments.of(json, "{\"software_statement\":\"" + "a".repeat(9_000_000) + "\"}"),
        Arguments.of(json, "{\"software_statement\":1e999999999}"));
  }

  @ParameterizedTest
  @MethodSource("bodies")
  @Rejects(by = "RequireSoftwareStatement", value = "RFC7591 2.3-1")
  void aWildBodyGetsAnAnswer(String type, String body) {
    HttpExchange answer = registration.register(type, body, ofBystander);
    assertThat(answer.status()).isBetween(400, 499);
  }

  @Test
  @Rejects(by = "RestrictToSoftwareStatement", value = "RFC7591 3.1.1-2")
  void aThousandRedirectUrisAreTooMany() {
    Software software = software();
    List<String> many = IntStream.range(0, 1000).mapToObj(i -> "https://tpp.example/" + i).toList();
    ObjectNode request =
        software
            .metadata()
            .put(
                "software_statement",
                software.statement().with("software_redirect_uris", many).sign());
    many.forEach(request.putArray("redirect_uris")::add);
    registration
        .register(request, software.certificate())
        .expectError(400, "invalid_client_metadata");
  }

  static Stream<Arguments> ownMembers() {
    return Stream.of(
        Arguments.of(
            "attributes", "{\"fapi.software-id\":\"other\",\"access.token.lifespan\":\"999999\"}"),
        Arguments.of("fapi.software-id", "\"other\""),
        Arguments.of("fapi.software-statement", "\"a.b.c\""),
        Arguments.of("software_id", "\"other\""),
        Arguments.of("org_id", "\"other\""),
        Arguments.of(
            "protocolMappers",
            "[{\"name\":\"x\",\"protocolMapper\":\"oidc-hardcoded-claim-mapper\"}]"),
        Arguments.of("defaultClientScopes", "[\"roles\"]"),
        Arguments.of("fullScopeAllowed", "true"),
        Arguments.of("consentRequired", "false"),
        Arguments.of("client_secret", "\"secret\""),
        Arguments.of("registration_access_token", "\"own\""),
        Arguments.of("registration_client_uri", "\"https://evil.example/\""),
        Arguments.of("client_id_issued_at", "\"x\""),
        Arguments.of("client_id", "\"account\""),
        Arguments.of("client_id", "\"../../admin\""),
        Arguments.of("client_id", "{}"),
        Arguments.of("grant_types", "\"password\""),
        Arguments.of("grant_types", "[[\"password\"]]"),
        Arguments.of("grant_types", "{\"password\":1}"),
        Arguments.of("grant_types", "[\"urn:ietf:params:oauth:grant-type:token-exchange\"]"),
        Arguments.of("token_endpoint_auth_method", "[\"none\"]"),
        Arguments.of("token_endpoint_auth_method", "{\"none\":1}"),
        Arguments.of("scope", "[\"openid\",\"admin\"]"),
        Arguments.of("scope", "\"openid roles\""),
        Arguments.of("scope", "7"),
        Arguments.of("subject_type", "\"pairwise\""),
        Arguments.of("sector_identifier_uri", "\"http://169.254.169.254/\""),
        Arguments.of("request_uris", "[\"http://169.254.169.254/\"]"),
        Arguments.of("backchannel_logout_uri", "\"http://169.254.169.254/\""),
        Arguments.of("post_logout_redirect_uris", "[\"javascript:alert(1)\"]"),
        Arguments.of("tls_client_auth_subject_dn", "\".*\""),
        Arguments.of("authorization_details_types", "{}"),
        Arguments.of("default_acr_values", "{}"),
        Arguments.of("introspection_signed_response_alg", "\"none\""),
        Arguments.of("jwks", "null"),
        Arguments.of("logo_uri", "\"https://evil.example/\""),
        Arguments.of("client_name#pt", "\"Banco Central\""));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("ownMembers")
  @Rejects(by = "RestrictToSoftwareStatement", value = "RFC7591 3.1.1-2")
  void aMemberThatNobodyVouchesForGivesNothing(String member, String value) {
    Software software = software();
    ClientCertificate certificate = software.certificate();
    ObjectNode request = software.registration();
    request.set(member, Json.parse(value));

    HttpExchange answer = registration.register(request, certificate);
    if (answer.status() != 201) {
      answer.expectStatus(400);
      assertThat(answer.error()).isIn("invalid_client_metadata", "invalid_redirect_uri");
      return;
    }
    JsonNode client = client(answer);
    assertThat(client.at("/attributes/fapi.software-id").asText()).isEqualTo(software.id());
    assertThat(client.at("/attributes/access.token.lifespan").asText()).isEqualTo("900");
    assertThat(client.path("fullScopeAllowed").asBoolean()).isFalse();
    assertThat(client.path("consentRequired").asBoolean()).isTrue();
    assertThat(client.path("publicClient").asBoolean()).isFalse();
    assertThat(client.path("directAccessGrantsEnabled").asBoolean()).isFalse();
    ObjectNode update = software.registration();
    update.put("client_id", answer.json().path("client_id").asText());
    update.set(member, Json.parse(value));
    HttpExchange updated = registration.manage("PUT", answer, update, certificate);
    assertThat(updated.status()).isIn(200, 400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%2e%2e",
        "..%2f..",
        "%00",
        "%ff",
        "a;b=c",
        "%E2%80%AE",
        "x%0d%0aSet-Cookie:a",
        "*",
        "%25"
      })
  @Rejects(by = "RequireParticipantCertificate", value = "RFC8705 2.1-1")
  void aWildClientIdIsThatOfNobody(String path) {
    for (String method : List.of("GET", "PUT", "DELETE")) {
      HttpExchange answer =
          registration.send(
              method,
              URI.create(registration.endpoint() + "/" + path),
              "junk",
              "application/json",
              method.equals("PUT") ? "{}" : "",
              ofBystander);
      assertThat(answer.status()).isBetween(400, 499);
    }
  }
}
