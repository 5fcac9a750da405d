package io.github.fapipack.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.client.Acknowledged;
import io.github.fapipack.it.client.Authorized;
import io.github.fapipack.it.client.CibaClient;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.FapiRequest;
import io.github.fapipack.it.client.Pushed;
import io.github.fapipack.it.client.Tokens;
import io.github.fapipack.it.device.AuthenticationDevice.Decision;
import io.github.fapipack.it.testing.ClientOrigin;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import io.github.fapipack.it.testing.TestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens are issued for the requested resources that the realm knows. */
class ResourceIndicatorIT {
  private static final String RULE = "fapi2-restrict-resource-indicators";
  private static final String ACCOUNTS = "https://api.example/accounts";
  private static final String PAYMENTS = "https://api.example/payments?tenant=1&b=%20";
  private static final String OTHER = "urn:example:other";

  private static TestRealm realm;
  private static TestRealm older;
  private static TestRealm ciba;

  @FapiRealm("fapi2-security-profile")
  private static TestRealm ignoring;

  private static FapiClient client;
  private static FapiClient byValue;
  private static CibaClient polling;

  @BeforeAll
  static void registerClients() {
    realm = knowing("fapi2-security-profile");
    client = TestClient.in(realm).made(ClientOrigin.BEFORE_POLICY).register();
    older = knowing("fapi1-advanced");
    byValue = TestClient.in(older).fapi1().register();
    ciba = knowing("fapi-ciba");
    polling =
        CibaClient.polling(
            TestClient.in(ciba).attribute("oidc.ciba.grant.enabled", "true").register(),
            TestRealm.USERNAME);
  }

  private static TestRealm knowing(String export) {
    TestRealm knowing = TestRealm.create(export);
    ObjectNode profiles = knowing.admin().clientProfiles(knowing.name());
    for (JsonNode executors : profiles.findValues("executors")) {
      for (JsonNode executor : executors) {
        if (RULE.equals(executor.path("executor").asText())) {
          ((ObjectNode) executor)
              .withObject("/configuration")
              .putArray("resources")
              .add(ACCOUNTS)
              .add(PAYMENTS)
              .add(OTHER);
        }
      }
    }
    knowing.admin().updateClientProfiles(knowing.name(), profiles);
    return knowing;
  }

  @AfterAll
  static void deleteRealms() {
    List.of(realm, older, ciba).forEach(TestRealm::close);
  }

  private static Tokens tokens(FapiRequest<Pushed> par) {
    return client.token(authorized(par)).expect();
  }

  private static Authorized authorized(FapiRequest<Pushed> par) {
    return client.visit(par.expect()).as(TestRealm.USERNAME, realm.password()).expectCode();
  }

  private static List<String> audience(JsonNode claims) {
    List<String> audience = new ArrayList<>();
    JsonNode aud = claims.path("aud");
    if (aud.isTextual()) {
      audience.add(aud.asText());
    }
    aud.forEach(one -> audience.add(one.asText()));
    return audience;
  }

  private static List<String> audience(Tokens tokens) {
    return audience(tokens.accessJson());
  }

  @ParameterizedTest
  @ValueSource(strings = {ACCOUNTS, PAYMENTS, OTHER})
  @Accepts(by = "RestrictResourceIndicators", value = "RFC8707 2")
  void oneBecomesTheAudience(String resource) {
    Tokens tokens = tokens(client.par().with("resource", resource));

    assertThat(audience(tokens)).containsExactly(resource);
    assertThat(audience(client.introspect(tokens.accessToken()).expect()))
        .containsExactly(resource);
    client.userinfo(tokens).expect();
    assertThat(audience(client.refresh(tokens).expect())).containsExactly(resource);
  }

  @Test
  @Accepts(by = "RestrictResourceIndicators", value = "RFC8707 2")
  void severalBecomeTheAudienceAndAreNarrowed() {
    Authorized authorized =
        authorized(client.par().with("resource", ACCOUNTS).adding("resource", PAYMENTS));
    Tokens narrowed = client.token(authorized).with("resource", PAYMENTS).expect();
    assertThat(audience(narrowed)).containsExactly(PAYMENTS);

    Tokens whole = client.refresh(narrowed).expect();
    assertThat(audience(whole)).containsExactlyInAnyOrder(ACCOUNTS, PAYMENTS);
    assertThat(audience(client.introspect(whole.accessToken()).expect()))
        .containsExactlyInAnyOrder(ACCOUNTS, PAYMENTS);
    assertThat(audience(client.refresh(whole).with("resource", ACCOUNTS).expect()))
        .containsExactly(ACCOUNTS);
    assertThat(
            audience(
                client
                    .refresh(whole)
                    .with("resource", ACCOUNTS)
                    .adding("resource", PAYMENTS)
                    .expect()))
        .containsExactlyInAnyOrder(ACCOUNTS, PAYMENTS);
    client.refresh(whole).with("resource", OTHER).expectError(400, "invalid_target");
    client
        .refresh(whole)
        .with("resource", ACCOUNTS)
        .adding("resource", OTHER)
        .expectError(400, "invalid_target");
  }

  @Test
  @Accepts(by = "RestrictResourceIndicators", value = "RFC8707 2")
  void aRequestObjectHasOneOrAnArray() {
    assertThat(audience(tokens(client.par().requestObject(o -> o.claim("resource", PAYMENTS)))))
        .containsExactly(PAYMENTS);
    assertThat(
            audience(
                tokens(
                    client
                        .par()
                        .requestObject(o -> o.claim("resource", List.of(ACCOUNTS, PAYMENTS))))))
        .containsExactlyInAnyOrder(ACCOUNTS, PAYMENTS);
    for (Object resource : List.of(PAYMENTS, List.of(ACCOUNTS, PAYMENTS))) {
      Tokens tokens =
          byValue
              .token(
                  byValue
                      .visitByValue(o -> o.claim("resource", resource))
                      .as(TestRealm.USERNAME, older.password())
                      .expectCode())
              .expect();
      assertThat(audience(tokens)).contains(PAYMENTS);
      assertThat(audience(byValue.refresh(tokens).expect())).contains(PAYMENTS);
    }
  }

  @Test
  @Accepts(by = "RestrictResourceIndicators", value = "RFC8707 2")
  void grantsKeepWhatTheirRefreshTokensSay() {
    Tokens tokens =
        tokens(client.par().with("resource", ACCOUNTS).with("grant_management_action", "create"));
    assertThat(audience(tokens)).containsExactly(ACCOUNTS);
    assertThat(audience(client.refresh(tokens).expect())).containsExactly(ACCOUNTS);
  }

  @Test
  @Accepts(by = "RestrictResourceIndicators", value = "RFC8707 2")
  void clientCredentialsNameTheirs() {
    assertThat(audience(client.clientCredentials().with("resource", PAYMENTS).expect()))
        .containsExactly(PAYMENTS);
    assertThat(
            audience(
                client
                    .clientCredentials()
                    .with("resource", PAYMENTS)
                    .adding("resource", ACCOUNTS)
                    .expect()))
        .containsExactlyInAnyOrder(ACCOUNTS, PAYMENTS);
    assertThat(audience(client.clientCredentials().expect())).doesNotContain(ACCOUNTS, PAYMENTS);
  }

  @Test
  @Accepts(by = "RestrictResourceIndicators", value = "RFC8707 2")
  void backchannelRequestsNameTheirs() {
    for (Object resource : List.of(PAYMENTS, List.of(ACCOUNTS, PAYMENTS))) {
      Acknowledged acknowledged =
          polling
              .authenticate()
              .requestObject(o -> o.claim("resource", resource).without("client_id"))
              .expect();
      TestServer.device().answer(acknowledged.bindingMessage(), Decision.SUCCEED).expectStatus(200);
      Tokens tokens = polling.token(acknowledged).with("resource", PAYMENTS).expect();
      assertThat(audience(tokens)).containsExactly(PAYMENTS);
      assertThat(audience(polling.client().refresh(tokens).expect())).contains(PAYMENTS);
    }
    polling
        .authenticate()
        .requestObject(o -> o.claim("resource", "https://unknown.example").without("client_id"))
        .expectError(400, "invalid_target");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://unknown.example",
        ACCOUNTS + "/",
        ACCOUNTS + "#fragment",
        ACCOUNTS + "#",
        "/accounts",
        "api.example",
        "https://api.example/a b",
        "https://api.example/payments",
        "urn:client:account"
      })
  @Rejects(by = "RestrictResourceIndicators", value = "RFC8707 2")
  void whatNobodyKnowsIsRefusedWhenItIsPushed(String resource) {
    client.par().with("resource", resource).expectError(400, "invalid_target");
    client
        .par()
        .with("resource", ACCOUNTS)
        .adding("resource", resource)
        .expectError(400, "invalid_target");
    client
        .par()
        .requestObject(o -> o.claim("resource", List.of(ACCOUNTS, resource)))
        .expectError(400, "invalid_target");
    client.clientCredentials().with("resource", resource).expectError(400, "invalid_target");
    byValue
        .visitByValue(o -> o.claim("resource", resource))
        .as(TestRealm.USERNAME, older.password())
        .expectError("invalid_target");
  }

  @Test
  @Rejects(by = "RestrictResourceIndicators", value = "RFC8707 2")
  void nothingBeyondTheAuthorizationIsGiven() {
    client
        .token(authorized(client.par().with("resource", ACCOUNTS)))
        .with("resource", PAYMENTS)
        .expectError(400, "invalid_target");
    client
        .token(authorized(client.par()))
        .with("resource", PAYMENTS)
        .expectError(400, "invalid_target");
    // A parameter that only the pack may store, and one that Keycloak keeps in a code.
    assertThat(audience(tokens(client.par().with("fapi_resource", ACCOUNTS))))
        .doesNotContain(ACCOUNTS);
    assertThat(
            audience(tokens(client.par().requestObject(o -> o.claim("fapi_resource", ACCOUNTS)))))
        .doesNotContain(ACCOUNTS);
    client.par().with("resource", "x".repeat(50_001)).expectError(400, "invalid_request");
  }

  @Test
  @Accepts(by = "RestrictResourceIndicators", value = "RFC8707 2")
  void aRealmThatNamesNoneIgnoresThem() {
    FapiClient any = TestClient.in(ignoring).register();
    Authorized once =
        any.visit(any.par().with("resource", ACCOUNTS).expect())
            .as(TestRealm.USERNAME, ignoring.password())
            .expectCode();
    assertThat(audience(any.token(once).with("resource", PAYMENTS).expect()))
        .doesNotContain(ACCOUNTS, PAYMENTS);
    Authorized twice =
        any.visit(any.par().with("resource", ACCOUNTS).adding("resource", PAYMENTS).expect())
            .as(TestRealm.USERNAME, ignoring.password())
            .expectCode();
    Tokens tokens = any.token(twice).with("resource", PAYMENTS).adding("resource", OTHER).expect();
    assertThat(audience(tokens)).doesNotContain(ACCOUNTS, PAYMENTS);
    any.refresh(tokens).with("resource", PAYMENTS).adding("resource", OTHER).expect();
    any.visit(
            any.par().requestObject(o -> o.claim("resource", List.of(ACCOUNTS, PAYMENTS))).expect())
        .as(TestRealm.USERNAME, ignoring.password())
        .expectCode();
  }

  @ParameterizedTest
  @ValueSource(strings = {"no uri", "/relative", "https://api.example#f"})
  @Rejects(by = "RestrictResourceIndicators", value = "RFC8707 2")
  void aListOfAnythingElseIsNotSaved(String resource) {
    assertThat(
            org.assertj.core.api.Assertions.catchThrowable(
                () -> ignoring.configure(RULE, Map.of("resources", resource))))
        .hasMessageContaining("resources");
  }
}
