package io.github.fapipack.trust;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.client.ClientAuth;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.SenderConstraint;
import io.github.fapipack.it.client.Tokens;
import io.github.fapipack.it.directory.Brazil;
import io.github.fapipack.it.directory.Directory;
import io.github.fapipack.it.directory.Organisation;
import io.github.fapipack.it.directory.Software;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.pki.ClientCertificate;
import io.github.fapipack.it.testing.DynamicRegistration;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.ServerLogOnFailure;
import io.github.fapipack.it.testing.SoftwareRegistration;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import io.github.fapipack.it.time.AtOnce;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A participant with a genuine statement and certificate of its own, which wants back what it lost,
 * or what it never had.
 */
@ExtendWith(ServerLogOnFailure.class)
class HostileParticipantIT {
  private static final String INVALID = "invalid_software_statement";
  private static final String UNAPPROVED = "unapproved_software_statement";

  @FapiRealm("fapi2-security-profile")
  private static TestRealm realm;

  /** Clients have the id of their software, and manage themselves with their own tokens. */
  @FapiRealm("fapi2-security-profile")
  private static TestRealm other;

  private static Directory directory;
  private static SoftwareRegistration registration;
  private static SoftwareRegistration named;

  private Organisation organisation;
  private Software software;
  private ClientCertificate certificate;

  @BeforeAll
  static void joinEcosystem() {
    directory = Directory.start(new Brazil(), realm.server());
    registration = SoftwareRegistration.in(realm, directory, HostileParticipantIT::unencrypted);
    named =
        SoftwareRegistration.in(
            other,
            directory,
            profile -> {
              profile.withObject("/registration").put("client_id", "software_id");
              profile
                  .withObject("/registration/management")
                  .put("authentication", "client-credentials")
                  .put("scope", "consents");
              return unencrypted(profile);
            });
  }

  /** These clients have no key for encryption. */
  private static ObjectNode unencrypted(ObjectNode profile) {
    profile.withObject("/client").remove("defaults");
    return profile;
  }

  @AfterAll
  static void stopDirectory() {
    directory.close();
  }

  @BeforeEach
  void begin() {
    organisation = directory.organisation("Fintech Limitada");
    software = organisation.software("Contas");
    certificate = software.certificate();
  }

  private HttpExchange register() {
    return registration.register(software.registration(), certificate);
  }

  private ObjectNode update(HttpExchange registered) {
    return software.registration().put("client_id", registered.json().path("client_id").asText());
  }

  private FapiClient client(TestRealm itsRealm, HttpExchange registered) {
    return TestClient.in(itsRealm)
        .register()
        .but()
        .clientId(registered.json().path("client_id").asText())
        .redirectUri(software.redirectUris().get(0))
        .privateKeyJwt(software.keys())
        .auth(ClientAuth.PRIVATE_KEY_JWT)
        .algorithm("PS256")
        .scope("openid")
        .constraint(SenderConstraint.MTLS)
        .tls(itsRealm.server().pki(), certificate)
        .build();
  }

  private JsonNode participant(TestRealm itsRealm) {
    return itsRealm
        .admin()
        .get("/" + itsRealm.name() + "/fapi/participants?search=" + software.id())
        .at("/participants/0");
  }

  private static void decide(TestRealm itsRealm, String key, String state) {
    String path = "/" + itsRealm.name() + "/fapi/participants/organisations/" + key + "/state";
    ObjectNode decision = Json.object().put("state", state).put("reason", "fraud");
    itsRealm.admin().send("POST", path, decision);
  }

  @Test
  @Rejects(by = "RequireSoftwareStatement", value = "RFC7591 2.3-1")
  void anOlderStatementDoesNotBringBackWhatANewerOneHasTaken() {
    String older = software.statement().with("iat", Instant.now().getEpochSecond() - 60).sign();
    HttpExchange registered = register().expectStatus(201);

    registration
        .manage("PUT", registered, update(registered).put("software_statement", older), certificate)
        .expectError(400, INVALID);
    registration.manage("DELETE", registered, null, certificate).expectStatus(204);
    registration
        .register(software.metadata().put("software_statement", older), certificate)
        .expectError(400, INVALID);

    register().expectStatus(201);
  }

  @Test
  @Rejects(by = "RequireParticipantCertificate", value = "RFC8705 2.1-1")
  void theTokenOfAnEarlierRegistrationIsOfNoUse() {
    HttpExchange first = register().expectStatus(201);
    registration.manage("DELETE", first, null, certificate).expectStatus(204);
    HttpExchange second = register().expectStatus(201);

    String earlier = first.json().path("registration_access_token").asText();
    URI address = URI.create(second.json().path("registration_client_uri").asText());
    registration
        .send("GET", address, earlier, "", "", certificate)
        .expectError(401, "invalid_token");
    registration.manage("GET", second, null, certificate).expectStatus(200);
  }

  @Test
  @Rejects(by = "RequireSoftwareStatement", value = "RFC7591 3.2.2-1")
  void aSuspensionIsNotEscapedByRegisteringAgain() {
    HttpExchange registered = register().expectStatus(201);
    String key = participant(realm).path("organisationKey").asText();
    decide(realm, key, "suspended");

    registration
        .manage("PUT", registered, update(registered), certificate)
        .expectError(400, UNAPPROVED);
    registration.register(organisation.software("Irmão")).expectError(400, UNAPPROVED);
    register().expectError(400, UNAPPROVED);
    registration.manage("DELETE", registered, null, certificate).expectStatus(204);
    register().expectError(400, UNAPPROVED);

    decide(realm, key, "active");
    register().expectStatus(201);
  }

  @Test
  @Rejects(by = "RequireSoftwareStatement", value = "RFC7591 3.2.2-1")
  void aClientThatAnAdministratorHasDisabledStaysSo() {
    HttpExchange registered = register().expectStatus(201);
    String clientId = registered.json().path("client_id").asText();
    ObjectNode client = realm.admin().client(realm.name(), clientId);
    String path = "/" + realm.name() + "/clients/" + client.path("id").asText();
    realm.admin().send("PUT", path, client.put("enabled", false));

    for (String method : List.of("GET", "PUT", "DELETE")) {
      ObjectNode body = method.equals("PUT") ? update(registered) : null;
      registration.manage(method, registered, body, certificate).expectError(401, "invalid_token");
    }
    register().expectError(400, INVALID);
    assertThat(realm.admin().client(realm.name(), clientId).path("enabled").asBoolean()).isFalse();
  }

  @Test
  @Rejects(by = "RequireParticipantCertificate", value = "RFC8705 2.1-1")
  void attributesOfASoftwareMakeNoClientOfIt() {
    ObjectNode copy =
        Json.object().put("clientId", "copy-" + software.id()).put("protocol", "openid-connect");
    copy.putObject("attributes")
        .put("fapi.software-id", software.id())
        .put("fapi.software-statement", software.statement().sign());
    DynamicRegistration.in(realm).registerWith("default", copy).expectStatus(400);

    String clients = "/" + realm.name() + "/clients";
    realm.admin().send("POST", clients, copy);
    String id =
        realm.admin().client(realm.name(), copy.path("clientId").asText()).path("id").asText();
    String token =
        realm
            .admin()
            .send("POST", clients + "/" + id + "/registration-access-token", null)
            .json()
            .path("registrationAccessToken")
            .asText();
    URI address = URI.create(registration.endpoint() + "/" + copy.path("clientId").asText());
    ObjectNode body = software.registration().put("client_id", copy.path("clientId").asText());
    for (String method : List.of("GET", "PUT", "DELETE")) {
      String text = method.equals("PUT") ? Json.text(body) : "";
      registration
          .send(method, address, token, "application/json", text, certificate)
          .expectError(401, "invalid_token");
    }
  }

  @Test
  @Rejects(by = "RestrictRegistrationWays", value = "RFC7591 3-2")
  void aProfileThatCannotBeReadLetsNobodyIn() {
    ObjectNode settings = realm.admin().realm(realm.name());
    String before = settings.at("/attributes/fapi.ecosystem").asText();
    settings.withObject("/attributes").put("fapi.ecosystem", "nothing");
    realm.admin().updateRealm(realm.name(), settings);

    register().expectError(403, "access_denied");
    DynamicRegistration.in(realm)
        .register(DynamicRegistration.metadata(software.keys()))
        .expectError(403, "access_denied");

    settings.withObject("/attributes").put("fapi.ecosystem", before);
    realm.admin().updateRealm(realm.name(), settings);
    register().expectStatus(201);
  }

  @Test
  @Rejects(by = "RequireSoftwareStatement", value = "RFC7591 3.2.2-1")
  void updatesAndDeletionsAtOnceHarmNothing() throws Exception {
    HttpExchange first = register().expectStatus(201);
    List<Callable<HttpExchange>> work = new ArrayList<>();
    for (String method : List.of("PUT", "PUT", "DELETE", "DELETE", "GET")) {
      ObjectNode body = method.equals("PUT") ? update(first) : null;
      work.add(() -> registration.manage(method, first, body, certificate));
    }
    work.add(this::register);

    List<HttpExchange> answers = AtOnce.all(work);

    assertThat(answers).allSatisfy(answer -> assertThat(answer.status()).isLessThan(500));
    assertThat(answers).filteredOn(answer -> answer.status() == 204).hasSize(1);
  }

  @Test
  @Rejects(by = "RequireSoftwareStatement", value = "RFC7591 3.2.2-1")
  void whatAClientHadIsNotThatOfItsSuccessorWithTheSameId() throws Exception {
    ObjectNode request = software.registration();
    List<HttpExchange> rivals =
        AtOnce.all(Collections.nCopies(4, () -> named.register(request, certificate)));
    assertThat(rivals).allSatisfy(answer -> assertThat(answer.status()).isIn(201, 400));
    HttpExchange registered =
        rivals.stream().filter(answer -> answer.status() == 201).findFirst().orElseThrow();
    FapiClient client = client(other, registered);
    Tokens user = client.tokens(TestRealm.USERNAME, other.password());
    String own = client.clientCredentials().with("scope", "consents").expect().accessToken();
    URI address = URI.create(registered.json().path("registration_client_uri").asText());

    String key = participant(other).path("organisationKey").asText();
    decide(other, key, "suspended");
    named.send("GET", address, own, "", "", certificate).expectError(401, "invalid_token");
    decide(other, key, "active");
    named.send("DELETE", address, own, "", "", certificate).expectStatus(204);
    named.register(software.registration(), certificate).expectStatus(201);

    client.refresh(user).expectError("invalid_grant");
    client.userinfo(user).expectError(401, "invalid_token");
    named.send("GET", address, own, "", "", certificate).expectError(401, "invalid_token");
    client.clientCredentials().with("scope", "consents").expect();
  }
}
