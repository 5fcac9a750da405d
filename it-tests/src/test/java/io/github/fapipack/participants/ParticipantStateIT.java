package io.github.fapipack.participants;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.client.Authorized;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.Pushed;
import io.github.fapipack.it.client.Tokens;
import io.github.fapipack.it.directory.Software;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.testing.ServerLogOnFailure;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a client can do in each state that the directory's list gives it. */
@ExtendWith(ServerLogOnFailure.class)
class ParticipantStateIT {
  private static final String API = "openid grant_management_query grant_management_revoke";

  private static JoinedRealm joined;

  @BeforeAll
  static void start() {
    joined = JoinedRealm.start("fapi2-security-profile");
  }

  @AfterAll
  static void stop() {
    joined.close();
  }

  /** Another realm under the same directory. */
  private static JoinedRealm another() {
    return JoinedRealm.start(joined.directory(), "fapi2-security-profile");
  }

  private static Tokens tokens(FapiClient client) {
    return client.tokens(TestRealm.USERNAME, joined.realm().password());
  }

  private static boolean isActive(FapiClient client, String token) {
    return client.introspect(token).expect().path("active").asBoolean();
  }

  private static boolean isRefreshTokenActive(FapiClient client, Tokens tokens) {
    return client
        .introspect(tokens.refreshToken())
        .with("token_type_hint", "refresh_token")
        .expect()
        .path("active")
        .asBoolean();
  }

  @Test
  @Accepts(
      by = "RequireActiveParticipant",
      value = {"RFC6749 5.2-1", "RFC6750 3.1-1", "RFC7662 2.2-1"})
  @Rejects(
      by = "RequireActiveParticipant",
      value = {"RFC6749 5.2-1", "RFC6750 3.1-1", "RFC7662 2.2-1"})
  void aSuspendedClientGetsNothingAndContinuesLater() {
    Software software = joined.software();
    FapiClient client = joined.client(software);
    Tokens user = tokens(client);
    Tokens own = client.clientCredentials().expect();
    assertThat(isRefreshTokenActive(client, user)).isTrue();
    Authorized code = client.authorize(TestRealm.USERNAME, joined.realm().password());
    Pushed pushed = client.par().expect();

    software.state("INACTIVE");
    joined.refresh();

    HttpExchange refused = client.par().expectError(400, "unauthorized_client");
    assertThat(refused.errorDescription())
        .contains("the directory lists the client's software as suspended since 20")
        .contains("ask the directory");
    client.visit(pushed).expectError("unauthorized_client");
    client.token(code).expectError(400, "unauthorized_client");
    client.refresh(user).expectError(400, "unauthorized_client");
    client.clientCredentials().expectError(400, "unauthorized_client");
    client.userinfo(user).expectError(401, "invalid_token");
    assertThat(isActive(client, user.accessToken())).isFalse();
    assertThat(isRefreshTokenActive(client, user)).isFalse();
    assertThat(isActive(client, own.accessToken())).isFalse();
    JsonNode shown = joined.participant(client);
    assertThat(shown.path("state").asText()).isEqualTo("suspended");
    assertThat(shown.path("source").asText()).isEqualTo("list");
    assertThat(shown.path("why").asText()).isEqualTo("INACTIVE");

    software.state("ACTIVE");
    joined.refresh();

    client.userinfo(user).expect();
    assertThat(isActive(client, own.accessToken())).isTrue();
    assertThat(isRefreshTokenActive(client, user)).isTrue();
    client.userinfo(client.refresh(user).expect()).expect();
    client.par().expect();
    client.clientCredentials().expect();
    assertThat(joined.participant(client).path("state").asText()).isEqualTo("active");
  }

  @Test
  void aSuspendedClientCanRevokeItsTokens() {
    Software software = joined.software();
    FapiClient client = joined.client(software);
    Tokens user = tokens(client);
    software.state("INACTIVE");
    joined.refresh();

    client.revoke(user.refreshToken()).expect();

    software.state("ACTIVE");
    joined.refresh();
    client.refresh(user).expectError("invalid_grant");
  }

  @Test
  void aWithdrawnClientLosesGrantsAndSessionsForGood() {
    Software software = joined.software();
    FapiClient client = joined.join(TestClient.in(joined.realm()).scope(API).register(), software);
    Tokens api = client.clientCredentials().expect();
    Pushed asked = client.par().with("grant_management_action", "create").expect();
    Tokens granted =
        client
            .token(
                client.visit(asked).as(TestRealm.USERNAME, joined.realm().password()).expectCode())
            .expect();
    Tokens plain = tokens(client);
    Tokens offline = tokens(client.but().scope("openid offline_access").build());
    URI grant =
        URI.create(
            joined.realm().issuer()
                + "/grants/"
                + granted.exchange().json().path("grant_id").asText());
    client.resource(grant, api).expect();

    software.organisation().listedAs("REVOKED");
    joined.refresh();

    client.par().expectError(400, "unauthorized_client");
    client.refresh(plain).expectError(400, "unauthorized_client");
    JsonNode shown = joined.participant(client);
    assertThat(shown.path("state").asText()).isEqualTo("withdrawn");
    assertThat(shown.path("organisationState").asText()).isEqualTo("withdrawn");

    software.organisation().listedAs("ACTIVE");
    joined.refresh();

    Tokens fresh = client.clientCredentials().expect();
    assertThat(client.resource(grant, fresh).send().status()).isEqualTo(404);
    for (Tokens lost : new Tokens[] {granted, plain, offline}) {
      client.refresh(lost).expectError("invalid_grant");
      client.userinfo(lost).expectError(401, "invalid_token");
      assertThat(isActive(client, lost.accessToken())).isFalse();
    }
    client.userinfo(tokens(client)).expect();
  }

  @Test
  void theClientOfARemovedSoftwareIsDeleted() {
    Software software = joined.software();
    FapiClient client = joined.client(software);
    Tokens user = tokens(client);

    software.state("REMOVED");
    joined.refresh();

    client.clientCredentials().expectError(401, "invalid_client");
    client.refresh(user).expectError(401, "invalid_client");
    JsonNode shown =
        joined.list("?registered=any&search=" + software.id()).path("participants").path(0);
    assertThat(shown.path("clientUuid").isNull()).isTrue();
    assertThat(shown.path("state").asText()).isEqualTo("removed");
  }

  @Test
  void aClientThatNoDirectoryControlsIsLeftAlone() {
    FapiClient client = TestClient.in(joined.realm()).register();

    client.userinfo(tokens(client)).expect();
  }

  @Test
  void aRealmThatLeavesTheEcosystemRefusesNobody() {
    try (JoinedRealm leaving = another()) {
      Software software = leaving.software();
      FapiClient client = leaving.client(software);
      software.state("INACTIVE");
      leaving.refresh();
      client.clientCredentials().expectError(400, "unauthorized_client");

      leaving.set("fapi.ecosystem", "");

      client.clientCredentials().expect();
    }
  }

  @Test
  void aRealmThatOnlyReportsRefusesNobody() {
    try (JoinedRealm reporting = another()) {
      Software software = reporting.software();
      FapiClient client = reporting.client(software);
      Tokens own = client.clientCredentials().expect();
      software.state("INACTIVE");
      reporting.refresh();
      reporting.set("fapi.rollout", "{\"mode\":\"report\",\"enforced\":[]}");

      client.clientCredentials().expect();
      assertThat(isActive(client, own.accessToken())).isTrue();
    }
  }
}
