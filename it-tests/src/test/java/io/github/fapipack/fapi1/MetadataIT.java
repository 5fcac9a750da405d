package io.github.fapipack.fapi1;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.testing.ClientOrigin;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestRealm;
import java.net.URI;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The metadata of a realm for FAPI 1.0 match its behaviour. */
class MetadataIT {
  @FapiRealm("fapi1-advanced")
  private static TestRealm realm;

  private static FapiClient client;
  private static JsonNode metadata;

  @BeforeAll
  static void registerClient() {
    client = Fapi1Client.hybrid(realm, ClientOrigin.BEFORE_POLICY);
    metadata = client.discover().exchange().json();
  }

  @Test
  @Accepts(by = "RealmMetadata", value = "FAPI1-BASE 5.2.2-22")
  void announcesWhatTheProfileDemands() {
    assertThat(values("response_types_supported")).containsExactly("code id_token", "code");
    assertThat(values("response_modes_supported"))
        .containsExactly(
            "fragment", "form_post", "jwt", "query.jwt", "fragment.jwt", "form_post.jwt");
    assertThat(values("token_endpoint_auth_methods_supported"))
        .containsExactlyInAnyOrder("private_key_jwt", "tls_client_auth");
    assertThat(values("code_challenge_methods_supported")).containsExactly("S256");
    for (String name :
        List.of(
            "require_signed_request_object",
            "request_parameter_supported",
            "tls_client_certificate_bound_access_tokens",
            "authorization_response_iss_parameter_supported")) {
      assertThat(metadata.path(name).asBoolean()).as(name).isTrue();
    }
    assertThat(metadata.has("pushed_authorization_request_endpoint")).isTrue();
    assertThat(metadata.path("require_pushed_authorization_requests").asBoolean()).isFalse();
  }

  @Test
  @Rejects(by = "RealmMetadata", value = "FAPI1-BASE 5.2.2-22")
  void announcesNothingThatIsRefused() {
    assertThat(values("grant_types_supported"))
        .containsExactlyInAnyOrder("authorization_code", "refresh_token", "client_credentials");
    assertThat(metadata.path("request_uri_parameter_supported").asBoolean()).isFalse();
    assertThat(metadata.has("dpop_signing_alg_values_supported")).isFalse();
    assertThat(metadata.has("backchannel_authentication_endpoint")).isFalse();
    metadata
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (name.endsWith("signing_alg_values_supported")) {
                assertThat(values(name)).as(name).containsExactlyInAnyOrder("PS256", "ES256");
              } else if (name.endsWith("encryption_alg_values_supported")) {
                assertThat(values(name)).as(name).contains("RSA-OAEP").doesNotContain("RSA1_5");
              }
            });
    String challenge =
        client
            .get(client.discovery().endpoint("userinfo_endpoint", false), answer -> answer)
            .send()
            .expectStatus(401)
            .header("WWW-Authenticate");
    assertThat(challenge).startsWith("Bearer").doesNotContain("DPoP");
  }

  @Test
  @Accepts(by = "RestrictTokenAlgorithms", value = "FAPI1-ADV 5.2.2.1-2")
  @Rejects(
      by = "RestrictTokenAlgorithms",
      value = {"FAPI1-ADV 5.2.2.1-2", "FAPI1-ADV 8.6-1"})
  void signsWithNoKeyThatFapi1DoesNotKnow() {
    ObjectNode config = Json.object();
    config.putArray("eddsaEllipticCurveKey").add("Ed25519");
    config.putArray("priority").add("900");
    ObjectNode key =
        Json.object()
            .put("name", "not for FAPI 1.0")
            .put("providerId", "eddsa-generated")
            .put("providerType", "org.keycloak.keys.KeyProvider");
    key.set("config", config);
    realm.admin().send("POST", "/" + realm.name() + "/components", key);
    FapiClient wishful =
        Fapi1Client.hybrid(
            Fapi1Client.described(realm, ClientOrigin.IMPORTED)
                .attribute("id.token.signed.response.alg", "EdDSA")
                .attribute("authorization.signed.response.alg", "EdDSA")
                .register());

    JsonNode keys =
        client
            .get(URI.create(metadata.path("jwks_uri").asText()), a -> a.expectStatus(200).json())
            .expect()
            .path("keys");

    assertThat(StreamSupport.stream(keys.spliterator(), false).map(k -> k.path("alg").asText()))
        .doesNotContain("EdDSA", "RS256")
        .contains("ES256", "PS256");
    assertThat(client.discover().exchange().json()).isEqualTo(metadata);
    assertThat(wishful.tokens(TestRealm.USERNAME, realm.password()).idHeader().get("alg"))
        .isEqualTo("ES256");
  }

  private static List<String> values(String name) {
    return StreamSupport.stream(metadata.path(name).spliterator(), false)
        .map(JsonNode::asText)
        .toList();
  }
}
