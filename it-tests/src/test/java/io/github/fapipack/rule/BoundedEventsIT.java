package io.github.fapipack.rule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.peer.Stranger;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** However many requests an unauthenticated sender makes, few rows are stored. */
class BoundedEventsIT {
  private static final int MANY = 60;

  @FapiRealm("fapi2-security-profile")
  private static TestRealm realm;

  private static Stranger stranger;
  private static FapiClient client;

  @BeforeAll
  static void registerClient() {
    ArrayNode types = Json.object().arrayNode();
    List.of(
            "LOGIN_ERROR",
            "CLIENT_LOGIN_ERROR",
            "LOGOUT_ERROR",
            "INTROSPECT_TOKEN_ERROR",
            "USER_INFO_REQUEST_ERROR",
            "CLIENT_INFO_ERROR",
            "CODE_TO_TOKEN_ERROR",
            "PUSHED_AUTHORIZATION_REQUEST_ERROR")
        .forEach(types::add);
    realm
        .admin()
        .updateRealm(
            realm.name(), Json.object().put("eventsEnabled", true).set("enabledEventTypes", types));
    stranger = Stranger.at(realm.server());
    client = TestClient.in(realm).register();
  }

  @Test
  void keepsFewRefusalsWhateverThePath() {
    for (int i = 0; i < MANY; i++) {
      String token =
          Stranger.jwt(
              "{\"alg\":\"PS256\"}",
              "{\"iss\":\"" + realm.issuer() + "\",\"azp\":\"" + client.clientId() + "\"}");
      String target = realm.issuer().getPath() + "/grants/" + UUID.randomUUID() + i;
      String other = realm.issuer().getPath() + "/account/" + i + "/" + UUID.randomUUID();
      stranger.get(target, "Authorization: Bearer " + token);
      stranger.get(other, "Authorization: Bearer " + token);
    }

    assertThat(realm.admin().events(realm.name(), "CLIENT_INFO_ERROR").size()).isBetween(1, 12);
  }

  @Test
  void keepsFewErrorsOfUsersWhomNobodyKnows() {
    int before = stored();
    for (int i = 0; i < MANY; i++) {
      String token = Stranger.jwt("{\"alg\":\"PS256\"}", "{\"sub\":\"" + UUID.randomUUID() + "\"}");
      stranger.get(realm.issuer().getPath() + "/login-actions/action-token?key=" + token);
    }

    assertThat(stored() - before).isBetween(0, 5);
  }

  /** An error of Keycloak, a refusal of the pack, and counted events that are stored later. */
  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {
        "GET,auth?client_id=%s&scope=openid,none",
        "POST,token,grant_type=client_credentials&client_id=%s",
        "POST,token,grant_type=%s",
        "GET,logout?id_token_hint=%s&client_id=%s,none",
        "POST,logout,post_logout_redirect_uri=https://%s",
        "POST,token/introspect,token=%s&client_id=%s",
        "POST,ext/par/request,client_id=%s",
        "GET,userinfo?x=%s,none"
      })
  void keepsFewErrorsOfKeycloak(String method, String path, String form) {
    int before = stored();
    for (int i = 0; i < MANY; i++) {
      String random = UUID.randomUUID() + "-" + i;
      String target =
          realm.issuer().getPath() + "/protocol/openid-connect/" + path.replace("%s", random);
      if ("POST".equals(method)) {
        stranger.post(target, form.replace("%s", random));
      } else {
        stranger.get(target, "Authorization: Bearer " + random);
      }
    }

    assertThat(stored() - before).isBetween(0, 10);
  }

  /** Few rows, whatever names and ids are sent; the count includes all requests. */
  @Test
  void keepsFewRefusalsOfAStranger() {
    RefusedRequests refused = new RefusedRequests(realm);
    long start = System.currentTimeMillis();
    String target = realm.issuer().getPath() + "/protocol/openid-connect/token";
    for (int i = 0; i < MANY; i++) {
      stranger.post(
          target, "grant_type=client_credentials&client_id=flood-" + UUID.randomUUID() + "-" + i);
    }

    List<JsonNode> rows =
        refused.find("from=" + start + "&max=1000").stream()
            .filter(row -> row.path("namedClient").asText().startsWith("flood-"))
            .toList();
    assertThat(rows).hasSizeBetween(1, 3);
    assertThat(rows.stream().mapToInt(row -> row.path("count").asInt()).sum()).isEqualTo(MANY);
    assertThat(rows)
        .allSatisfy(row -> assertThat(row.path("interactionIds").size()).isBetween(1, 20));
    assertThat(RefusedRequests.metrics(realm)).doesNotContain("flood-");
  }

  private static int stored() {
    return realm.admin().get("/" + realm.name() + "/events?max=1000").size();
  }

  @Test
  void keepsTheFirstErrorOfEachClient() {
    FapiClient other = TestClient.in(realm).register();
    client.par().without("redirect_uri").send();
    other.par().without("redirect_uri").send();

    assertThat(realm.admin().events(realm.name(), "PUSHED_AUTHORIZATION_REQUEST_ERROR"))
        .extracting(event -> event.path("clientId").asText())
        .contains(client.clientId(), other.clientId());
  }

  @Test
  void storesNoControlCharactersAndNothingThatIsTooLong() {
    String target = realm.issuer().getPath() + "/protocol/openid-connect/auth?client_id=";
    assertThat(stranger.get(target + "a%0d%0aforged%00" + "x".repeat(400)).status())
        .isBetween(400, 499);

    assertThat(realm.admin().events(realm.name(), "LOGIN_ERROR"))
        .extracting(JsonNode::toString)
        .noneMatch(event -> event.contains("\\r") || event.contains("\\u0000"));
  }

  @Test
  void stillLocksAUserOutWhosePasswordIsGuessed() {
    realm
        .admin()
        .updateRealm(
            realm.name(), Json.object().put("bruteForceProtected", true).put("failureFactor", 3));
    for (int i = 0; i < 5; i++) {
      client.visit(client.par().expect()).as(TestRealm.USERNAME, "wrong " + i).open();
    }

    JsonNode user =
        realm.admin().get("/" + realm.name() + "/users?username=" + TestRealm.USERNAME).path(0);
    assertThat(
            realm
                .admin()
                .get(
                    "/"
                        + realm.name()
                        + "/attack-detection/brute-force/users/"
                        + user.path("id").asText())
                .path("disabled")
                .asBoolean())
        .isTrue();
    assertThat(realm.admin().events(realm.name(), "LOGIN_ERROR").findValuesAsText("userId"))
        .contains(user.path("id").asText());
  }
}
