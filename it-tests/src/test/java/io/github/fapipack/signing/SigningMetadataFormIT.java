package io.github.fapipack.signing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.admin.AdminResponse;
import io.github.fapipack.it.client.ClientKeys;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.testing.ClientOrigin;
import io.github.fapipack.it.testing.DynamicRegistration;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The admin console's form for the signatures of messages to a client. */
class SigningMetadataFormIT {
  private static final String FORM = "fapi2-signing-metadata";
  private static final String SIGNED = "introspection_signed_response_alg";
  private static final String ALG = "introspection_encrypted_response_alg";
  private static final String ENC = "introspection_encrypted_response_enc";
  private static final String MODES = "response_modes";

  private static final JWK ENCRYPTION =
      new RSAKey.Builder((RSAKey) ClientKeys.ps256()).keyUse(KeyUse.ENCRYPTION).build();
  private static final ClientKeys KEYS = ClientKeys.of(ClientKeys.es256(), ENCRYPTION);

  @FapiRealm("fapi2-message-signing")
  private static TestRealm realm;

  private static FapiClient client(ClientOrigin origin) {
    return TestClient.in(realm)
        .made(origin)
        .signing()
        .attribute("jwks.string", KEYS.publicJwks())
        .register()
        .but()
        .privateKeyJwt(KEYS)
        .build();
  }

  /** A form as the console sends it: with every field. */
  private static ObjectNode form(String signed, String algorithm, String method, String modes) {
    ObjectNode form =
        Json.object()
            .put("name", "signed messages")
            .put("protocol", "openid-connect")
            .put("protocolMapper", FORM);
    form.putObject("config")
        .put(SIGNED, signed == null ? "as registered" : signed)
        .put(ALG, algorithm == null ? "as registered" : algorithm)
        .put(ENC, method == null ? "as registered" : method)
        .put(MODES, modes == null ? "" : modes)
        .put("registered", "");
    return form;
  }

  private static String forms(FapiClient client) {
    String id = realm.admin().client(realm.name(), client.clientId()).path("id").asText();
    return "/" + realm.name() + "/clients/" + id + "/protocol-mappers/models";
  }

  private static AdminResponse save(FapiClient client, ObjectNode form) {
    return realm.admin().send("POST", forms(client), form);
  }

  @Test
  @Accepts(by = "SigningMetadata", value = "RFC9701 6-1")
  void hasAFormInTheConsole() {
    JsonNode types = realm.admin().serverInfo().path("protocolMapperTypes").path("openid-connect");
    JsonNode form =
        StreamSupport.stream(types.spliterator(), false)
            .filter(type -> type.path("id").asText().equals(FORM))
            .findFirst()
            .orElseThrow();

    assertThat(form.path("properties").findValuesAsText("name"))
        .containsExactly(SIGNED, ALG, ENC, MODES, "authorization_details_types", "registered");
    assertThat(form.path("properties").get(1).path("options").toString())
        .contains("as registered", "RSA-OAEP-256", "ECDH-ES")
        .doesNotContain("RSA1_5");
  }

  @ParameterizedTest
  @EnumSource(ClientOrigin.class)
  @Accepts(
      by = "SigningMetadata",
      value = {"RFC9701 6-1", "FAPI2-MS 5.3.3-p3.1"})
  @Rejects(by = "SigningMetadata", value = "FAPI2-MS 5.3.3-p3.1")
  void setsWhatTheServerDoes(ClientOrigin origin) {
    FapiClient client = client(origin);
    AdminResponse saved =
        save(client, form("PS256", "RSA-OAEP-256", "A256GCM", "form_post.jwt##fragment.jwt"));
    assertThat(saved.status()).as(saved.body()).isEqualTo(201);
    client.but().decryptionKey(ENCRYPTION).build().introspect("unknown").expect();
    client.par().with("response_mode", "jwt").expectError(400, "invalid_request");
    client.par().with("response_mode", "fragment.jwt").expect();

    String address = saved.location().substring(saved.location().indexOf("/" + realm.name() + "/"));
    ObjectNode shown = (ObjectNode) realm.admin().get(address);
    assertThat(shown.path("config").path(ENC).asText()).isEqualTo("A256GCM");
    shown.withObject("/config").put(ALG, "as registered").put(ENC, "as registered").put(MODES, "");
    assertThat(realm.admin().send("PUT", address, shown).status()).isEqualTo(204);
    client.introspect("unknown").expect();
    client.par().with("response_mode", "jwt").expect();
    assertThat(realm.admin().send("DELETE", address, null).status()).isEqualTo(204);
    client.introspect("unknown").expect();
  }

  @ParameterizedTest
  @CsvSource({
    "none,,,",
    "RS256,,,",
    ",RSA1_5,,",
    ",nonsense,,",
    ",RSA-OAEP,nonsense,",
    ",,A256GCM,",
    ",,,query",
    ",,,jwt##web_message",
    ",,,'jwt{0}''x'''"
  })
  @Rejects(
      by = "SigningMetadata",
      value = {"RFC9701 6-1", "FAPI2-MS 5.3.3-p3.1"})
  void refusesWhatTheServerCannotDo(String signed, String algorithm, String method, String modes) {
    AdminResponse refusal =
        save(client(ClientOrigin.AFTER_POLICY), form(signed, algorithm, method, modes));

    assertThat(refusal.status()).isEqualTo(400);
    assertThat(refusal.body())
        .containsPattern("introspection_|response_modes")
        .contains("register");
  }

  @Test
  @Rejects(by = "SigningMetadata", value = "RFC9701 6-1")
  void belongsToOneClientOnce() {
    FapiClient client = client(ClientOrigin.AFTER_POLICY);
    assertThat(save(client, form("PS256", null, null, null)).status()).isEqualTo(201);
    ObjectNode second = form("ES256", null, null, null).put("name", "another");
    assertThat(save(client, second).body()).contains("has one already");

    JsonNode scope = realm.admin().get("/" + realm.name() + "/client-scopes").get(0);
    String address = "/" + realm.name() + "/client-scopes/" + scope.path("id").asText();
    AdminResponse refusal =
        realm.admin().send("POST", address + "/protocol-mappers/models", second);
    assertThat(refusal.status()).isEqualTo(400);
    assertThat(refusal.body()).contains("single client");
  }

  @Test
  @Accepts(
      by = "SigningMetadata",
      value = {"RFC9701 6-1", "FAPI2-MS 5.3.3-p3.1"})
  void showsWhatAClientRegisteredAndComesBeforeIt() {
    DynamicRegistration registration = DynamicRegistration.in(realm);
    ObjectNode metadata = DynamicRegistration.metadata(KEYS).put(SIGNED, "EdDSA");
    metadata.putArray(MODES).add("jwt").add("form_post.jwt");
    HttpExchange registered = registration.register(metadata).expectStatus(201);
    FapiClient client = registration.client(registered, KEYS).signedIntrospection(true).build();
    AdminResponse saved = save(client, form(null, "RSA-OAEP", null, null));

    String address = saved.location().substring(saved.location().indexOf("/" + realm.name() + "/"));
    assertThat(realm.admin().get(address).path("config").path("registered").asText())
        .contains("EdDSA", "jwt##form_post.jwt");
    JsonNode read = registration.read(registered).expectStatus(200).json();
    assertThat(read.path(ALG).asText()).isEqualTo("RSA-OAEP");
    assertThat(read.path(SIGNED).asText()).isEqualTo("EdDSA");
    HttpExchange updated =
        registration.update(
            registered, metadata.put("client_id", client.clientId()).put(ALG, "RSA-OAEP-256"));
    assertThat(updated.expectStatus(200).json().path(ALG).asText()).isEqualTo("RSA-OAEP");
    assertThat(realm.admin().send("DELETE", address, null).status()).isEqualTo(204);
    assertThat(registration.read(updated).json().path(ALG).asText()).isEqualTo("RSA-OAEP-256");
  }

  @Test
  @Rejects(
      by = "SigningMetadata",
      value = {"RFC9701 6-1", "FAPI2-MS 5.3.3-p3.1"})
  void anImportedFormOpensNothing() {
    FapiClient client =
        TestClient.in(realm)
            .made(ClientOrigin.IMPORTED)
            .signing()
            .altering(
                registered ->
                    registered
                        .withArray("/protocolMappers")
                        .add(form("none", "nonsense", null, "query")))
            .register();

    client.introspect("unknown").expectError(400, "invalid_request");
    client.par().with("response_mode", "query").expectError(400, "invalid_request");
    client.par().with("response_mode", "jwt").expectError(400, "invalid_request");
  }

  @Test
  @Rejects(
      by = "SigningMetadata",
      value = {"RFC9701 6-1", "FAPI2-MS 5.3.3-p3.1"})
  void otherRegistrationProvidersOpenNothingEither() {
    DynamicRegistration registration = DynamicRegistration.in(realm);
    ObjectNode client =
        Json.object().put("clientAuthenticatorType", "client-jwt").put("publicClient", false);
    client.putArray("redirectUris").add("https://client.example/callback");
    client
        .putObject("attributes")
        .put("use.jwks.string", "true")
        .put("jwks.string", KEYS.publicJwks())
        .put(SIGNED, "none")
        .put(ALG, "RSA1_5")
        .put(MODES, "query");
    registration.registerWith("default", client).expectError(400, "invalid_client_metadata");
    FapiClient made =
        TestClient.in(realm)
            .made(ClientOrigin.IMPORTED)
            .signing()
            .attribute(SIGNED, "none")
            .attribute(ALG, "RSA1_5")
            .attribute(MODES, "query")
            .register();

    made.introspect("unknown")
        .header("Accept", "application/token-introspection+jwt")
        .expectError(400, "invalid_request");
    made.par().with("response_mode", "query").expectError(400, "invalid_request");
  }
}
