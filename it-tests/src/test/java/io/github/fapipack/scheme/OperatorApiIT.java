package io.github.fapipack.scheme;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jwt.SignedJWT;
import io.github.fapipack.it.admin.AdminResponse;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.pki.Keys;
import io.github.fapipack.it.testing.TestRealm;
import java.io.StringWriter;
import java.security.KeyPair;
import java.util.List;
import java.util.UUID;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the operator of a scheme does, through the admin API. */
class OperatorApiIT {
  private static TestRealm realm;

  @BeforeAll
  static void importDirectory() {
    realm = TestRealm.create("fapi-directory");
  }

  @AfterAll
  static void delete() {
    realm.close();
  }

  private static AdminResponse send(String method, String path, JsonNode body) {
    return realm.admin().send(method, "/" + realm.name() + "/fapi/scheme" + path, body);
  }

  private static JsonNode sent(String method, String path, JsonNode body) {
    AdminResponse answer = send(method, path, body);
    assertThat(answer.status()).as(answer.body()).isIn(200, 204);
    return answer.status() == 204 ? Json.object() : answer.json();
  }

  private static ObjectNode organisationData() {
    ObjectNode data =
        Json.object()
            .put("name", "Bank " + UUID.randomUUID())
            .put("number", "12345678000100")
            .put("country", "BR");
    roles().forEach(data.putArray("roles")::add);
    return data;
  }

  private static List<String> roles() {
    return List.copyOf(sent("GET", "", null).path("roles").properties()).stream()
        .map(java.util.Map.Entry::getKey)
        .toList();
  }

  private static JsonNode organisation() {
    return sent("POST", "/organisations", organisationData());
  }

  private static ObjectNode softwareData() {
    ObjectNode data = Json.object().put("name", "Accounts").put("softwareVersion", "1.2");
    data.putArray("redirectUris").add("https://app.example/callback");
    data.putArray("roles").add(roles().get(0));
    return data;
  }

  private static JsonNode software(JsonNode organisation) {
    return sent(
        "POST", "/organisations/" + organisation.path("id").asText() + "/software", softwareData());
  }

  private static ObjectNode decision(JsonNode thing, String standing, String reason) {
    return Json.object()
        .put("version", thing.path("version").asLong())
        .put("standing", standing)
        .put("reason", reason);
  }

  private static boolean isEnabled(JsonNode software) {
    return realm
        .admin()
        .client(realm.name(), software.path("id").asText())
        .path("enabled")
        .asBoolean();
  }

  private static String request(KeyPair keys) throws Exception {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter pem = new JcaPEMWriter(text)) {
      pem.writeObject(
          new JcaPKCS10CertificationRequestBuilder(
                  new X500Principal("CN=whatever"), keys.getPublic())
              .build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
    }
    return text.toString();
  }

  private static JsonNode certificate(JsonNode software, String use) throws Exception {
    return sent(
        "POST",
        "/software/" + software.path("id").asText() + "/certificates",
        Json.object().put("use", use).put("request", request(Keys.ec())));
  }

  @Test
  void anOrganisationWithSoftwareGetsCertificatesAndStatements() throws Exception {
    JsonNode organisation = organisation();
    assertThat(organisation.path("standing").asText()).isEqualTo("active");
    JsonNode software = software(organisation);
    assertThat(software.path("effective").asText()).isEqualTo("active");

    JsonNode transport = certificate(software, "transport");
    assertThat(transport.path("subject").asText()).isNotEmpty();
    JsonNode signing = certificate(software, "signing");
    JsonNode keys = sent("GET", "/software/" + software.path("id").asText() + "/keys", null);
    assertThat(keys).hasSize(1);
    assertThat(keys.get(0).path("serial")).isEqualTo(signing.path("serial"));

    String statement =
        sent("POST", "/software/" + software.path("id").asText() + "/statement", null)
            .path("statement")
            .asText();
    assertThat(SignedJWT.parse(statement).getJWTClaimsSet().getStringClaim("software_id"))
        .isEqualTo(software.path("id").asText());
    assertThat(isEnabled(software)).isTrue();
  }

  @Test
  void whoeverIsSuspendedGetsNothingAndWhoeverReturnsGetsItAgain() throws Exception {
    JsonNode organisation = organisation();
    JsonNode software = software(organisation);
    String path = "/organisations/" + organisation.path("id").asText() + "/decision";
    JsonNode suspended =
        sent("POST", path, decision(organisation, "suspended", "It has not answered."));

    assertThat(send("POST", "/software/" + software.path("id").asText() + "/statement", null))
        .extracting(AdminResponse::status)
        .isEqualTo(403);
    assertThat(isEnabled(software)).isFalse();

    sent("POST", path, decision(suspended, "active", null));
    certificate(software, "transport");
  }

  @Test
  void whatHasEndedForGoodLosesItsCertificates() throws Exception {
    JsonNode organisation = organisation();
    JsonNode software = software(organisation);
    JsonNode certificate = certificate(software, "transport");
    sent(
        "POST",
        "/software/" + software.path("id").asText() + "/decision",
        decision(software, "withdrawn", "It is not used any more."));

    JsonNode revoked = sent("GET", "/certificates/" + certificate.path("serial").asText(), null);
    assertThat(revoked.path("reason").asText()).isEqualTo("cessation-of-operation");
    assertThat(
            send(
                    "POST",
                    "/software/" + software.path("id").asText() + "/decision",
                    decision(
                        sent("GET", "/software/" + software.path("id").asText(), null),
                        "active",
                        null))
                .status())
        .isEqualTo(409);
  }

  @Test
  void twoOperatorsAtOnceDoNotOverwriteEachOther() {
    JsonNode organisation = organisation();
    String path = "/organisations/" + organisation.path("id").asText() + "/decision";
    sent("POST", path, decision(organisation, "suspended", "One of them is first."));

    assertThat(send("POST", path, decision(organisation, "withdrawn", "The other.")).status())
        .isEqualTo(409);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "name|''",
        "name|'a\u0000b'",
        "name|'line\nbreak'",
        "number|'1234;DROP'",
        "country|XX",
        "country|Brazil",
      })
  void anOrganisationWithAnImpossibleValueIsRefused(String field, String value) {
    AdminResponse answer = send("POST", "/organisations", organisationData().put(field, value));
    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertThat(answer.body()).contains(field);
  }

  @ParameterizedTest
  @CsvSource({
    "http://app.example/callback",
    "https://app.example/*",
    "https://user@app.example/",
    "https://app.example/#fragment",
    "javascript:alert(1)",
  })
  void aSoftwareWithAnImpossibleRedirectUriIsRefused(String uri) {
    ObjectNode data = softwareData();
    data.putArray("redirectUris").add(uri);
    AdminResponse answer =
        send("POST", "/organisations/" + organisation().path("id").asText() + "/software", data);
    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
  }

  @Test
  void aSoftwareGetsNoRoleThatItsOrganisationDoesNotHave() {
    JsonNode organisation = organisation();
    String role = roles().get(0);
    sent(
        "PUT",
        "/organisations/" + organisation.path("id").asText() + "/roles/" + role,
        decision(organisation, "withdrawn", "Its licence has ended."));

    AdminResponse answer =
        send(
            "POST",
            "/organisations/" + organisation.path("id").asText() + "/software",
            softwareData());
    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET|/organisations/unknown",
        "GET|/organisations/00000000-0000-0000-0000-000000000000/software",
        "GET|/software/%00",
        "GET|/certificates/zz",
        "GET|/proofs/unknown/content",
        "DELETE|/keys/unknown",
      })
  void whatDoesNotExistIsNotFound(String method, String path) {
    assertThat(send(method, path, null).status()).isEqualTo(404);
  }

  @Test
  void anotherRealmHasNoDirectory() {
    assertThat(realm.admin().send("GET", "/master/fapi/scheme", null).status()).isEqualTo(404);
  }

  @Test
  void whatWasDoneIsTold() {
    JsonNode organisation = organisation();
    software(organisation);
    JsonNode events =
        sent("GET", "/organisations/" + organisation.path("id").asText() + "/events", null);
    assertThat(events.findValuesAsText("what")).containsExactly("software", "organisation");
    assertThat(events.get(0).path("who").asText()).isEqualTo(realm.admin().username());
  }
}
