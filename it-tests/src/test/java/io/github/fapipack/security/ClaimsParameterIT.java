package io.github.fapipack.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.browser.LoginPage;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.FapiRequest;
import io.github.fapipack.it.client.Pushed;
import io.github.fapipack.it.client.Tokens;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.testing.ServerLogOnFailure;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An essential acr is fulfilled or the request fails, whatever else is in claims. */
@ExtendWith(ServerLogOnFailure.class)
class ClaimsParameterIT {
  private static final String UNMET = "unmet_authentication_requirements";

  private static TestRealm realm;
  private static TestRealm older;
  private static FapiClient client;
  private static FapiClient byValue;

  @BeforeAll
  static void importRealms() {
    realm = withLevels("fapi2-security-profile");
    client = TestClient.in(realm).register();
    older = withLevels("fapi1-advanced");
    byValue = TestClient.in(older).fapi1().register();
  }

  private static TestRealm withLevels(String export) {
    ObjectNode copy = ((ObjectNode) TestRealm.export(export)).deepCopy();
    copy.withObject("/attributes").put("acr.loa.map", "{\"silver\":1,\"gold\":2}");
    return TestRealm.create(copy);
  }

  @AfterAll
  static void deleteRealms() {
    realm.close();
    older.close();
  }

  private static Map<String, Object> acr(Object request) {
    return Map.of("id_token", Map.of("acr", request));
  }

  private static Tokens tokens(FapiRequest<Pushed> par) {
    return client
        .token(client.visit(par.expect()).as(TestRealm.USERNAME, realm.password()).expectCode())
        .expect();
  }

  private static FapiRequest<Pushed> par(Map<String, Object> claims) {
    return client.par().with("claims", Json.text(Json.object().pojoNode(claims)));
  }

  @Test
  @Accepts(by = "RequireEssentialAcr", value = "OIDC 5.5.1.1")
  void anEssentialAcrThatCanBeMetIs() {
    List<Map<String, Object>> requests =
        List.of(
            Map.of("essential", true, "value", "silver"),
            Map.of("essential", true, "values", List.of("gold", "silver")),
            Map.of("essential", true, "values", List.of("unheard of", "silver")),
            Map.of("essential", true, "value", "silver", "unheard_of", Map.of("a", 1)));
    for (Map<String, Object> request : requests) {
      assertThat(tokens(par(acr(request))).idClaims()).containsEntry("acr", "silver");
      assertThat(
              tokens(client.par().requestObject(o -> o.claim("claims", acr(request)))).idClaims())
          .containsEntry("acr", "silver");
      byValue
          .visitByValue(o -> o.claim("claims", acr(request)))
          .as(TestRealm.USERNAME, older.password())
          .expectCode();
    }
    tokens(par(acr(Map.of("essential", true))));
  }

  @Test
  @Accepts(by = "RequireEssentialAcr", value = "OIDC 5.5.1.1")
  void aVoluntaryAcrStaysOne() {
    tokens(par(acr(Map.of("value", "gold"))));
    tokens(par(acr(Map.of("essential", false, "values", List.of("unheard of")))));
    tokens(client.par().with("acr_values", "gold unheard-of"));
  }

  @Test
  @Rejects(by = "RequireEssentialAcr", value = "OIDC 5.5.1.1")
  void anEssentialAcrThatCannotBeMetIsRefusedWhenItIsPushed() {
    List<Map<String, Object>> requests =
        List.of(
            Map.of("essential", true, "value", "unheard of"),
            Map.of("essential", true, "value", "gold"),
            Map.of("essential", true, "value", "2"),
            Map.of("essential", true, "values", List.of("gold", "unheard of")),
            Map.of("essential", true, "value", "gold", "unheard_of", 1));
    for (Map<String, Object> request : requests) {
      par(acr(request)).expectError(400, UNMET);
      client.par().requestObject(o -> o.claim("claims", acr(request))).expectError(400, UNMET);
      client
          .par()
          .requestObject(o -> o.claim("claims", Json.text(Json.object().pojoNode(acr(request)))))
          .expectError(400, UNMET);
      byValue
          .visitByValue(o -> o.claim("claims", acr(request)))
          .as(TestRealm.USERNAME, older.password())
          .expectError(UNMET);
    }
    par(Map.of(
            "unheard_of",
            List.of(1),
            "id_token",
            Map.of("acr", Map.of("essential", true, "value", "gold"))))
        .expectError(400, UNMET);
  }

  @Test
  @Accepts(by = "RequireEssentialAcr", value = "OIDC 5.5.1.1")
  void aSessionAloneDoesNotMeetIt() {
    LoginPage browser = client.browser();
    client
        .visit(client.par().expect())
        .as(TestRealm.USERNAME, realm.password())
        .in(browser)
        .expectCode();

    Tokens again =
        client
            .token(
                client
                    .visit(par(acr(Map.of("essential", true, "value", "silver"))).expect())
                    .as(TestRealm.USERNAME, realm.password())
                    .in(browser)
                    .expectCode())
            .expect();

    assertThat(again.idClaims()).containsEntry("acr", "silver");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"unheard_of\":{\"a\":1}}",
        "{\"id_token\":{\"email\":{\"essential\":true,\"purpose\":\"x\"}},\"verified_claims\":[1]}",
        "{\"userinfo\":{\"verified_claims\":{\"verification\":null,\"claims\":{}}}}",
        "{\"id_token\":{\"acr\":null},\"userinfo\":{\"acr\":{\"essential\":true}}}"
      })
  @Accepts(by = "RequireEssentialAcr", value = "OIDC 5.5.1.1")
  void whatIsNotKnownIsIgnored(String claims) {
    tokens(client.par().with("claims", claims));
  }

  @Test
  @Accepts(by = "RequireEssentialAcr", value = "OIDC 5.5.1.1")
  void singleClaimsAreNotOffered() {
    assertThat(client.discover().exchange().json().path("claims_parameter_supported").asBoolean())
        .isFalse();
  }
}
