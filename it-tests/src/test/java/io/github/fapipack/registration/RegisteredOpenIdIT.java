package io.github.fapipack.registration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.client.ClientKeys;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.testing.DynamicRegistration;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestRealm;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Clients can register for {@code openid} as for any scope, although Keycloak has no such client
 * scope.
 */
class RegisteredOpenIdIT {
  @FapiRealm("fapi2-security-profile")
  private static TestRealm realm;

  private static DynamicRegistration registration;

  @BeforeAll
  static void prepareRegistration() {
    registration = DynamicRegistration.in(realm);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "openid",
        "openid email",
        "email openid",
        "openid openid phone",
        "openid offline_access"
      })
  @Accepts(by = "RestrictRegistration", value = "RFC7592 2.2-4")
  void openidIsRegisteredReadAndUpdated(String scope) {
    ClientKeys keys = ClientKeys.create();
    ObjectNode metadata = DynamicRegistration.metadata(keys).put("scope", scope);

    HttpExchange registered = registration.register(metadata).expectStatus(201);

    assertThat(scopes(registered)).containsExactlyInAnyOrder(distinct(scope));
    assertThat(scopes(registration.read(registered))).containsExactlyInAnyOrder(distinct(scope));
    metadata.put("client_id", registered.json().path("client_id").asText());
    HttpExchange updated = registration.update(registered, metadata).expectStatus(200);
    assertThat(scopes(updated)).containsExactlyInAnyOrder(distinct(scope));
    registration
        .client(registered, keys)
        .scope(scope.replace("offline_access", "").trim())
        .build()
        .tokens(TestRealm.USERNAME, realm.password());
  }

  @Test
  @Accepts(by = "RestrictRegistration", value = "RFC7592 2.2-4")
  void whatIsReadCanBeSentBack() {
    HttpExchange registered =
        registration.register(DynamicRegistration.metadata(ClientKeys.create())).expectStatus(201);
    ObjectNode read = (ObjectNode) registration.read(registered).json();
    assertThat(read.path("scope").asText().split(" ")).contains("openid");

    read.remove("registration_access_token");
    read.remove("registration_client_uri");
    ObjectNode again = read.deepCopy();
    assertThat(registration.update(registered, again).expectStatus(200).json().path("scope"))
        .isEqualTo(read.path("scope"));
  }

  @Test
  @Accepts(by = "RestrictRegistration", value = "RFC7592 2.2-4")
  void keycloaksOwnFormatTakesItToo() {
    ObjectNode client = AnyRegistration.client();
    client.putArray("optionalClientScopes").add("openid").add("email");
    registration.registerWith("default", client).expectStatus(201);
  }

  @ParameterizedTest
  @ValueSource(strings = {"openid unheard-of", "OpenID", "openid2"})
  @Rejects(by = "RestrictRegistration", value = "RFC7592 2.2-4")
  void noOtherScopeComesWithIt(String scope) {
    registration
        .register(DynamicRegistration.metadata(ClientKeys.create()).put("scope", scope))
        .expectError(400, "invalid_client_metadata");
    HttpExchange registered =
        registration.register(DynamicRegistration.metadata(ClientKeys.create())).expectStatus(201);
    registration
        .update(
            registered,
            DynamicRegistration.metadata(ClientKeys.create())
                .put("client_id", registered.json().path("client_id").asText())
                .put("scope", scope))
        .expectError(400, "invalid_client_metadata");
  }

  private static String[] scopes(HttpExchange answer) {
    return answer.json().path("scope").asText().split(" ");
  }

  private static String[] distinct(String scope) {
    return java.util.Arrays.stream(scope.split(" ")).distinct().toArray(String[]::new);
  }
}
