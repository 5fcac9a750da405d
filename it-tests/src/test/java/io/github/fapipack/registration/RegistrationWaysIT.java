package io.github.fapipack.registration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.client.ClientKeys;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.testing.DynamicRegistration;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestRealm;
import io.github.fapipack.registration.AnyRegistration.By;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The other ways to register, grants by RFC 7591, and what no database can store. */
class RegistrationWaysIT {
  private static final String SAML = "saml2-entity-descriptor";

  @FapiRealm("fapi2-security-profile")
  private static TestRealm realm;

  private static AnyRegistration registration;

  @BeforeAll
  static void prepareRegistration() {
    registration = AnyRegistration.in(realm);
  }

  private static String descriptor(String entityId) {
    return "<EntityDescriptor xmlns=\"urn:oasis:names:tc:SAML:2.0:metadata\" entityID=\""
        + entityId
        + "\"><SPSSODescriptor AuthnRequestsSigned=\"false\""
        + " protocolSupportEnumeration=\"urn:oasis:names:tc:SAML:2.0:protocol\">"
        + "<AssertionConsumerService Binding=\"urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST\""
        + " Location=\"https://localhost/saml\" index=\"0\" isDefault=\"true\"/>"
        + "</SPSSODescriptor></EntityDescriptor>";
  }

  @Test
  @Rejects(
      by = "RestrictRegistration",
      value = {"RFC7591 5-3", "RFC7592 2.2-4"})
  void refusesClientsOfAnotherProtocol() {
    for (By by : new By[] {By.NOBODY, By.INITIAL_TOKEN, By.CREATE_CLIENT}) {
      HttpExchange refusal = registration.register(by, SAML, descriptor("https://localhost/sp"));
      refusal.expectError(400, "invalid_client_metadata");
      assertThat(refusal.errorDescription()).contains("protocol");
    }
    AnyRegistration.Own own = registration.own(DynamicRegistration.metadata(ClientKeys.create()));
    realm.withoutPolicies(() -> own.alter(client -> client.put("protocol", "saml")));
    ObjectNode back = DynamicRegistration.metadata(ClientKeys.create());
    HttpExchange refusal = own.update("openid-connect", back.put("client_id", own.clientId()));
    refusal.expectError(400, "invalid_client_metadata");
    assertThat(refusal.errorDescription()).contains("protocol");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "x", "<a/>", "<EntityDescriptor/>", "<!DOCTYPE a [<!ENTITY b \"c\">]>"})
  @Rejects(by = "RestrictRegistration", value = "RFC7591 3.2.2-1")
  void refusesWhatIsNoDescriptor(String body) {
    assertThat(registration.register(By.INITIAL_TOKEN, SAML, body).status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[]", "1", "\"x\"", "{\"name\":{}}", "{\"notBefore\":\"x\"}"})
  @Rejects(by = "RestrictRegistration", value = "RFC7591 3.2.2-1")
  void refusesWhatIsNoClient(String body) {
    assertThat(registration.register(By.INITIAL_TOKEN, "default", body).status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"client_credentials", "urn:ietf:params:oauth:grant-type:uma-ticket", "password"})
  @Rejects(by = "RestrictRegistration", value = "RFC7592 2.2-4")
  void refusesGrantsThatAreNotTheirs(String grant) {
    ObjectNode metadata = DynamicRegistration.metadata(ClientKeys.create());
    metadata.withArray("/grant_types").add(grant);

    HttpExchange refusal = registration.register(By.INITIAL_TOKEN, "openid-connect", metadata);

    refusal.expectError(400, "invalid_client_metadata");
    assertThat(refusal.errorDescription()).contains("grant");
  }

  @Test
  @Accepts(by = "RestrictRegistration", value = "RFC7591 3.2.2-1")
  @Rejects(by = "RestrictRegistration", value = "RFC7591 3.2.2-1")
  void refusesWhatNoColumnHoldsWithItsName() {
    String longer = "x".repeat(256);
    for (By by : new By[] {By.INITIAL_TOKEN, By.CREATE_CLIENT, By.MANAGE_CLIENTS}) {
      for (String member : new String[] {"name", "clientId", "baseUrl", "description", "rootUrl"}) {
        for (String value : new String[] {longer, "a\0b"}) {
          HttpExchange refusal =
              registration.register(by, "default", AnyRegistration.client().put(member, value));
          refusal.expectError(400, "invalid_client_metadata");
          assertThat(refusal.errorDescription()).contains(member);
        }
      }
    }
    ObjectNode attribute = AnyRegistration.client();
    attribute.withObject("/attributes").put(longer, "x");
    registration
        .register(By.MANAGE_CLIENTS, "default", attribute)
        .expectError(400, "invalid_client_metadata");
    assertThat(
            registration
                .register(By.MANAGE_CLIENTS, SAML, descriptor("https://localhost/" + longer))
                .status())
        .isEqualTo(400);
    ObjectNode many = AnyRegistration.client();
    for (int i = 0; i < 100; i++) {
      many.withArray("/redirectUris").add("https://localhost/" + i);
    }
    registration
        .register(By.INITIAL_TOKEN, "default", many)
        .expectError(400, "invalid_client_metadata");
    ObjectNode fits = AnyRegistration.client().put("name", "x".repeat(255));
    registration.register(By.INITIAL_TOKEN, "default", fits).expectStatus(201);
  }

  @Test
  @Rejects(by = "RestrictRegistration", value = "RFC7592 2.2-4")
  void handsOutAdapterConfigurationsToTheirOwnersAlone() {
    AnyRegistration.Own own = registration.own(DynamicRegistration.metadata(ClientKeys.create()));
    String path = "install/" + own.clientId();

    own.read("install").expectStatus(200);
    assertThat(
            registration
                .send(By.NOBODY, "GET", registration.address("install/account-console"), null)
                .status())
        .isEqualTo(401);
    for (By by : new By[] {By.NOBODY, By.INITIAL_TOKEN}) {
      registration.send(by, "GET", registration.address(path), null).expectStatus(401);
    }
    registration.send(By.CREATE_CLIENT, "GET", registration.address(path), null).expectStatus(403);
    registration.send(By.MANAGE_CLIENTS, "GET", registration.address(path), null).expectStatus(200);
  }

  @Test
  @Accepts(by = "RestrictRegistration", value = "RFC7592 2.2-4")
  void onlyRecordsWhereTheRealmReports() {
    change("report", null);
    try {
      ObjectNode client = AnyRegistration.client().put("serviceAccountsEnabled", true);
      registration.register(By.INITIAL_TOKEN, "default", client).expectStatus(201);
      JsonNode seen =
          realm.admin().get("/" + realm.name() + "/fapi/refusals?rule=fapi2-restrict-registration");
      assertThat(seen.findValuesAsText("mode")).contains("report");
    } finally {
      change("enforce", null);
    }
  }

  @Test
  @Rejects(by = "RestrictRegistration", value = "RFC7592 2.2-4")
  void aClientThatComesBackUnderItsNameIsStillHeld() {
    String name = AnyRegistration.uniqueId();
    change("report", null);
    try {
      AnyRegistration.Own own =
          registration.ownByDefault(AnyRegistration.client().put("clientId", name));
      change("enforce", name);
      own.delete("default").expectStatus(204);

      ObjectNode again = AnyRegistration.client().put("clientId", name);
      registration
          .register(By.INITIAL_TOKEN, "default", again.deepCopy().put("fullScopeAllowed", true))
          .expectError(400, "invalid_client_metadata");
      registration.ownByDefault(again);

      assertThat(mode(name)).isEqualTo("enforce");
      change("report", name);
      assertThat(mode(name)).isEqualTo("report");
    } finally {
      change("enforce", null);
    }
  }

  @Test
  void aClientThatTheLastReleaseMovedOverIsStillHeld() {
    String name = AnyRegistration.uniqueId();
    change("report", null);
    try {
      AnyRegistration.Own own =
          registration.ownByDefault(AnyRegistration.client().put("clientId", name));
      ObjectNode settings = realm.admin().realm(realm.name());
      settings
          .withObject("/attributes")
          .put(
              "fapi.rollout",
              "{\"mode\":\"report\",\"enforced\":[\"" + own.stored().path("id").asText() + "\"]}");
      realm.admin().updateRealm(realm.name(), settings);
      own.delete("default").expectStatus(204);

      registration.ownByDefault(AnyRegistration.client().put("clientId", name));

      assertThat(mode(name)).isEqualTo("enforce");
    } finally {
      change("enforce", null);
    }
  }

  private static String mode(String client) {
    return realm
        .admin()
        .get("/" + realm.name() + "/fapi/rollout?client=" + client)
        .at("/clients/0/mode")
        .asText();
  }

  private static void change(String mode, String client) {
    realm
        .admin()
        .send(
            "PUT",
            "/"
                + realm.name()
                + "/fapi/rollout?mode="
                + mode
                + (client == null ? "" : "&client=" + client),
            null);
  }

  @Test
  void itsPoliciesAreThoseOfTheFile() {
    JsonNode findings =
        realm.admin().get("/" + realm.name() + "/fapi/report?profile=fapi2-security-profile");
    assertThat(findings.findValuesAsText("rule"))
        .doesNotContain("fapi-registration-policies", "fapi-user-profile");
  }
}
