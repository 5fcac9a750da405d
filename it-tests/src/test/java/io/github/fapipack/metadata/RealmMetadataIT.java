package io.github.fapipack.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Metadata say what the realm does, and its keys are those that it may use. */
class RealmMetadataIT {
  @FapiRealm("fapi2-security-profile")
  private static TestRealm realm;

  private static FapiClient client;
  private static JsonNode metadata;

  @BeforeAll
  static void registerClient() {
    client = TestClient.in(realm).register();
    metadata = client.discover().exchange().json();
  }

  @Test
  @Accepts(by = "RealmMetadata", value = "FAPI2-SP 5.3.2.1-1")
  @Accepts("RFC9207 2.3-2")
  void bothDocumentsSayTheSame() {
    URI issuer = realm.issuer();
    JsonNode original = fetch(URI.create(issuer + "/.well-known/oauth-authorization-server"));
    JsonNode rooted =
        fetch(issuer.resolve("/.well-known/oauth-authorization-server" + issuer.getPath()));

    assertThat(original).isEqualTo(metadata);
    assertThat(rooted).isEqualTo(metadata);
    assertThat(metadata.path("issuer").asText()).isEqualTo(issuer.toString());
  }

  @Test
  @Accepts(
      by = "RealmMetadata",
      value = {"RFC9126 5-2", "RFC9207 2.3-3", "FAPI2-SP 5.3.2.1-1"})
  void announcesWhatTheProfileDemands() {
    assertThat(metadata.path("require_pushed_authorization_requests").asBoolean()).isTrue();
    assertThat(metadata.path("authorization_response_iss_parameter_supported").asBoolean())
        .isTrue();
    assertThat(metadata.path("tls_client_certificate_bound_access_tokens").asBoolean()).isTrue();
    assertThat(values("response_types_supported")).containsExactly("code");
    assertThat(values("code_challenge_methods_supported")).containsExactly("S256");
    assertThat(values("token_endpoint_auth_methods_supported"))
        .containsExactlyInAnyOrder("private_key_jwt", "tls_client_auth");
    assertThat(values("introspection_endpoint_auth_methods_supported"))
        .isEqualTo(values("token_endpoint_auth_methods_supported"));
    assertThat(values("revocation_endpoint_auth_methods_supported"))
        .isEqualTo(values("token_endpoint_auth_methods_supported"));
  }

  @Test
  @Accepts(by = "RealmMetadata", value = "RFC9449 5.1-1")
  @Accepts(
      by = "RestrictTokenAlgorithms",
      value = {"FAPI2-SP 5.4.1-1.2", "FAPI2-SP 5.4.1-1.3"})
  void announcesOnlyAllowedAlgorithms() {
    List<String> algorithms =
        StreamSupport.stream(((Iterable<String>) () -> metadata.fieldNames()).spliterator(), false)
            .filter(name -> name.endsWith("signing_alg_values_supported"))
            .toList();

    assertThat(algorithms)
        .contains(
            "dpop_signing_alg_values_supported",
            "id_token_signing_alg_values_supported",
            "token_endpoint_auth_signing_alg_values_supported")
        .allSatisfy(
            name ->
                assertThat(values(name))
                    .contains("PS256", "ES256", "EdDSA")
                    .isSubsetOf("PS256", "ES256", "EdDSA", "Ed25519"));
    // RFC 9864's name is for what clients sign.
    assertThat(algorithms.stream().filter(name -> !values(name).contains("Ed25519")))
        .containsExactlyInAnyOrder(
            "id_token_signing_alg_values_supported",
            "userinfo_signing_alg_values_supported",
            "authorization_signing_alg_values_supported",
            "introspection_signing_alg_values_supported");
  }

  @Test
  @Rejects(
      by = "RealmMetadata",
      value = {"FAPI2-SP 5.3.2.1-1", "RFC9126 5-2", "RFC9207 2.3-3", "RFC9449 5.1-1"})
  @Rejects(by = "RejectPasswordGrant", value = "FAPI2-SP 5.3.2.1-2")
  void announcesNothingThatIsRefused() {
    assertThat(values("grant_types_supported"))
        .contains("authorization_code", "refresh_token", "client_credentials")
        .allMatch(
            grant -> !"unsupported_grant_type".equals(client.grant(grant).send().error()),
            "is served");
    client.grant("password").expectError(400, "unsupported_grant_type");
    assertThat(values("grant_types_supported")).doesNotContain("password", "implicit");
    assertThat(metadata.has("device_authorization_endpoint")).isFalse();
    assertThat(metadata.path("request_uri_parameter_supported").asBoolean()).isFalse();
  }

  @Test
  @Accepts(
      by = "OfferedKeys",
      value = {"FAPI2-SP 5.4.1-1.2", "FAPI2-SP 5.4.2-p1"})
  @Rejects(
      by = "OfferedKeys",
      value = {"FAPI2-SP 5.4.1-1.2", "FAPI2-SP 5.4.2-p1"})
  void offersNoKeyOfAnotherAlgorithm() {
    ObjectNode config = Json.object();
    config.putArray("algorithm").add("RS256");
    config.putArray("priority").add("50");
    ObjectNode key =
        Json.object()
            .put("name", "forbidden")
            .put("providerId", "rsa-generated")
            .put("providerType", "org.keycloak.keys.KeyProvider");
    key.set("config", config);
    assertThat(realm.admin().send("POST", "/" + realm.name() + "/components", key).status())
        .isEqualTo(201);

    JsonNode keys = fetch(URI.create(metadata.path("jwks_uri").asText())).path("keys");

    assertThat(stream(keys).filter(each -> each.path("use").asText().equals("sig")))
        .extracting(each -> each.path("alg").asText())
        .containsExactlyInAnyOrder("PS256", "ES256", "EdDSA");
    assertThat(fetch(URI.create(realm.issuer() + "/.well-known/openid-configuration")))
        .isEqualTo(metadata);
  }

  @Test
  @Accepts(by = "MtlsAliases", value = "FAPI2-SP 5.2.2.1-p2.2")
  @Rejects(by = "MtlsAliases", value = "FAPI2-SP 5.2.2.1-p2.2")
  void namesAHostForMutualTlsOnlyIfTheRealmHasOne() {
    JsonNode aliases = metadata.path("mtls_endpoint_aliases");
    assertThat(aliases.path("token_endpoint")).isEqualTo(metadata.path("token_endpoint"));
    assertThat(aliases.has("device_authorization_endpoint")).isFalse();

    try (TestRealm other = TestRealm.create("fapi2-security-profile")) {
      setBase(other, "http://not-https.example");
      assertThat(aliasHosts(other)).containsOnly(other.issuer().getHost());
      setBase(other, "https://mtls.bank.example:8444");
      assertThat(aliasHosts(other)).containsOnly("mtls.bank.example");
    }
  }

  @Test
  @Rejects(by = "RealmMetadata", value = "FAPI2-SP 5.3.2.1-1")
  void leavesOtherRealmsAlone() {
    URI issuer = realm.issuer().resolve("/realms/master");
    JsonNode document = fetch(URI.create(issuer + "/.well-known/openid-configuration"));

    assertThat(document.path("require_pushed_authorization_requests").asBoolean()).isFalse();
    assertThat(stream(document.path("grant_types_supported")).map(JsonNode::asText))
        .contains("password");
  }

  private static void setBase(TestRealm realm, String base) {
    ObjectNode settings = realm.admin().realm(realm.name());
    settings.withObject("/attributes").put("fapi.mtls-endpoint-base", base);
    realm.admin().updateRealm(realm.name(), settings);
  }

  private static List<String> aliasHosts(TestRealm realm) {
    JsonNode document = fetch(URI.create(realm.issuer() + "/.well-known/openid-configuration"));
    return stream(document.path("mtls_endpoint_aliases"))
        .map(endpoint -> URI.create(endpoint.asText()).getHost())
        .distinct()
        .toList();
  }

  private static JsonNode fetch(URI address) {
    return client.get(address, exchange -> exchange.expectStatus(200).json()).expect();
  }

  private static List<String> values(String name) {
    return stream(metadata.path(name)).map(JsonNode::asText).toList();
  }

  private static Stream<JsonNode> stream(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }
}
