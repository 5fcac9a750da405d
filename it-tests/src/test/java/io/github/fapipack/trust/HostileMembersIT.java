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
import io.github.fapipack.it.testing.SoftwareRegistration;
import io.github.fapipack.it.testing.TestRealm;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Values of any type in every member of a statement and of a request: each ends with a client as
 * the statement describes it, or with an error of RFC 7591, and never with a server error.
 */
class HostileMembersIT {
  private static final Set<String> ERRORS =
      Set.of(
          "invalid_software_statement",
          "unapproved_software_statement",
          "invalid_redirect_uri",
          "invalid_client_metadata");

  /** JSON texts; the directory would have to be hostile itself to sign some of them. */
  private static final List<String> ODD =
      List.of(
          "true",
          "0",
          "-1",
          "1.5",
          "1e30",
          "\"\"",
          "\" \"",
          "\"x\"",
          "\"\\u0000\"",
          "\"\\ud83d\\ude00\"",
          "\"" + "a".repeat(70_000) + "\"",
          "\"https://[\"",
          "\"javascript:alert(1)\"",
          "\"../\"",
          "[]",
          "[null]",
          "[[]]",
          "[{}]",
          "[1]",
          "[\"x\"]",
          "[\"\\u0000\"]",
          "{}",
          "{\"a\":1}");

  @FapiRealm("fapi2-security-profile")
  private static TestRealm realm;

  private static Directory directory;
  private static Software software;
  private static ClientCertificate certificate;
  private static SoftwareRegistration registration;

  @BeforeAll
  static void joinEcosystem() {
    directory = Directory.start(new Brazil(), realm.server());
    Organisation organisation = directory.organisation("Fintech Limitada");
    software = organisation.software("Contas");
    certificate = software.certificate();
    registration = SoftwareRegistration.in(realm, directory);
  }

  @AfterAll
  static void stopDirectory() {
    directory.close();
  }

  static Stream<String> membersOfAStatement() {
    return Stream.concat(
        software.statement().members().keySet().stream(),
        Stream.of("exp", "nbf", "jti", "aud", "sub"));
  }

  @ParameterizedTest
  @MethodSource("membersOfAStatement")
  @Rejects(by = "RequireSoftwareStatement", value = "RFC7591 3.2.2-1")
  void aMemberOfAStatementMayHoldAnything(String member) {
    Statement statement = software.statement();
    for (String odd : ODD) {
      ObjectNode request =
          software.metadata().put("software_statement", statement.json(member, odd).sign());
      judge(member + ": " + odd, registration.register(request, certificate));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "redirect_uris",
        "jwks_uri",
        "jwks",
        "grant_types",
        "response_types",
        "token_endpoint_auth_method",
        "software_statement",
        "scope",
        "client_id",
        "client_secret",
        "client_name",
        "client_name#pt-BR",
        "client_uri",
        "contacts",
        "request_uris",
        "sector_identifier_uri",
        "subject_type",
        "default_max_age",
        "require_auth_time",
        "default_acr_values",
        "initiate_login_uri",
        "id_token_signed_response_alg",
        "id_token_encrypted_response_alg",
        "userinfo_signed_response_alg",
        "request_object_signing_alg",
        "authorization_signed_response_alg",
        "tls_client_auth_subject_dn",
        "tls_client_certificate_bound_access_tokens",
        "dpop_bound_access_tokens",
        "require_pushed_authorization_requests",
        "backchannel_logout_uri",
        "post_logout_redirect_uris",
        "authorization_details_types",
        "software_id",
        "application_type",
        "backchannel_client_notification_endpoint",
        "registration_access_token",
        "registration_client_uri"
      })
  @Rejects(by = "RestrictToSoftwareStatement", value = "RFC7591 3.1.1-2")
  void aMemberOfARequestMayHoldAnything(String member) {
    ObjectNode registering = software.registration();
    for (String odd : ODD) {
      ObjectNode request = registering.deepCopy();
      request.set(member, Json.parse(odd));
      judge(member + ": " + odd, registration.register(request, certificate));
    }
  }

  private static void judge(String what, HttpExchange answer) {
    String shown = what.substring(0, Math.min(100, what.length()));
    if (answer.status() != 201) {
      assertThat(answer.status()).as(shown).isEqualTo(400);
      assertThat(ERRORS).as(shown).contains(answer.error());
      return;
    }
    JsonNode client = answer.json();
    assertThat(client.path("software_id").asText()).as(shown).isEqualTo(software.id());
    assertThat(client.path("jwks_uri").asText()).as(shown).isEqualTo(software.jwksUri().toString());
    assertThat(texts(client.path("redirect_uris"))).as(shown).isSubsetOf(software.redirectUris());
    assertThat(client.path("token_endpoint_auth_method").asText())
        .as(shown)
        .isEqualTo("private_key_jwt");
    registration.manage("DELETE", answer, null, certificate).expectStatus(204);
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(text -> texts.add(text.asText()));
    return texts;
  }
}
