package io.github.fapipack.claims;

import static io.github.fapipack.claims.PlantedMappers.FORGED;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.client.Authorized;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.Tokens;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.samples.SampleUser;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import org.junit.jupiter.api.Test;

/** Mappers cannot change protected claims in any grant and any kind of response. */
class MapperPlacesIT {
  private static final String DETAILS =
      "[{\"type\":\"account_information\",\"identifier\":\"one\","
          + "\"actions\":[\"list_accounts\"],\"recurring\":true,\"validTo\":\"2050-12-31\"}]";

  @FapiRealm("fapi2-security-profile")
  private static TestRealm realm;

  private static IssuedClaims login(FapiClient client) {
    return IssuedClaims.of(client, client.tokens(TestRealm.USERNAME, realm.password()));
  }

  @Test
  @Rejects(
      by = "RestrictProtocolMappers",
      value = {"FAPI2-SP 5.3.2.1-4", "RFC9068 2.2"})
  void clientCredentials() {
    FapiClient client = TestClient.in(realm).register();
    IssuedClaims before = IssuedClaims.of(client, client.clientCredentials().expect());
    assertThat(before.in("first access token").path("client_id").asText())
        .isEqualTo(client.clientId());

    PlantedMappers.everything().plant(realm, client);

    IssuedClaims.of(client, client.clientCredentials().expect()).assertLike(before);
  }

  @Test
  @Rejects(
      by = "RestrictProtocolMappers",
      value = {"FAPI2-SP 5.3.2.1-4", "RFC9068 2.2"})
  void lightweightTokensAndWhatIsAddedAtIntrospection() {
    FapiClient client = TestClient.in(realm).register();
    realm.withoutPolicies(() -> makeLightweight(client));
    IssuedClaims before = lightweight(client);
    assertThat(before.in("first access token").has("acr")).isFalse();
    assertThat(before.in("introspection").has("acr")).isTrue();

    PlantedMappers.everything().plant(realm, client);

    lightweight(client).assertLike(before);
  }

  /** As if the rule that forbids it did not exist yet. */
  private static void makeLightweight(FapiClient client) {
    ObjectNode stored = realm.admin().client(realm.name(), client.clientId());
    stored.withObject("/attributes").put("client.use.lightweight.access.token.enabled", "true");
    realm.admin().updateClient(realm.name(), stored);
  }

  private static IssuedClaims lightweight(FapiClient client) {
    return IssuedClaims.withoutUserinfo(
        client, client.tokens(TestRealm.USERNAME, realm.password()));
  }

  @Test
  @Rejects(by = "RestrictProtocolMappers", value = "FAPI2-SP 5.3.2.3-p1")
  void signedUserinfo() {
    FapiClient client =
        TestClient.in(realm).attribute("user.info.response.signature.alg", "ES256").register();
    IssuedClaims before = login(client);
    assertThat(before.in("userinfo").path("aud").asText()).isEqualTo(client.clientId());

    PlantedMappers.everything().plant(realm, client);

    login(client).assertLike(before);
  }

  @Test
  @Rejects(by = "TokenDetailsWriter", value = "RFC9396 9.1-1")
  @Rejects(
      by = "CodeGrant",
      value = {"RFC9396 7-1", "GM 5.5-2"})
  @Rejects(by = "RefreshGrant", value = "RFC9396 7-1")
  @Rejects(by = "AccessTokenIntrospection", value = "RFC9396 9.2-1")
  @Rejects(by = "RestrictProtocolMappers", value = "FAPI2-SP 5.3.2.1-4")
  void whatTheUserHasApprovedAndItsGrant() {
    FapiClient client = TestClient.in(realm).register();
    PlantedMappers.everything().plant(realm, client);

    Authorized authorized =
        client
            .visit(
                client
                    .par()
                    .with("grant_management_action", "create")
                    .with("authorization_details", DETAILS)
                    .expect())
            .as(TestRealm.USERNAME, realm.password())
            .choosing(form -> form.set("choice-0", SampleUser.ACCOUNTS.get(0)))
            .expectCode();
    IssuedClaims issued = IssuedClaims.of(client, client.token(authorized).expect());

    issued.assertNowhere(FORGED, PlantedMappers.OF_TOKENS);
    JsonNode approved = issued.in("first token response").path("authorization_details");
    assertThat(approved.path(0).path("identifier").asText()).isEqualTo("one");
    String grant = issued.in("first token response").path("grant_id").asText();
    assertThat(grant).hasSize(43);
    for (String place :
        new String[] {"first access token", "introspection", "refreshed access token"}) {
      assertThat(issued.in(place).path("authorization_details")).as(place).isEqualTo(approved);
      assertThat(issued.in(place).path("grant_id").asText()).as(place).isEqualTo(grant);
    }
    assertThat(issued.in("userinfo").has("grant_id")).isFalse();
    assertThat(issued.in("first ID token").has("authorization_details")).isFalse();
  }

  @Test
  @Accepts(by = "RestrictProtocolMappers", value = "FAPI2-SP 5.3.2.3-p1")
  @Rejects(by = "RestrictProtocolMappers", value = "FAPI2-SP 5.3.2.3-p1")
  void pairwiseSubjectsStayPairwise() {
    FapiClient client = TestClient.in(realm).register();
    String open = login(client).in("first ID token").path("sub").asText();
    PlantedMappers pairwise = PlantedMappers.none();
    pairwise.add("oidc-sha256-pairwise-sub-mapper", "unused").put("pairwiseSubAlgorithmSalt", "s");
    pairwise.plant(realm, client);
    Tokens first = client.tokens(TestRealm.USERNAME, realm.password());
    String own = String.valueOf(first.idClaims().get("sub"));
    assertThat(own).isNotEqualTo(open);

    PlantedMappers.everything().plant(realm, client);

    Tokens tokens = client.tokens(TestRealm.USERNAME, realm.password());
    assertThat(tokens.idClaims()).containsEntry("sub", own);
    assertThat(tokens.accessClaims()).containsEntry("sub", own);
    assertThat(client.refresh(tokens).expect().idClaims()).containsEntry("sub", own);
  }

  @Test
  @Rejects(by = "RestrictProtocolMappers", value = "FAPI2-SP 5.3.2.3-p1")
  void theLevelOfAuthenticationIsKeycloaksAlone() {
    FapiClient client = TestClient.in(realm).register();
    String level = login(client).in("first ID token").path("acr").asText();
    PlantedMappers mappers = PlantedMappers.none();
    // The order of two mappers with equal priority is random.
    for (int i = 0; i < 10; i++) {
      mappers.hardcoded("acr", "gold", "String");
    }

    mappers.plant(realm, client);

    for (int i = 0; i < 3; i++) {
      login(client)
          .all()
          .forEach(
              (place, document) ->
                  assertThat(document.path("acr").asText(level)).as(place).isEqualTo(level));
    }
  }

  @Test
  @Rejects(by = "RestrictProtocolMappers", value = "FAPI2-SP 5.3.2.1-4")
  @Rejects(by = "AccessTokenIntrospection", value = "RFC9701 5-8")
  void signedIntrospection() {
    try (TestRealm signing = TestRealm.create("fapi2-message-signing")) {
      FapiClient client = TestClient.in(signing).signing().register();
      PlantedMappers.everything().plant(signing, client);

      Tokens tokens = client.tokens(TestRealm.USERNAME, signing.password());
      JsonNode answer = client.introspect(tokens.accessToken()).expect();

      assertThat(answer.toString()).doesNotContain(FORGED.replace("@", "\\u0040"));
      assertThat(answer.path("sub")).isEqualTo(Json.tree(tokens.accessClaims().get("sub")));
      PlantedMappers.OF_TOKENS.forEach(
          claim -> assertThat(answer.path(claim).toString()).doesNotContain(FORGED));
    }
  }
}
