package io.github.fapipack.registration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.client.ClientKeys;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.testing.DynamicRegistration;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestRealm;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** An update by a client does not remove settings of an administrator. */
class AdministratorsSettingsIT {
  @FapiRealm("fapi2-security-profile")
  private static TestRealm realm;

  private static AnyRegistration registration;

  @BeforeAll
  static void prepareRegistration() {
    registration = AnyRegistration.in(realm);
  }

  private static ObjectNode metadata() {
    return DynamicRegistration.metadata(ClientKeys.create());
  }

  private static Arguments attribute(String name, String value) {
    return Arguments.of(
        "/attributes/" + name,
        (Consumer<ObjectNode>) c -> c.withObject("/attributes").put(name, value));
  }

  private static Arguments member(String name, Consumer<ObjectNode> edit) {
    return Arguments.of("/" + name, edit);
  }

  static Stream<Arguments> settings() {
    return Stream.of(
        attribute("authorization_details_types", "payment_initiation"),
        attribute("introspection_signed_response_alg", "ES256"),
        attribute("response_modes", "query"),
        attribute("access.token.lifespan", "60"),
        attribute("client.session.max.lifespan", "600"),
        attribute("client.offline.session.max.lifespan", "600"),
        attribute("client.use.lightweight.access.token.enabled", "true"),
        attribute("consent.screen.text", "${myBank}"),
        attribute("acr.loa.map", "{\"silver\":\"1\"}"),
        attribute("x509.allow.regex.pattern.comparison", "true"),
        member("notBefore", c -> c.put("notBefore", 1000)),
        member("serviceAccountsEnabled", c -> c.put("serviceAccountsEnabled", true)),
        member("webOrigins", c -> c.putArray("webOrigins").add("https://client.example")),
        member(
            "authenticationFlowBindingOverrides",
            c -> c.putObject("authenticationFlowBindingOverrides").put("browser", flow())),
        member("protocolMappers", AdministratorsSettingsIT::makePairwise));
  }

  private static String flow() {
    for (JsonNode flow : registration.admin("GET", "/authentication/flows", null)) {
      if (flow.path("alias").asText().equals("browser")) {
        return flow.path("id").asText();
      }
    }
    throw new AssertionError("no flow");
  }

  private static void makePairwise(ObjectNode client) {
    client
        .withArray("/protocolMappers")
        .addObject()
        .put("name", "pairwise")
        .put("protocol", "openid-connect")
        .put("protocolMapper", "oidc-sha256-pairwise-sub-mapper")
        .putObject("config")
        .put("pairwiseSubAlgorithmSalt", "salt");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("settings")
  @Accepts(by = "RestrictRegistration", value = "RFC7592 2.2-4")
  @Rejects(by = "RestrictRegistration", value = "RFC7592 2.2-4")
  void staysWhateverIsLeftOutOrSentInItsPlace(String pointer, Consumer<ObjectNode> set) {
    AnyRegistration.Own own = registration.own(metadata());
    if (pointer.contains("lightweight")) {
      realm.withoutPolicies(() -> own.alter(set)); // which a rule refuses where it is new
    } else {
      own.alter(set);
    }
    JsonNode before = own.stored().at(pointer);
    assertThat(before.isMissingNode() || (before.isEmpty() && before.isContainerNode())).isFalse();

    // left out, in either format
    ObjectNode less = metadata().put("client_id", own.clientId());
    HttpExchange answer = own.update("openid-connect", less);
    if (pointer.equals("/serviceAccountsEnabled")) {
      answer.expectError(400, "invalid_client_metadata"); // grant_types tells of it
      assertThat(answer.errorDescription()).contains("grant_types");
    } else {
      answer.expectStatus(200);
    }
    assertThat(own.stored().at(pointer)).isEqualTo(before);
    own.update("default", AnyRegistration.client().put("clientId", own.clientId()))
        .expectStatus(200);
    assertThat(own.stored().at(pointer)).isEqualTo(before);

    // as it was read, in either format
    own.update("openid-connect", own.read("openid-connect").json()).expectStatus(200);
    own.update("default", own.read("default").json()).expectStatus(200);
    assertThat(own.stored().at(pointer)).isEqualTo(before);

    // something else
    ObjectNode other = (ObjectNode) own.read("default").json();
    emptied(other, pointer);
    own.update("default", other);
    assertThat(own.stored().at(pointer)).isEqualTo(before);
  }

  @Test
  @Rejects(by = "RestrictRegistration", value = "RFC7592 2.2-4")
  void aMapperComesBackAsItWasToTheLetter() {
    AnyRegistration.Own own = registration.own(metadata());
    own.alter(
        client ->
            client
                .withArray("/protocolMappers")
                .addObject()
                .put("name", "tenant")
                .put("protocol", "openid-connect")
                .put("protocolMapper", "oidc-usermodel-attribute-mapper")
                .putObject("config")
                .put("claim.name", "tenant")
                .put("user.attribute", "tenant")
                .put("access.token.claim", "true")
                .put("userinfo.token.claim", "false")
                .put("introspection.token.claim", "false"));
    JsonNode before = own.stored().path("protocolMappers");

    // Without it, Keycloak puts the claim into userinfo as well.
    ObjectNode less = (ObjectNode) own.read("default").json();
    ((ObjectNode) less.at("/protocolMappers/0/config")).remove("userinfo.token.claim");
    own.update("default", less).expectError(400, "invalid_client_metadata");
    // One text that reads like the whole map.
    ObjectNode flat = (ObjectNode) own.read("default").json();
    ObjectNode config = (ObjectNode) flat.at("/protocolMappers/0/config");
    String text =
        "true, claim.name=tenant, introspection.token.claim=false, user.attribute=tenant,"
            + " userinfo.token.claim=false";
    config.removeAll();
    config.put("access.token.claim", text);
    own.update("default", flat).expectError(400, "invalid_client_metadata");

    assertThat(own.stored().path("protocolMappers")).isEqualTo(before);
    own.update("default", own.read("default").json()).expectStatus(200);
  }

  @Test
  @Rejects(by = "RestrictRegistration", value = "RFC7592 2.2-4")
  void originsThatWereEmptiedStayEmpty() {
    AnyRegistration.Own own = registration.own(metadata());
    own.alter(client -> client.putArray("webOrigins"));

    own.update("openid-connect", metadata().put("client_id", own.clientId())).expectStatus(200);
    own.update("default", AnyRegistration.client().put("clientId", own.clientId()))
        .expectStatus(200);

    assertThat(own.stored().path("webOrigins")).isEmpty();
  }

  private static void emptied(ObjectNode client, String pointer) {
    String name = pointer.substring(pointer.lastIndexOf('/') + 1);
    ObjectNode parent =
        pointer.startsWith("/attributes/") ? client.withObject("/attributes") : client;
    JsonNode now = parent.path(name);
    if (now instanceof ArrayNode array) {
      array.removeAll();
    } else if (now instanceof ObjectNode object) {
      object.fieldNames().forEachRemaining(field -> object.put(field, ""));
    } else if (now.isNumber()) {
      parent.put(name, 0);
    } else if (now.isBoolean()) {
      parent.put(name, false);
    } else {
      parent.put(name, "");
    }
  }

  @Test
  @Rejects(by = "RestrictRegistration", value = "RFC7592 2.2-4")
  void refusesAnotherSubjectForAPairwiseClient() {
    AnyRegistration.Own own = registration.own(metadata().put("subject_type", "pairwise"));

    for (String member : new String[] {"subject_type", "sector_identifier_uri"}) {
      ObjectNode update = metadata().put("client_id", own.clientId());
      update.put("subject_type", "pairwise");
      update.put(member, member.equals("subject_type") ? "public" : "https://other.example/uris");
      HttpExchange refusal = own.update("openid-connect", update);
      refusal.expectError(400, "invalid_client_metadata");
      assertThat(refusal.errorDescription()).contains(member);
    }
    assertThat(own.read("openid-connect").json().path("subject_type").asText())
        .isEqualTo("pairwise");
  }

  @Test
  @Accepts(by = "RestrictRegistration", value = "RFC7592 2.2-4")
  @Rejects(by = "RestrictRegistration", value = "RFC7592 2.2-4")
  void neverGivesBackAScopeThatWasTakenAway() {
    AnyRegistration.Own own = registration.own(metadata().put("scope", "profile email"));
    String email = scopeId("email");
    String id = own.stored().path("id").asText();
    registration.admin("DELETE", "/clients/" + id + "/optional-client-scopes/" + email, null);

    ObjectNode update = metadata().put("client_id", own.clientId());
    HttpExchange again = own.update("openid-connect", update.put("scope", "profile email"));
    again.expectError(400, "invalid_client_metadata");
    assertThat(again.errorDescription()).contains("scope");
    ObjectNode whole = (ObjectNode) own.read("default").json();
    whole.withArray("/optionalClientScopes").add("email");
    own.update("default", whole).expectError(400, "invalid_client_metadata");

    own.update("openid-connect", update.put("scope", "profile")).expectStatus(200);
    assertThat(own.stored().path("optionalClientScopes")).hasSize(1);
    own.update("openid-connect", update.put("scope", "")).expectStatus(200);
    assertThat(own.stored().path("optionalClientScopes")).isEmpty();
  }

  private static String scopeId(String name) {
    for (JsonNode scope : registration.admin("GET", "/client-scopes", null)) {
      if (scope.path("name").asText().equals(name)) {
        return scope.path("id").asText();
      }
    }
    throw new AssertionError(name);
  }

  @Test
  @Accepts(by = "RestrictRegistration", value = "RFC7592 2.2-4")
  void letsAClientChangeWhatItHasRegisteredItself() {
    AnyRegistration.Own own =
        registration.own(metadata().put("introspection_signed_response_alg", "ES256"));
    ObjectNode update = metadata().put("client_id", own.clientId());

    own.update("openid-connect", update.put("introspection_signed_response_alg", "PS256"))
        .expectStatus(200);
    assertThat(own.stored().at("/attributes/introspection_signed_response_alg").asText())
        .isEqualTo("PS256");
    ObjectNode whole = (ObjectNode) own.read("default").json();
    whole.withObject("/attributes").put("introspection_signed_response_alg", "RS256");
    own.update("default", whole).expectError(400, "invalid_client_metadata");

    own.alter(c -> c.withObject("/attributes").put("introspection_signed_response_alg", "ES256"));
    HttpExchange refusal = own.update("openid-connect", update);
    refusal.expectError(400, "invalid_client_metadata");
    assertThat(refusal.errorDescription()).contains("introspection_signed_response_alg");
    assertThat(own.stored().at("/attributes/introspection_signed_response_alg").asText())
        .isEqualTo("ES256");
  }

  @Test
  @Rejects(by = "RestrictRegistration", value = "RFC7592 2.2-4")
  void aDisabledClientCannotChangeAnything() {
    AnyRegistration.Own own = registration.own(metadata());
    own.alter(client -> client.put("enabled", false));

    own.update("openid-connect", metadata().put("client_id", own.clientId())).expectStatus(401);
    own.update("default", AnyRegistration.client().put("clientId", own.clientId()))
        .expectStatus(401);
    own.delete("default").expectStatus(401);
  }
}
