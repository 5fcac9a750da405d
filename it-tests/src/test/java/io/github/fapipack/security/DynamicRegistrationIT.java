package io.github.fapipack.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.ClientAuth;
import io.github.fapipack.it.ClientKeys;
import io.github.fapipack.it.FapiClient;
import io.github.fapipack.it.HttpExchange;
import io.github.fapipack.it.Json;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.ServerLogOnFailure;
import io.github.fapipack.it.TestClient;
import io.github.fapipack.it.TestRealm;
import java.net.URI;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What dynamic client registration lets in (RFC 7591), where the rules see client metadata. */
@ExtendWith(ServerLogOnFailure.class)
class DynamicRegistrationIT {
  private static TestRealm realm;
  private static FapiClient anyone;

  @BeforeAll
  static void importRealm() {
    realm = TestRealm.create("fapi2-security-profile");
    anyone = TestClient.in(realm).register();
  }

  @AfterAll
  static void deleteRealm() {
    realm.close();
  }

  @Test
  @Accepts({
    "FAPI2-SP 5.3.2.1-2",
    "FAPI2-SP 5.3.2.1-3",
    "FAPI2-SP 5.3.2.1-6",
    "FAPI2-SP 5.4.1-2",
    "FAPI2-SP 5.4.1-3"
  })
  void acceptsAClientThatCanFollowTheProfile() {
    ClientKeys keys = ClientKeys.create();
    HttpExchange answer =
        register(metadata().set("jwks", Json.parse(keys.publicJwks()))).expectStatus(201);

    anyone
        .but()
        .clientId(answer.json().path("client_id").asText())
        .redirectUri("https://client.example/callback")
        .privateKeyJwt(keys)
        .auth(ClientAuth.PRIVATE_KEY_JWT)
        .build()
        .par()
        .expect();
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
  @Rejects({
    "FAPI2-SP 5.3.2.1-2",
    "FAPI2-SP 5.3.2.1-3",
    "FAPI2-SP 5.3.2.1-6",
    "FAPI2-SP 5.4.1-2",
    "FAPI2-SP 5.4.2-1"
  })
  void rejectsAClientThatCannot(Consumer<ObjectNode> edit) {
    ObjectNode metadata = metadata();
    edit.accept(metadata);

    HttpExchange answer = register(metadata).expectError(400, "invalid_client_metadata");

    assertThat(answer.errorDescription()).contains("fapi2-");
  }

  private static ObjectNode metadata() {
    ObjectNode metadata =
        Json.object()
            .put("client_name", "Dynamic client")
            .put("token_endpoint_auth_method", "private_key_jwt");
    metadata.putArray("redirect_uris").add("https://client.example/callback");
    metadata.putArray("grant_types").add("authorization_code").add("refresh_token");
    metadata.putArray("response_types").add("code");
    metadata.set("jwks", Json.parse(ClientKeys.create().publicJwks()));
    return metadata;
  }

  private static JsonNode weakKeys() {
    return Json.parse(ClientKeys.of(ClientKeys.rsa(1024)).publicJwks());
  }

  private static HttpExchange register(JsonNode metadata) {
    String token =
        realm
            .admin()
            .send(
                "POST",
                "/" + realm.name() + "/clients-initial-access",
                Json.object().put("count", 1).put("expiration", 60))
            .json()
            .path("token")
            .asText();
    return anyone
        .get(URI.create(realm.issuer() + "/clients-registrations/openid-connect"), answer -> answer)
        .method("POST")
        .body("application/json", Json.text(metadata))
        .header("Authorization", "Bearer " + token)
        .send();
  }
}
