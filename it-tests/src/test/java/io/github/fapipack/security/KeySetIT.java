package io.github.fapipack.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.client.ClientAuth;
import io.github.fapipack.it.client.ClientKeys;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.peer.JwksServer;
import io.github.fapipack.it.testing.ClientOrigin;
import io.github.fapipack.it.testing.DynamicRegistration;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An unreadable entry of a key set does not affect the others (RFC 7517 5). */
class KeySetIT {
  @FapiRealm("fapi2-message-signing")
  private static TestRealm realm;

  private static DynamicRegistration registration;

  @BeforeAll
  static void prepareRegistration() {
    registration = DynamicRegistration.in(realm);
  }

  static Stream<Named<String>> unreadable() {
    return Stream.of(
        Named.of("null", "null"),
        Named.of("a number", "1"),
        Named.of("a string", "\"key\""),
        Named.of("a list", "[]"),
        Named.of("empty", "{}"),
        Named.of("unknown kty", "{\"kty\":\"XX\",\"use\":\"sig\",\"kid\":\"a\"}"),
        Named.of("kty a number", "{\"kty\":1}"),
        Named.of("a secret", "{\"kty\":\"oct\",\"k\":\"AAAA\",\"use\":\"sig\"}"),
        Named.of("members missing", "{\"kty\":\"RSA\",\"use\":\"sig\",\"e\":\"AQAB\"}"),
        Named.of("no point", ec("P-256", "AQ", "AQ")),
        Named.of("no y", "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AQ\",\"use\":\"sig\"}"),
        Named.of("unknown crv", ec("P-999", "AQ", "AQ")),
        Named.of("no base64", ec("P-256", "%%", "//")),
        Named.of("x5c a string", "{\"kty\":\"RSA\",\"x5c\":\"AAAA\",\"use\":\"sig\"}"),
        Named.of("kid an object", "{\"kty\":\"EC\",\"kid\":{},\"use\":\"sig\"}"),
        Named.of("a point of nobody", "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"AQ\"}"));
  }

  private static String ec(String curve, String x, String y) {
    return "{\"kty\":\"EC\",\"use\":\"sig\",\"crv\":\"%s\",\"x\":\"%s\",\"y\":\"%s\"}"
        .formatted(curve, x, y);
  }

  /** The keys with that entry before them. */
  private static String with(String entry, ClientKeys keys) {
    return keys.publicJwks().replaceFirst("\\[", "[" + entry.replace("$", "\\$") + ",");
  }

  @ParameterizedTest
  @MethodSource("unreadable")
  @Accepts(by = "RequireSecureJwksUri", value = "FAPI2-SP 5.4.2-1")
  void leavesItOutOfAKeySetAtAnAddress(String entry) {
    try (JwksServer jwks = JwksServer.https(realm.server().pki())) {
      ClientKeys keys = ClientKeys.create();
      jwks.serving(with(entry, keys));
      for (ClientAuth auth :
          new ClientAuth[] {ClientAuth.PRIVATE_KEY_JWT, ClientAuth.TLS_CLIENT_AUTH}) {
        TestClient.in(realm)
            .auth(auth)
            .signing()
            .attribute("use.jwks.string", "false")
            .attribute("use.jwks.url", "true")
            .attribute("jwks.url", jwks.uri().toString())
            .register()
            .but()
            .privateKeyJwt(keys)
            .auth(auth)
            .build()
            .par()
            .expect();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("unreadable")
  @Accepts(by = "RequireSecureJwksUri", value = "FAPI2-SP 5.4.2-1")
  void leavesItOutOfAKeySetThatIsSaved(String entry) {
    for (ClientOrigin origin : ClientOrigin.values()) {
      ClientKeys keys = ClientKeys.create();
      TestClient.in(realm)
          .made(origin)
          .signing()
          .attribute("jwks.string", with(entry, keys))
          .register()
          .but()
          .privateKeyJwt(keys)
          .auth(ClientAuth.PRIVATE_KEY_JWT)
          .build()
          .par()
          .expect();
    }
  }

  @ParameterizedTest
  @MethodSource("unreadable")
  @Accepts(by = "RequireSecureJwksUri", value = "FAPI2-SP 5.4.2-1")
  void leavesItOutOfAKeySetThatIsRegistered(String entry) {
    ClientKeys keys = ClientKeys.create();
    ObjectNode metadata = DynamicRegistration.metadata(keys);
    metadata.set("jwks", Json.parse(with(entry, keys)));
    HttpExchange registered = registration.register(metadata);

    registered.expectStatus(201);
    client(registered, keys).par().expect();
    HttpExchange updated =
        registration.update(
            registered,
            metadata.deepCopy().put("client_id", registered.json().path("client_id").asText()));
    updated.expectStatus(200);
    registration.read(updated).expectStatus(200);
    client(registered, keys).par().expect();
  }

  private static FapiClient client(HttpExchange registered, ClientKeys keys) {
    return registration.client(registered, keys).signsRequests(true).responseMode("jwt").build();
  }

  @ParameterizedTest
  @MethodSource("unreadable")
  @Rejects(by = "RequireSecureJwksUri", value = "FAPI2-SP 5.4.2-1")
  void refusesAKeySetOfNothingElseAndNamesTheMember(String entry) {
    String set = "{\"keys\":[" + entry + "]}";
    assertThatThrownBy(() -> TestClient.in(realm).attribute("jwks.string", set).register())
        .hasMessageContaining("400")
        .hasMessageContaining("jwks.keys[0]");

    ObjectNode metadata = DynamicRegistration.metadata(ClientKeys.create());
    metadata.set("jwks", Json.parse(set));
    HttpExchange refused = registration.register(metadata);
    refused.expectError(400, "invalid_client_metadata");
    assertThat(refused.errorDescription()).contains("jwks.keys[0]");
  }

  @Test
  @Accepts(by = "RequireSecureJwksUri", value = "FAPI2-SP 5.4.2-1")
  void takesInlineKeysWithoutUse() {
    ClientKeys keys = ClientKeys.create();
    ObjectNode set = (ObjectNode) Json.parse(keys.publicJwks());
    set.path("keys").forEach(key -> ((ObjectNode) key).remove("use"));
    ObjectNode metadata = DynamicRegistration.metadata(keys);
    metadata.set("jwks", set);

    HttpExchange registered = registration.register(metadata);
    registered.expectStatus(201);
    assertThat(registered.json().path("jwks")).isEqualTo(set);
    client(registered, keys).par().expect();

    TestClient.in(realm)
        .signing()
        .attribute("jwks.string", Json.text(set))
        .register()
        .but()
        .privateKeyJwt(keys)
        .auth(ClientAuth.PRIVATE_KEY_JWT)
        .build()
        .par()
        .expect();
  }

  @Test
  @Rejects(by = "RequireSecureJwksUri", value = "FAPI2-SP 5.4.2-1")
  void namesTheMemberThatKeepsAKeyFromSigning() {
    ObjectNode metadata = DynamicRegistration.metadata(ClientKeys.create());
    stream(metadata.path("jwks").path("keys")).forEach(key -> ((ObjectNode) key).put("use", "enc"));

    HttpExchange refused = registration.register(metadata);

    refused.expectError(400, "invalid_client_metadata");
    assertThat(refused.errorDescription()).contains("jwks.keys[1].use");
  }

  @Test
  @Rejects(
      by = "RejectWeakKeys",
      value = {"FAPI2-SP 5.4.1-2", "FAPI2-SP 5.4.1-3"})
  void namesTheKeyThatIsTooWeak() {
    ClientKeys weak = ClientKeys.of(ClientKeys.es256(), ClientKeys.rsa(1024));
    HttpExchange refused = registration.register(DynamicRegistration.metadata(weak));

    refused.expectError(400, "invalid_client_metadata");
    assertThat(refused.errorDescription()).contains("jwks.keys[1]");
  }

  @Test
  @Accepts(by = "RequireSecureJwksUri", value = "FAPI2-SP 5.4.2-1")
  void doctorTellsOfAKeyThatIsNotUsed() {
    String set = with(ec("P-999", "AQ", "AQ"), ClientKeys.create());
    FapiClient client = TestClient.in(realm).attribute("jwks.string", set).register();

    JsonNode report =
        realm
            .admin()
            .send("GET", "/" + realm.name() + "/fapi/report?profile=fapi2-message-signing", null)
            .json();

    assertThat(stream(report.path("findings")))
        .anyMatch(
            finding ->
                finding.toString().contains(client.clientId())
                    && finding.toString().contains("keys[0].crv is unknown"))
        .noneMatch(
            finding ->
                finding.toString().contains(client.clientId())
                    && finding.toString().contains("no key of the key set may sign"));
  }

  private static Stream<JsonNode> stream(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }
}
