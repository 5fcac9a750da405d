package io.github.fapipack.registration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.client.ClientKeys;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.testing.DynamicRegistration;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestRealm;
import io.github.fapipack.registration.AnyRegistration.By;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a registration may set, at every endpoint and with every kind of token. */
class RegistrationMembersIT {
  @FapiRealm("fapi2-security-profile")
  private static TestRealm realm;

  private static AnyRegistration registration;

  @BeforeAll
  static void prepareRegistration() {
    registration = AnyRegistration.in(realm);
  }

  private static void mapper(ObjectNode client, String claim) {
    client
        .withArray("/protocolMappers")
        .addObject()
        .put("name", "to " + claim)
        .put("protocol", "openid-connect")
        .put("protocolMapper", "oidc-usermodel-attribute-mapper")
        .putObject("config")
        .put("user.attribute", "locale")
        .put("claim.name", claim)
        .put("access.token.claim", "true");
  }

  private static Arguments attribute(String name, String value) {
    return Arguments.of(name, edit(c -> c.withObject("/attributes").put(name, value)));
  }

  private static Consumer<ObjectNode> edit(Consumer<ObjectNode> edit) {
    return edit;
  }

  /** Members that only administrators may set, by their name in refusals. */
  static Stream<Arguments> notTheirs() {
    return Stream.of(
        Arguments.of("protocolMappers", edit(c -> mapper(c, "sub"))),
        Arguments.of("serviceAccountsEnabled", edit(c -> c.put("serviceAccountsEnabled", true))),
        Arguments.of("fullScopeAllowed", edit(c -> c.put("fullScopeAllowed", true))),
        Arguments.of("consentRequired", edit(c -> c.put("consentRequired", false))),
        Arguments.of("surrogateAuthRequired", edit(c -> c.put("surrogateAuthRequired", true))),
        Arguments.of("notBefore", edit(c -> c.put("notBefore", 2_000_000_000))),
        Arguments.of("enabled", edit(c -> c.put("enabled", false))),
        Arguments.of("bearerOnly", edit(c -> c.put("bearerOnly", true))),
        Arguments.of("secret", edit(c -> c.put("secret", "of my own choice"))),
        Arguments.of("id", edit(c -> c.put("id", "11111111-2222-3333-4444-555555555555"))),
        Arguments.of("adminUrl", edit(c -> c.put("adminUrl", "https://localhost/admin"))),
        Arguments.of("webOrigins", edit(c -> c.putArray("webOrigins").add("*"))),
        Arguments.of("defaultRoles", edit(c -> c.putArray("defaultRoles").add("everybody"))),
        Arguments.of(
            "defaultClientScopes",
            edit(c -> c.putArray("defaultClientScopes").add("basic").add("profile"))),
        Arguments.of(
            "optionalClientScopes", edit(c -> c.putArray("optionalClientScopes").add("secret"))),
        Arguments.of(
            "authenticationFlowBindingOverrides",
            edit(c -> c.putObject("authenticationFlowBindingOverrides").put("browser", flow()))),
        Arguments.of(
            "authorizationServicesEnabled", edit(c -> c.put("authorizationServicesEnabled", true))),
        Arguments.of(
            "authorizationSettings",
            edit(
                c ->
                    c.putObject("authorizationSettings").put("policyEnforcementMode", "DISABLED"))),
        attribute("access.token.lifespan", "86400"),
        attribute("client.session.max.lifespan", "8640000"),
        attribute("client.offline.session.idle.timeout", "8640000"),
        attribute("acr.loa.map", "{\"silver\":\"0\"}"),
        attribute("minimum.acr.value", "0"),
        attribute("consent.screen.text", "\u202eyou get a present"),
        attribute("client.use.lightweight.access.token.enabled", "true"),
        attribute("allow.token.introspection.without.audience.check", "true"),
        attribute("exclude.issuer.from.auth.response", "true"),
        attribute("access.token.signed.response.alg", "PS256"),
        attribute("x509.allow.regex.pattern.comparison", "true"),
        attribute("client_credentials.use_refresh_token", "true"),
        attribute("standard.token.exchange.enabled", "true"),
        attribute("fapi.registered.response_modes", "query"),
        attribute("no.such.attribute", "x"));
  }

  private static String flow() {
    for (JsonNode flow : registration.admin("GET", "/authentication/flows", null)) {
      if (flow.path("alias").asText().equals("direct grant")) {
        return flow.path("id").asText();
      }
    }
    throw new AssertionError("no flow");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("notTheirs")
  @Rejects(
      by = "RestrictRegistration",
      value = {"RFC7592 2.2-4", "RFC7592 2.2-3", "RFC7591 5-3", "RFC7591 3.2.2-1"})
  void refusesWhatIsTheAdministratorsToSet(String member, Consumer<ObjectNode> edit) {
    for (By by : new By[] {By.NOBODY, By.INITIAL_TOKEN, By.CREATE_CLIENT}) {
      ObjectNode client = AnyRegistration.client();
      edit.accept(client);
      refused(member, registration.register(by, "default", client));
    }

    AnyRegistration.Own own = registration.own(DynamicRegistration.metadata(ClientKeys.create()));
    ObjectNode changed = (ObjectNode) own.read("default").expectStatus(200).json();
    ObjectNode before = own.stored();
    edit.accept(changed);
    refused(member, own.update("default", changed));
    assertThat(own.stored()).isEqualTo(before);
  }

  private static void refused(String member, HttpExchange refusal) {
    refused(member, refusal, "fapi2-restrict-registration", "RFC7592");
  }

  private static void refused(String member, HttpExchange refusal, String... ruleAndClause) {
    refusal.expectError(400, "invalid_client_metadata");
    assertThat(refusal.errorDescription()).contains(member).contains(ruleAndClause);
  }

  @Test
  @Rejects(by = "RestrictProtocols", value = "FAPI2-SP 5.1.2-p3")
  void refusesAnotherProtocol() {
    for (By by : new By[] {By.NOBODY, By.INITIAL_TOKEN, By.CREATE_CLIENT}) {
      ObjectNode client = AnyRegistration.client();
      client.put("protocol", "saml");
      refused("protocol", registration.register(by, "default", client), "fapi2-restrict-protocols");
    }
    AnyRegistration.Own own = registration.own(DynamicRegistration.metadata(ClientKeys.create()));
    ObjectNode changed = (ObjectNode) own.read("default").expectStatus(200).json();
    ObjectNode before = own.stored();
    changed.put("protocol", "saml");
    refused("protocol", own.update("default", changed), "fapi2-restrict-");
    assertThat(own.stored()).isEqualTo(before);
  }

  @ParameterizedTest
  @EnumSource(By.class)
  @Accepts(
      by = "RestrictRegistration",
      value = {"RFC7592 2.2-4", "RFC7592 2.2-3", "RFC7591 5-3", "RFC7591 3.2.2-1"})
  void acceptsWhatAClientSaysOfItself(By by) {
    ObjectNode client = AnyRegistration.client();
    client.put("clientId", AnyRegistration.uniqueId()).put("baseUrl", "https://localhost/");
    client
        .withObject("/attributes")
        .put("id.token.signed.response.alg", "ES256")
        .put("post.logout.redirect.uris", "https://localhost/bye")
        .put("dpop.bound.access.tokens", "true");
    registration.register(by, "default", client).expectStatus(201);

    ObjectNode metadata = DynamicRegistration.metadata(ClientKeys.create());
    metadata.putArray("redirect_uris").add("https://localhost/callback");
    registration.register(by, "openid-connect", metadata).expectStatus(201);
  }

  @Test
  @Accepts(by = "RestrictRegistration", value = "RFC7592 2.2-4")
  void takesBackWhatItHasShown() {
    AnyRegistration.Own own = registration.own(DynamicRegistration.metadata(ClientKeys.create()));
    own.alter(
        client -> {
          mapper(client, "favourite_colour");
          client.withObject("/attributes").put("access.token.lifespan", "60");
          client.put("notBefore", 1000);
        });
    JsonNode before = own.stored();

    ObjectNode shown = (ObjectNode) own.read("default").expectStatus(200).json();
    own.update("default", shown.put("name", "Another name")).expectStatus(200);
    ObjectNode known = (ObjectNode) own.read("openid-connect").expectStatus(200).json();
    own.update("openid-connect", known).expectStatus(200);

    ObjectNode after = own.stored();
    assertThat(after.path("name").asText()).isEqualTo("Another name");
    for (String member :
        new String[] {"protocolMappers", "notBefore", "defaultClientScopes", "consentRequired"}) {
      assertThat(after.path(member)).as(member).isEqualTo(before.path(member));
    }
    assertThat(after.at("/attributes/access.token.lifespan").asText()).isEqualTo("60");
  }

  @Test
  @Accepts(by = "RestrictRegistration", value = "RFC7592 2.2-4")
  void leavesAnAdministratorFree() {
    ObjectNode client = AnyRegistration.client();
    client.put("clientId", AnyRegistration.uniqueId()).put("serviceAccountsEnabled", true);
    mapper(client, "department");
    client.withObject("/attributes").put("access.token.lifespan", "60");

    HttpExchange made = registration.register(By.MANAGE_CLIENTS, "default", client);

    JsonNode registered = made.expectStatus(201).json();
    assertThat(registered.path("serviceAccountsEnabled").asBoolean()).isTrue();
    assertThat(registered.path("protocolMappers").findValuesAsText("name"))
        .contains("to department");
    ObjectNode changed = registered.deepCopy();
    changed.put("notBefore", 5);
    registration
        .send(
            By.MANAGE_CLIENTS,
            "PUT",
            registration.address("default/" + client.path("clientId").asText()),
            Json.text(changed))
        .expectStatus(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "account-console", "Account_Console", "account", "admin-cli", "broker", "realm-management",
        "security-admin-console", "x-realm", "${client_account}", "with blank", "ünicode", ""
      })
  @Rejects(by = "RestrictRegistration", value = "RFC7591 5-3")
  void refusesTheNamesOfTheServersOwnClients(String clientId) {
    for (By by : new By[] {By.NOBODY, By.INITIAL_TOKEN, By.CREATE_CLIENT}) {
      ObjectNode client = AnyRegistration.client().put("clientId", clientId);
      registration.register(by, "default", client).expectError(400, "invalid_client_metadata");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"${doLogIn}", "Bank \u202eknaB", "two\nlines", "zero\u200bwidth"})
  @Rejects(by = "RestrictRegistration", value = "RFC7591 5-3")
  void refusesNamesThatAreNotWhatTheyLookLike(String name) {
    ObjectNode metadata = DynamicRegistration.metadata(ClientKeys.create());
    HttpExchange one =
        registration.register(
            By.INITIAL_TOKEN, "openid-connect", metadata.put("client_name", name));
    one.expectError(400, "invalid_client_metadata");
    assertThat(one.errorDescription()).contains("client_name");
    HttpExchange other =
        registration.register(
            By.INITIAL_TOKEN, "default", AnyRegistration.client().put("name", name));
    other.expectError(400, "invalid_client_metadata");
    assertThat(other.errorDescription()).contains("name");
  }
}
