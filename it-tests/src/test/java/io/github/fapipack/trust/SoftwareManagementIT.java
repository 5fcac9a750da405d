package io.github.fapipack.trust;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.browser.FrontChannelAnswer;
import io.github.fapipack.it.browser.LoginPage;
import io.github.fapipack.it.client.ClientAuth;
import io.github.fapipack.it.client.ClientKeys;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.SenderConstraint;
import io.github.fapipack.it.client.Tokens;
import io.github.fapipack.it.directory.Brazil;
import io.github.fapipack.it.directory.Directory;
import io.github.fapipack.it.directory.Organisation;
import io.github.fapipack.it.directory.Software;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.http.HttpTransport;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.pki.ClientCertificate;
import io.github.fapipack.it.testing.DynamicRegistration;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.SoftwareRegistration;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The client of a software is managed with its registration access token and mutual TLS. */
class SoftwareManagementIT {
  @FapiRealm("fapi2-security-profile")
  private static TestRealm realm;

  private static Directory directory;
  private static Organisation organisation;
  private static SoftwareRegistration registration;

  private Software software;
  private ClientCertificate certificate;
  private HttpExchange registered;

  @BeforeAll
  static void joinEcosystem() {
    directory = Directory.start(new Brazil(), realm.server());
    organisation = directory.organisation("Fintech Limitada");
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

  @BeforeEach
  void register() {
    software = organisation.software("Contas");
    certificate = software.certificate();
    registered = registration.register(software.registration(), certificate).expectStatus(201);
  }

  private ObjectNode asRegistered() {
    ObjectNode body = (ObjectNode) registered.json().deepCopy();
    body.remove(
        List.of(
            "registration_access_token",
            "registration_client_uri",
            "client_id_issued_at",
            "client_secret_expires_at"));
    return body.put("software_statement", software.statement().sign());
  }

  private String clientId() {
    return registered.json().path("client_id").asText();
  }

  private FapiClient client() {
    return TestClient.in(realm)
        .register()
        .but()
        .clientId(clientId())
        .redirectUri(software.redirectUris().get(0))
        .privateKeyJwt(software.keys())
        .auth(ClientAuth.PRIVATE_KEY_JWT)
        .algorithm("PS256")
        .constraint(SenderConstraint.MTLS)
        .tls(realm.server().pki(), certificate)
        .build();
  }

  @Test
  @Accepts(by = "RestrictToSoftwareStatement", value = "RFC7592 2.2-4")
  @Accepts(by = "RestrictRegistrationWays", value = "RFC7591 3-2")
  void itIsReadAndReplacedWithTheSameToken() {
    HttpExchange read = registration.manage("GET", registered, null, certificate).expectStatus(200);
    assertThat(read.json().path("client_id").asText()).isEqualTo(clientId());
    assertThat(read.json().path("registration_access_token"))
        .isEqualTo(registered.json().path("registration_access_token"));

    software.redirectUris(
        software.redirectUris().get(0), software.redirectUris().get(0) + "?dummy=1");
    ObjectNode body = asRegistered();
    body.putArray("redirect_uris").add(software.redirectUris().get(1));
    HttpExchange replaced =
        registration.manage("PUT", registered, body, certificate).expectStatus(200);

    assertThat(replaced.json().path("redirect_uris")).isEqualTo(body.path("redirect_uris"));
    assertThat(replaced.json().path("scope")).isEqualTo(registered.json().path("scope"));
    assertThat(replaced.json().path("software_statement"))
        .isEqualTo(body.path("software_statement"));
    assertThat(replaced.json().path("registration_access_token"))
        .isEqualTo(registered.json().path("registration_access_token"));
    assertThat(replaced.json().path("registration_client_uri"))
        .isEqualTo(registered.json().path("registration_client_uri"));
    registration.manage("GET", registered, null, certificate).expectStatus(200);
  }

  @Test
  @Rejects(by = "RestrictToSoftwareStatement", value = "RFC7592 2.2-4")
  void anUpdateIsCheckedAsTheRegistrationWas() {
    refusesUpdate(without("software_statement"), "invalid_software_statement");
    refusesUpdate(
        asRegistered()
            .put("software_statement", software.statement().forgedBy(ClientKeys.ps256()).sign()),
        "invalid_software_statement");
    refusesUpdate(
        asRegistered().put("jwks_uri", "https://evil.example/"), "invalid_client_metadata");
    refusesUpdate(without("client_id"), "invalid_client_metadata");
    refusesUpdate(asRegistered().put("client_id", "other"), "invalid_client_metadata");
    ObjectNode elsewhere = asRegistered();
    elsewhere.putArray("redirect_uris").add("https://evil.example/");
    refusesUpdate(elsewhere, "invalid_redirect_uri");
    Software sibling = organisation.software("Irmão");
    ObjectNode other = asRegistered().put("software_statement", sibling.statement().sign());
    other.set("redirect_uris", sibling.metadata().path("redirect_uris"));
    other.put("jwks_uri", sibling.jwksUri().toString());
    refusesUpdate(other, "unapproved_software_statement");
    // Nor with the certificate of the sibling, to which the statement belongs.
    registration
        .manage("PUT", registered, other, sibling.certificate())
        .expectError(400, "unapproved_software_statement");

    HttpExchange read = registration.manage("GET", registered, null, certificate);
    assertThat(read.json().path("redirect_uris"))
        .isEqualTo(registered.json().path("redirect_uris"));
  }

  private ObjectNode without(String member) {
    ObjectNode body = asRegistered();
    body.remove(member);
    return body;
  }

  private void refusesUpdate(ObjectNode body, String error) {
    registration.manage("PUT", registered, body, certificate).expectError(400, error);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "PUT", "DELETE"})
  @Rejects(by = "RequireParticipantCertificate", value = "RFC8705 2.1-1")
  void nobodyElseManagesIt(String method) {
    ObjectNode body = method.equals("PUT") ? asRegistered() : null;
    URI address = URI.create(registered.json().path("registration_client_uri").asText());
    String text = body == null ? "" : Json.text(body);
    registration.manage(method, registered, body, null).expectError(401, "invalid_client");
    registration
        .manage(method, registered, body, organisation.software("Outro").certificate())
        .expectError(400, "unapproved_software_statement");
    for (String token : new String[] {null, "", "junk", "a.b.c"}) {
      assertThat(
              registration
                  .send(method, address, token, "application/json", text, certificate)
                  .expectStatus(401)
                  .json()
                  .isObject())
          .isTrue();
    }
    HttpExchange other = registration.register(organisation.software("Vizinho")).expectStatus(201);
    String foreign = other.json().path("registration_access_token").asText();
    registration
        .send(method, address, foreign, "application/json", text, certificate)
        .expectError(401, "invalid_token");
    registration.manage("GET", registered, null, certificate).expectStatus(200);
  }

  @Test
  @Accepts(by = "RequireParticipantCertificate", value = "RFC7591 5-3")
  void itsFlowWorksAndUsersSeeWhoItIs() {
    FapiClient client = client().but().scope("openid accounts").build();

    Tokens tokens = client.tokens(TestRealm.USERNAME, realm.password());

    assertThat(tokens.scope()).contains("accounts");
    assertThat(client.userinfo(tokens).expect().path("sub").asText()).isNotBlank();
    client.refresh(tokens).expect();
    FapiClient paying = client.but().scope("openid payments").build();
    FrontChannelAnswer page =
        new LoginPage(
                new HttpTransport(realm.server().pki().sslContext(null), false),
                software.redirectUris().get(0))
            .openUntilConsent(
                paying.visit(paying.par().expect()).address(),
                TestRealm.USERNAME,
                realm.password());
    assertThat(page.last().body()).contains("Contas", "payments");
  }

  @Test
  @Accepts(by = "RequireParticipantCertificate", value = "RFC8705 2.1-1")
  void afterItsDeletionNothingOfItWorks() {
    client().clientCredentials().with("scope", "consents").expect();

    registration.manage("DELETE", registered, null, certificate).expectStatus(204);

    for (String method : List.of("GET", "DELETE")) {
      assertThat(
              registration.manage(method, registered, null, certificate).expectStatus(401).json())
          .isNotEmpty();
    }
    client().clientCredentials().with("scope", "consents").expectError(401, "invalid_client");
  }

  @Test
  @Rejects(by = "RequireActiveParticipant", value = "RFC6749 5.2-1")
  void aStatementThatEndsItAppliesAtOnceAndUntilANewerOne() {
    FapiClient client = client();
    client.clientCredentials().with("scope", "consents").expect();

    refusesUpdate(
        asRegistered()
            .put("software_statement", software.statement().with("org_status", "Inactive").sign()),
        "unapproved_software_statement");
    client.clientCredentials().with("scope", "consents").expectError(400, "unauthorized_client");

    registration
        .register(software.registration(), certificate)
        .expectError(400, "invalid_software_statement");
    client.clientCredentials().with("scope", "consents").expect();
  }

  @Test
  @Rejects(by = "RestrictRegistrationWays", value = "RFC7591 3-2")
  void itsRegistrationIsNotChangedElsewhereWhereTheRealmOnlyReports() {
    String token = registered.json().path("registration_access_token").asText();
    URI address =
        URI.create(realm.issuer() + "/clients-registrations/openid-connect/" + clientId());
    setMode("report");
    try {
      registration
          .send("PUT", address, token, "application/json", Json.text(asRegistered()), certificate)
          .expectError(403, "access_denied");
      registration
          .send("DELETE", address, token, "application/json", "", certificate)
          .expectError(403, "access_denied");
    } finally {
      setMode("enforce");
    }
  }

  private static void setMode(String mode) {
    realm.admin().send("PUT", "/" + realm.name() + "/fapi/rollout?mode=" + mode, null);
  }

  @Test
  @Rejects(by = "RestrictRegistrationWays", value = "RFC7591 3-2")
  void otherEndpointsAreForAdministratorsAlone() {
    DynamicRegistration keycloak = DynamicRegistration.in(realm);
    ObjectNode metadata = DynamicRegistration.metadata(ClientKeys.create());
    keycloak.registerAnonymously(metadata).expectError(403, "access_denied");
    keycloak.register(metadata).expectStatus(201);

    String token = registered.json().path("registration_access_token").asText();
    for (String provider : List.of("openid-connect", "default", "install")) {
      URI address =
          URI.create(realm.issuer() + "/clients-registrations/" + provider + "/" + clientId());
      registration
          .send("GET", address, token, "application/json", "", certificate)
          .expectStatus(403);
    }
    URI address =
        URI.create(realm.issuer() + "/clients-registrations/openid-connect/" + clientId());
    ObjectNode body = asRegistered();
    body.putArray("redirect_uris").add("https://evil.example/");
    registration
        .send("PUT", address, token, "application/json", Json.text(body), certificate)
        .expectError(403, "access_denied");
    registration
        .send("DELETE", address, token, "application/json", "", certificate)
        .expectError(403, "access_denied");
  }
}
