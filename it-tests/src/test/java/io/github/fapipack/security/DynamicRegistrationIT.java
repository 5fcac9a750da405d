package io.github.fapipack.security;

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
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What dynamic client registration accepts (RFC 7591), where the rules see client metadata. */
class DynamicRegistrationIT {
  @FapiRealm("fapi2-security-profile")
  private static TestRealm realm;

  private static DynamicRegistration registration;

  @BeforeAll
  static void prepareRegistration() {
    registration = DynamicRegistration.in(realm);
  }

  @Test
  @Accepts(by = "RestrictGrantTypes", value = "FAPI2-SP 5.3.2.1-2")
  @Accepts(by = "RejectPasswordGrant", value = "FAPI2-SP 5.3.2.1-2")
  @Accepts(by = "RequireConfidentialClient", value = "FAPI2-SP 5.3.2.1-3")
  @Accepts(by = "RequireAsymmetricClientAuthentication", value = "FAPI2-SP 5.3.2.1-6")
  @Accepts(
      by = "RejectWeakKeys",
      value = {"FAPI2-SP 5.4.1-2", "FAPI2-SP 5.4.1-3"})
  void acceptsAClientThatCanFollowTheProfile() {
    ClientKeys keys = ClientKeys.create();
    HttpExchange answer =
        registration.register(DynamicRegistration.metadata(keys)).expectStatus(201);

    registration.client(answer, keys).build().par().expect();
  }

  static Stream<Named<Consumer<ObjectNode>>> unacceptable() {
    return Stream.of(
        Named.of("a secret", m -> m.put("token_endpoint_auth_method", "client_secret_basic")),
        Named.of("no method", m -> m.remove("token_endpoint_auth_method")),
        Named.of("public", m -> m.put("token_endpoint_auth_method", "none")),
        Named.of("HS256", m -> m.put("token_endpoint_auth_method", "client_secret_jwt")),
        Named.of("RS256", m -> m.put("token_endpoint_auth_signing_alg", "RS256")),
        Named.of("password", m -> m.withArray("/grant_types").add("password")),
        Named.of(
            "device",
            m -> m.withArray("/grant_types").add("urn:ietf:params:oauth:grant-type:device_code")),
        Named.of(
            "a key set without TLS",
            m -> {
              m.remove("jwks");
              m.put("jwks_uri", "http://client.example/jwks");
            }),
        Named.of("a weak key", m -> m.set("jwks", weakKeys())),
        Named.of("no subject", m -> m.put("token_endpoint_auth_method", "tls_client_auth")));
  }

  @ParameterizedTest
  @MethodSource("unacceptable")
  @Rejects(by = "RejectPasswordGrant", value = "FAPI2-SP 5.3.2.1-2")
  @Rejects(by = "RequireConfidentialClient", value = "FAPI2-SP 5.3.2.1-3")
  @Rejects(by = "RequireAsymmetricClientAuthentication", value = "FAPI2-SP 5.3.2.1-6")
  @Rejects(by = "RejectWeakKeys", value = "FAPI2-SP 5.4.1-2")
  @Rejects(by = "RequireSecureJwksUri", value = "FAPI2-SP 5.4.2-1")
  void rejectsAClientThatCannot(Consumer<ObjectNode> edit) {
    ObjectNode metadata = DynamicRegistration.metadata(ClientKeys.create());
    edit.accept(metadata);

    HttpExchange answer =
        registration.register(metadata).expectError(400, "invalid_client_metadata");

    assertThat(answer.errorDescription()).contains("fapi2-");
  }

  @Test
  void storesNoMoreThanAClientNeeds() {
    ObjectNode much = DynamicRegistration.metadata(ClientKeys.create());
    for (int i = 1; i < 100; i++) {
      much.withArray("/redirect_uris").add("https://client.example/callback/" + i);
    }
    ObjectNode tooMuch = much.deepCopy();
    tooMuch.withArray("/redirect_uris").add("https://client.example/callback/100");
    ObjectNode tooLong = DynamicRegistration.metadata(ClientKeys.create());
    tooLong.put("unknown", "x".repeat(250_000));

    registration.register(much).expectStatus(201);
    registration.register(tooMuch).expectError(400, "invalid_client_metadata");
    registration.register(tooLong).expectError(400, "invalid_client_metadata");
  }

  private static JsonNode weakKeys() {
    return Json.parse(ClientKeys.of(ClientKeys.rsa(1024)).publicJwks());
  }
}
