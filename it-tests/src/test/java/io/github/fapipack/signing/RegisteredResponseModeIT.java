package io.github.fapipack.signing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.client.ClientKeys;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.testing.ClientOrigin;
import io.github.fapipack.it.testing.DynamicRegistration;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A client uses the response modes that it has registered (FAPI2-MS 5.3.3). */
class RegisteredResponseModeIT {
  private static final String CLAUSE = "FAPI2-MS 5.3.3-p3.1";

  @FapiRealm("fapi2-message-signing")
  private static TestRealm realm;

  @FapiRealm("fapi2-security-profile")
  private static TestRealm unsigned;

  private static DynamicRegistration registration;

  @BeforeAll
  static void prepareRegistration() {
    registration = DynamicRegistration.in(realm);
  }

  private static ObjectNode metadata(ClientKeys keys, String... modes) {
    ObjectNode metadata = DynamicRegistration.metadata(keys);
    for (String mode : modes) {
      metadata.withArray("/response_modes").add(mode);
    }
    return metadata;
  }

  @Test
  @Accepts(by = "RequireRegisteredResponseMode", value = CLAUSE)
  @Rejects(by = "RequireRegisteredResponseMode", value = CLAUSE)
  void keepsToWhatIsRegistered() {
    ClientKeys keys = ClientKeys.create();
    HttpExchange registered =
        registration.register(metadata(keys, "form_post.jwt", "jwt")).expectStatus(201);
    assertThat(registered.json().path("response_modes"))
        .isEqualTo(Json.parse("[\"form_post.jwt\",\"jwt\"]"));
    FapiClient client =
        registration.client(registered, keys).signsRequests(true).responseMode("jwt").build();

    client.par().expect();
    client.par().with("response_mode", "query.jwt").expect();
    client.par().with("response_mode", "form_post.jwt").expect();
    HttpExchange refusal = client.par().with("response_mode", "fragment.jwt").send();
    refusal.expectError(400, "invalid_request");
    assertThat(refusal.errorDescription()).contains("form_post.jwt, jwt", CLAUSE);

    ObjectNode changed = metadata(keys).put("client_id", client.clientId());
    HttpExchange updated = registration.update(registered, changed).expectStatus(200);
    assertThat(updated.json().has("response_modes")).isFalse();
    client.par().with("response_mode", "fragment.jwt").expect();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[\"query\"]",
        "[\"jwt\",\"form_post\"]",
        "[\"web_message\"]",
        "[\"jwt##query\"]",
        "[\"JWT\"]",
        "[\"\"]",
        "[]",
        "[null]",
        "[[\"jwt\"]]",
        "[{\"a\":\"jwt\"}]",
        "{\"jwt\":\"jwt\"}",
        "\"jwt\"",
        "true"
      })
  @Rejects(by = "RegistrationEndpoint", value = CLAUSE)
  void refusesModesThatTheRealmDoesNotAllow(String modes) {
    ObjectNode metadata = metadata(ClientKeys.create());
    metadata.set("response_modes", Json.parse(modes));

    HttpExchange refusal = registration.register(metadata);

    refusal.expectError(400, "invalid_client_metadata");
    assertThat(refusal.errorDescription()).contains("response_modes");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"BEFORE_POLICY|jwt", "AFTER_POLICY|query.jwt##jwt", "IMPORTED|query.jwt"})
  @Accepts(by = "RequireRegisteredResponseMode", value = CLAUSE)
  @Rejects(by = "RequireRegisteredResponseMode", value = CLAUSE)
  void holdsForClientsOfEveryOrigin(ClientOrigin origin, String modes) {
    FapiClient client =
        TestClient.in(realm).made(origin).signing().attribute("response_modes", modes).register();

    client.tokens(TestRealm.USERNAME, realm.password());
    client.par().with("response_mode", "form_post.jwt").expectError(400, "invalid_request");
  }

  @ParameterizedTest
  @EnumSource(
      value = ClientOrigin.class,
      names = {"BEFORE_POLICY", "IMPORTED"})
  @Rejects(by = "RequireRegisteredResponseMode", value = CLAUSE)
  void nothingRegisteredOpensAModeThatTheRealmForbids(ClientOrigin origin) {
    FapiClient client =
        TestClient.in(realm)
            .made(origin)
            .signing()
            .attribute("response_modes", "query##nonsense##")
            .register();

    for (String mode : new String[] {"query", "nonsense", "jwt", ""}) {
      client.par().with("response_mode", mode).expectError(400, "invalid_request");
    }
  }

  @ParameterizedTest
  @EnumSource(ClientOrigin.class)
  @Accepts(by = "RequireRegisteredResponseMode", value = CLAUSE)
  @Rejects(by = "RequireRegisteredResponseMode", value = CLAUSE)
  void aMissingModeIsTheDefaultOne(ClientOrigin origin) {
    TestClient.in(unsigned)
        .made(origin)
        .attribute("response_modes", "query")
        .register()
        .par()
        .expect();
    TestClient.in(unsigned)
        .made(origin)
        .attribute("response_modes", "form_post")
        .register()
        .par()
        .expectError(400, "invalid_request");
  }

  @Test
  @Accepts(by = "RequireRegisteredResponseMode", value = CLAUSE)
  void asksNothingInReportMode() {
    try (TestRealm reporting = TestRealm.create("fapi2-security-profile")) {
      reporting.configure("fapi2-require-registered-response-mode", Map.of("mode", "report"));
      FapiClient client =
          TestClient.in(reporting).attribute("response_modes", "form_post").register();

      client.tokens(TestRealm.USERNAME, reporting.password());
    }
  }
}
