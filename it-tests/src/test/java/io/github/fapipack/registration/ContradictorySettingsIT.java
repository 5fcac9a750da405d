package io.github.fapipack.registration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.admin.AdminResponse;
import io.github.fapipack.it.client.ClientKeys;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.testing.DynamicRegistration;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestRealm;
import io.github.fapipack.registration.AnyRegistration.By;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A client cannot be saved with settings with which its own requests would fail. */
class ContradictorySettingsIT {
  @FapiRealm("fapi2-security-profile")
  private static TestRealm realm;

  private static AnyRegistration registration;

  @BeforeAll
  static void prepareRegistration() {
    registration = AnyRegistration.in(realm);
  }

  /** A client that has but one key, for ES256. */
  private static ObjectNode client() {
    ObjectNode client = AnyRegistration.client().put("clientId", "c-" + UUID.randomUUID());
    client
        .withObject("/attributes")
        .put("jwks.string", ClientKeys.of(ClientKeys.es256()).publicJwks());
    return client;
  }

  private static ObjectNode with(ObjectNode client, String settings) {
    for (String setting : settings.split(" ")) {
      String[] parts = setting.split("=");
      if (parts[0].equals("implicitFlowEnabled")) {
        client.put(parts[0], true);
      } else {
        client.withObject("/attributes").put(parts[0], parts[1]);
      }
    }
    return client;
  }

  private static AdminResponse create(ObjectNode client) {
    return realm.admin().send("POST", "/" + realm.name() + "/clients", client);
  }

  private static AdminResponse update(ObjectNode client) {
    return realm
        .admin()
        .send("PUT", "/" + realm.name() + "/clients/" + client.path("id").asText(), client);
  }

  private static ObjectNode stored(ObjectNode client) {
    return realm.admin().client(realm.name(), client.path("clientId").asText());
  }

  @ParameterizedTest
  @CsvSource({
    "pkce.code.challenge.method, pkce.code.challenge.method=plain",
    "pkce.code.challenge.method, pkce.code.challenge.method=S512",
    "request.object.signature.alg, request.object.signature.alg=none",
    "request.object.signature.alg, request.object.signature.alg=RS256",
    "request.object.signature.alg, request.object.signature.alg=PS256",
    "token.endpoint.auth.signing.alg, token.endpoint.auth.signing.alg=EdDSA",
    "ciba.backchannel.auth.request.signing.alg, ciba.backchannel.auth.request.signing.alg=PS256",
    "dpop.bound.access.tokens,"
        + " dpop.bound.access.tokens=true tls.client.certificate.bound.access.tokens=true",
    "client.use.lightweight.access.token.enabled,"
        + " client.use.lightweight.access.token.enabled=true",
    "implicitFlowEnabled, implicitFlowEnabled",
    "id.token.encrypted.response.alg, id.token.encrypted.response.alg=RSA-OAEP",
    "id.token.encrypted.response.alg, id.token.encrypted.response.alg=ECDH-ES",
    "id.token.encrypted.response.alg, id.token.encrypted.response.alg=RSA-OAEP-999",
    "id.token.encrypted.response.enc, id.token.encrypted.response.enc=A128GCM",
    "user.info.encrypted.response.alg, user.info.encrypted.response.alg=RSA-OAEP",
    "authorization.encrypted.response.alg, authorization.encrypted.response.alg=RSA-OAEP-256",
    "introspection_encrypted_response_alg, introspection_encrypted_response_alg=RSA-OAEP",
    "response_modes, response_modes=carrier_pigeon",
  })
  @Rejects(by = "RequireFittingKeys", value = "RFC7591 3.2.2-1")
  @Rejects(by = "RejectLightweightTokens", value = "RFC9068 2.2")
  void namesTheFieldThatCannotWork(String field, String settings) {
    AdminResponse created = create(with(client(), settings));
    assertThat(created.status()).as(created.body()).isEqualTo(400);
    assertThat(created.body()).contains("invalid_client_metadata", field);

    HttpExchange registered =
        registration.register(By.INITIAL_TOKEN, "default", with(client(), settings));
    registered.expectError(400, "invalid_client_metadata");
    assertThat(registered.errorDescription()).contains(field);

    ObjectNode good = client();
    assertThat(create(good).status()).isEqualTo(201);
    ObjectNode bad = with(stored(good), settings);
    AdminResponse updated = update(bad);
    assertThat(updated.status()).as(updated.body()).isEqualTo(400);
    assertThat(updated.body()).contains("invalid_client_metadata", field);

    // imported before the rules, and now saved for another reason
    realm.withoutPolicies(() -> assertThat(update(bad).status()).isEqualTo(204));
    assertThat(update(stored(good).put("description", "changed")).status()).isEqualTo(204);
    assertThat(update(with(stored(good), "pkce.code.challenge.method=S256")).status())
        .isEqualTo(204);
  }

  @ParameterizedTest
  @CsvSource({
    "request_object_signing_alg, none",
    "request_object_signing_alg, PS256",
    "token_endpoint_auth_signing_alg, PS256",
    "backchannel_authentication_request_signing_alg, PS256",
    "id_token_encrypted_response_alg, RSA-OAEP",
    "id_token_encrypted_response_enc, A128GCM",
    "userinfo_encrypted_response_alg, RSA-OAEP",
    "authorization_encrypted_response_alg, ECDH-ES",
    "introspection_encrypted_response_alg, RSA-OAEP",
  })
  @Rejects(
      by = "RequireFittingKeys",
      value = {"RFC7591 3.2.2-1", "JARM 3-3.6"})
  void namesTheMemberThatCannotWork(String member, String value) {
    refuses(metadata().put(member, value), member);
  }

  @ParameterizedTest
  @ValueSource(strings = {"code id_token", "id_token", "token", "none"})
  @Rejects(by = "RequireFittingKeys", value = "RFC7591 3.2.2-1")
  @Rejects(by = "RequireCodeResponseType", value = "FAPI2-SP 5.3.2.2-1")
  void registersNoResponseTypeThatIsRefused(String type) {
    ObjectNode metadata = metadata();
    metadata.putArray("response_types").add("code").add(type);
    refuses(metadata, "response_types");
  }

  @Test
  @Rejects(by = "RequireFittingKeys", value = "RFC7591 3.2.2-1")
  void registersNotBothBindings() {
    refuses(
        metadata()
            .put("dpop_bound_access_tokens", true)
            .put("tls_client_certificate_bound_access_tokens", true),
        "tls_client_certificate_bound_access_tokens");
  }

  private static ObjectNode metadata() {
    return DynamicRegistration.metadata(ClientKeys.of(ClientKeys.es256()));
  }

  private static void refuses(ObjectNode metadata, String member) {
    for (By by : By.values()) {
      HttpExchange answer = registration.register(by, "openid-connect", metadata);
      answer.expectError(400, "invalid_client_metadata");
      assertThat(answer.errorDescription()).contains(member);
    }
    AnyRegistration.Own own = registration.own(metadata());
    HttpExchange answer =
        own.update("openid-connect", metadata.deepCopy().put("client_id", own.clientId()));
    if (!member.equals("response_types")
        || !metadata.path("response_types").toString().contains("none")) {
      answer.expectError(400, "invalid_client_metadata");
      assertThat(answer.errorDescription()).contains(member);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "pkce.code.challenge.method=S256",
    "request.object.signature.alg=any",
    "request.object.signature.alg=ES256",
    "token.endpoint.auth.signing.alg=ES256",
    "dpop.bound.access.tokens=true",
    "tls.client.certificate.bound.access.tokens=true",
    "id.token.encrypted.response.alg=RSA-OAEP id.token.encrypted.response.enc=A256GCM",
    "user.info.encrypted.response.alg=RSA-OAEP",
    "authorization.encrypted.response.alg=RSA-OAEP authorization.encrypted.response.enc=A128GCM",
    "introspection_encrypted_response_alg=RSA-OAEP",
    "response_modes=query",
  })
  @Accepts(
      by = "RequireFittingKeys",
      value = {"RFC7591 3.2.2-1", "JARM 3-3.6"})
  void savesWhatWorks(String settings) {
    ObjectNode client = with(withEncryptionKey(client()), settings);

    AdminResponse created = create(client);

    assertThat(created.status()).as(created.body()).isEqualTo(201);
    for (String setting : settings.split(" ")) {
      String[] parts = setting.split("=");
      assertThat(stored(client).path("attributes").path(parts[0]).asText()).isEqualTo(parts[1]);
    }
    assertThat(update(stored(client)).status()).isEqualTo(204);
  }

  /** Keys at an address may change any time, so a registration is not refused because of them. */
  @Test
  @Accepts(by = "RequireFittingKeys", value = "RFC7591 3.2.2-1")
  void savesWhatMayWorkOnceItsKeysAreFetched() {
    ObjectNode client = client();
    client
        .withObject("/attributes")
        .put("use.jwks.string", "false")
        .put("use.jwks.url", "true")
        .put("jwks.url", "https://client.example/jwks")
        .put("id.token.encrypted.response.alg", "RSA-OAEP")
        .put("token.endpoint.auth.signing.alg", "PS256");

    AdminResponse created = create(client);

    assertThat(created.status()).as(created.body()).isEqualTo(201);
  }

  private static ObjectNode withEncryptionKey(ObjectNode client) {
    ObjectNode keys = (ObjectNode) Json.parse(client.at("/attributes/jwks.string").asText());
    JWK key =
        new RSAKey.Builder(ClientKeys.ps256().toRSAKey())
            .keyUse(KeyUse.ENCRYPTION)
            .algorithm(com.nimbusds.jose.JWEAlgorithm.parse("RSA-OAEP"))
            .build()
            .toPublicJWK();
    keys.withArray("/keys").add(Json.parse(key.toJSONString()));
    client.withObject("/attributes").put("jwks.string", Json.text(keys));
    return client;
  }

  @ParameterizedTest
  @ValueSource(strings = {"admin-cli", "security-admin-console", "account-console"})
  @Accepts(by = "RequireFittingKeys", value = "RFC7591 3.2.2-1")
  @Accepts(by = "RejectLightweightTokens", value = "RFC9068 2.2")
  void leavesKeycloaksOwnClientsAlone(String clientId) {
    ObjectNode own = realm.admin().client(realm.name(), clientId);
    own.withObject("/attributes").put("client.use.lightweight.access.token.enabled", "false");
    realm.withoutPolicies(() -> assertThat(update(own).status()).isEqualTo(204));
    own.withObject("/attributes").put("client.use.lightweight.access.token.enabled", "true");

    AdminResponse answer = update(own);

    // Other rules refuse to save admin-cli, because it is public.
    assertThat(answer.body() == null ? "" : answer.body()).doesNotContain("lightweight");
    assertThat(answer.status()).isEqualTo(clientId.equals("admin-cli") ? 400 : 204);
  }
}
