package io.github.fapipack.rar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.client.ClientKeys;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.Tokens;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.testing.ClientOrigin;
import io.github.fapipack.it.testing.DynamicRegistration;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

/** A client gets details for itself where the type allows it, and no other grant gives any. */
class OtherGrantsIT {
  private static final String EXPORT_TYPE =
      """
      {"schema":{"type":"object","properties":{"type":{},"actions":{},"limit":{"type":"number"}},
        "required":["limit"],"additionalProperties":false,"x-fapi":{"clientCredentials":true}}}\
      """;

  private static final String DEVICE = "urn:ietf:params:oauth:grant-type:device_code";

  private static final String TYPES = "authorization_details_types";

  @FapiRealm("fapi2-message-signing")
  private static TestRealm realm;

  private static FapiClient old;

  @BeforeAll
  static void registerClient() {
    restrict("");
    old = client(ClientOrigin.BEFORE_POLICY);
  }

  private static void restrict(String types) {
    ObjectNode settings = Json.object();
    settings
        .putObject("attributes")
        .put("fapi.authorization-details.bulk_export", EXPORT_TYPE)
        .put("fapi.authorization-details-types", types);
    realm.admin().updateRealm(realm.name(), settings);
  }

  private static FapiClient client(ClientOrigin origin) {
    return TestClient.in(realm).made(origin).signing().register();
  }

  private static ObjectNode export() {
    return Json.object().put("type", "bulk_export").put("limit", 12.5);
  }

  @ParameterizedTest
  @EnumSource(value = ClientOrigin.class, names = "IMPORTED", mode = Mode.EXCLUDE)
  @Accepts(by = "ClientCredentialsGrant", value = "RFC9396 6-1")
  @Accepts(by = "Issuance", value = "RFC9396 7-1")
  @Accepts(by = "RestrictAuthorizationDetails", value = "RFC9396 8-1")
  @Accepts(by = "TokenDetailsWriter", value = "RFC9396 9.1-1")
  @Accepts(by = "AccessTokenIntrospection", value = "RFC9396 9.2-1")
  void givesAClientWhatNeedsNobodysApproval(ClientOrigin origin) {
    // A partial import makes no service account.
    FapiClient client = client(origin);
    String wanted = Details.list(export());

    HttpExchange answer = client.clientCredentials().with(Details.PARAMETER, wanted).send();

    answer.expectStatus(200);
    Tokens tokens = Tokens.of(answer);
    assertThat(answer.json().path(Details.PARAMETER)).isEqualTo(Json.parse(wanted));
    assertThat(Json.tree(tokens.accessClaims()).path(Details.PARAMETER))
        .isEqualTo(Json.parse(wanted));
    assertThat(client.introspect(tokens.accessToken()).expect().path(Details.PARAMETER))
        .isEqualTo(Json.parse(wanted));
  }

  @Test
  @Rejects(by = "ClientCredentialsGrant", value = "RFC9396 6-1")
  void givesAClientNothingElse() {
    for (String wanted :
        List.of(
            Details.list(Details.payment()),
            Details.list(export(), Details.accounts()),
            Details.list(export().put("limit", "all")),
            "[]",
            "{")) {
      old.clientCredentials().with(Details.PARAMETER, wanted).expectError(400, Details.INVALID);
    }
    HttpExchange without = old.clientCredentials().send().expectStatus(200);
    assertThat(without.json().has(Details.PARAMETER)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        DEVICE,
        "urn:ietf:params:oauth:grant-type:token-exchange",
        "urn:ietf:params:oauth:grant-type:jwt-bearer",
        "urn:ietf:params:oauth:grant-type:uma-ticket"
      })
  @Rejects(by = "RestrictAuthorizationDetails", value = "RFC9396 8-1")
  void noOtherGrantTakesThem(String grant) {
    try (TestRealm open = TestRealm.create("fapi2-security-profile")) {
      open.configure("fapi2-restrict-grant-types", Map.of("grantTypes", grant));
      FapiClient client =
          TestClient.in(open)
              .made(ClientOrigin.BEFORE_POLICY)
              .attribute("oauth2.device.authorization.grant.enabled", "true")
              .register();

      client
          .grant(grant)
          .with(Details.PARAMETER, Details.list(Details.payment()))
          .expectError(400, Details.INVALID);
      if (grant.equals(DEVICE)) {
        client
            .grant(grant)
            .to(URI.create(open.issuer() + "/protocol/openid-connect/auth/device"))
            .with(Details.PARAMETER, Details.list(Details.payment()))
            .expectError(400, Details.INVALID);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(ClientOrigin.class)
  @Rejects(by = "ClientTypes", value = "RFC9396 10-2")
  @Rejects(
      by = "RestrictAuthorizationDetails",
      value = {"RFC9396 10-2", "RFC9396 5-1"})
  @Rejects(by = "DetailsCheck", value = "RFC9396 5-1")
  @Accepts(by = "ClientTypes", value = "RFC9396 10-2")
  @Accepts(by = "RestrictAuthorizationDetails", value = "RFC9396 10-2")
  void aClientUsesTheTypesItIsRegisteredFor(ClientOrigin origin) {
    FapiClient client =
        TestClient.in(realm)
            .made(origin)
            .signing()
            .attribute("authorization_details_types", "account_information##patient_record")
            .register();

    client.par().with(Details.PARAMETER, Details.list(Details.accounts())).expect();
    String refusal =
        client
            .par()
            .with(Details.PARAMETER, Details.list(Details.accounts(), Details.payment()))
            .expectError(400, Details.INVALID)
            .errorDescription();
    assertThat(refusal).contains("/1/type", "not registered for this client");
    client
        .clientCredentials()
        .with(Details.PARAMETER, Details.list(export()))
        .expectError(400, Details.INVALID);
  }

  @Test
  @Accepts(by = "RealmMetadata", value = "RFC9396 10-1")
  @Rejects(by = "RealmMetadata", value = "RFC9396 10-1")
  void announcesTheTypesOfTheRealm() {
    assertThat(types())
        .containsExactly(
            "account_information", "bulk_export", "patient_record", "payment_initiation");
    restrict("bulk_export patient_record");
    try {
      assertThat(types()).containsExactly("bulk_export", "patient_record");
      old.par()
          .with(Details.PARAMETER, Details.list(Details.payment()))
          .expectError(400, Details.INVALID);
    } finally {
      restrict("");
    }
  }

  private static List<String> types() {
    JsonNode types = old.discover().exchange().json().path("authorization_details_types_supported");
    return StreamSupport.stream(types.spliterator(), false).map(JsonNode::asText).toList();
  }

  @Test
  @Accepts(by = "ClientTypes", value = "RFC9396 10-2")
  @Accepts(by = "RestrictAuthorizationDetails", value = "RFC9396 10-2")
  @Rejects(by = "ClientTypes", value = "RFC9396 10-2")
  @Rejects(by = "RestrictAuthorizationDetails", value = "RFC9396 10-2")
  void aClientRegistersItsTypesItself() {
    ClientKeys keys = ClientKeys.create();
    DynamicRegistration registration = DynamicRegistration.in(realm);
    ObjectNode metadata = DynamicRegistration.metadata(keys);
    metadata.putArray(TYPES).add("patient_record").add("nonsense");
    assertThat(
            registration
                .register(metadata)
                .expectError(400, "invalid_client_metadata")
                .errorDescription())
        .contains(TYPES, "payment_initiation");

    metadata.putArray(TYPES).add("patient_record").add("account_information");
    HttpExchange registered = registration.register(metadata).expectStatus(201);
    HttpExchange read = registration.read(registered).expectStatus(200);
    assertThat(read.json().path(TYPES)).isEqualTo(metadata.path(TYPES));
    FapiClient client =
        registration.client(registered, keys).signsRequests(true).responseMode("jwt").build();
    client.par().with(Details.PARAMETER, Details.list(Details.accounts())).expect();
    client
        .par()
        .with(Details.PARAMETER, Details.list(Details.payment()))
        .expectError(400, Details.INVALID);

    metadata.put("client_id", client.clientId()).putArray(TYPES).add("payment_initiation");
    HttpExchange updated = registration.update(read, metadata).expectStatus(200);
    assertThat(updated.json().path(TYPES)).isEqualTo(metadata.path(TYPES));
    client.par().with(Details.PARAMETER, Details.list(Details.payment())).expect();
  }

  @Test
  @Rejects(by = "AuthorizationDetailsType", value = "RFC9396 2.1-1")
  @Accepts(by = "AuthorizationDetailsType", value = "RFC9396 2.1-1")
  void aBadTypeIsReportedAndRefused() {
    ObjectNode settings = Json.object();
    settings
        .putObject("attributes")
        .put("fapi.authorization-details.bulk_export", EXPORT_TYPE)
        .put("fapi.authorization-details.payment_initiation", "{\"schema\": {\"type\": 7}}");
    realm.admin().updateRealm(realm.name(), settings);
    try {
      old.par()
          .with(Details.PARAMETER, Details.list(Details.payment()))
          .expectError(400, Details.INVALID);
      old.par().with(Details.PARAMETER, Details.list(Details.accounts())).expect();
      assertThat(
              realm
                  .admin()
                  .get("/" + realm.name() + "/fapi/report?profile=fapi2-message-signing")
                  .toString())
          .contains("fapi.authorization-details.payment_initiation");
    } finally {
      restrict("");
    }
    old.par().with(Details.PARAMETER, Details.list(Details.payment())).expect();
  }
}
