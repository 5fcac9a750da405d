package io.github.fapipack.signing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.client.ClientKeys;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.testing.ClientOrigin;
import io.github.fapipack.it.testing.DynamicRegistration;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signed requests without signed responses (JAR without JARM), in a realm with that setting. */
class PlainResponseIT {
  private static final String RULE = "fapi2-require-jwt-response-mode";

  @FapiRealm("fapi2-message-signing")
  private static TestRealm realm;

  @BeforeAll
  static void configureRealm() {
    realm.configure(RULE, Map.of("required", "false"));
  }

  /** A client that signs its requests and asks for no response mode. */
  private static FapiClient plain(TestClient client) {
    return client.signing().register().but().responseMode(null).build();
  }

  @ParameterizedTest
  @EnumSource(ClientOrigin.class)
  @Accepts(by = "RequireSignedRequestObject", value = "FAPI2-MS 5.3.1-1")
  @Accepts(by = "RequireJwtResponseMode", value = "FAPI2-MS 5.4.1-1")
  void aClientMayDoWithoutASignedResponseOrAskForOne(ClientOrigin origin) {
    FapiClient client = plain(TestClient.in(realm).made(origin));

    client.tokens(TestRealm.USERNAME, realm.password());
    client.but().responseMode("jwt").build().tokens(TestRealm.USERNAME, realm.password());
    client.par().withoutRequestObject().expectError(400, "invalid_request");
  }

  @ParameterizedTest
  @EnumSource(ClientOrigin.class)
  @Accepts(by = "RequireRegisteredResponseMode", value = "FAPI2-MS 5.3.3-p3.1")
  @Rejects(by = "RequireRegisteredResponseMode", value = "FAPI2-MS 5.3.3-p3.1")
  void aClientKeepsToTheModesThatAreRegisteredForIt(ClientOrigin origin) {
    FapiClient signed = plain(TestClient.in(realm).made(origin).attribute("response_modes", "jwt"));
    signed.par().expectError(400, "invalid_request");
    signed.par().with("response_mode", "query").expectError(400, "invalid_request");
    signed.par().with("response_mode", "jwt").expect();

    FapiClient plain =
        plain(TestClient.in(realm).made(origin).attribute("response_modes", "query"));
    plain.par().expect();
    plain.par().with("response_mode", "jwt").expectError(400, "invalid_request");
  }

  @Test
  @Accepts(by = "RequireRegisteredResponseMode", value = "FAPI2-MS 5.3.3-p3.1")
  @Accepts(by = "RegistrationEndpoint", value = "FAPI2-MS 5.3.3-p3.1")
  void theMetadataOfferBothAndBothCanBeRegistered() {
    FapiClient client = plain(TestClient.in(realm));
    assertThat(client.discover().exchange().json().path("response_modes_supported").toString())
        .contains("\"query\"", "\"jwt\"");

    DynamicRegistration registration = DynamicRegistration.in(realm);
    ObjectNode metadata = DynamicRegistration.metadata(ClientKeys.create());
    metadata.withArray("/response_modes").add("query").add("jwt");
    registration.register(metadata).expectStatus(201);
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", ""})
  @Rejects(by = "RequireJwtResponseMode", value = "FAPI2-MS 5.4.1-1")
  @Rejects(by = "RequireRegisteredResponseMode", value = "FAPI2-MS 5.3.3-p3.1")
  void nothingThatIsRegisteredAllowsAPlainResponseWhereTheRealmDoesNot(String required) {
    try (TestRealm strict = TestRealm.create("fapi2-message-signing")) {
      strict.configure(RULE, Map.of("required", required));
      FapiClient client =
          plain(
              TestClient.in(strict)
                  .made(ClientOrigin.IMPORTED)
                  .attribute("response_modes", "query##form_post"));

      for (String mode : List.of("query", "form_post", "")) {
        client.par().with("response_mode", mode).expectError(400, "invalid_request");
      }
      client.par().expectError(400, "invalid_request");
      assertThat(client.discover().exchange().json().path("response_modes_supported").toString())
          .doesNotContain("\"query\"");
    }
  }
}
