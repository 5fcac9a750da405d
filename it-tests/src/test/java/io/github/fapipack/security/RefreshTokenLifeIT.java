package io.github.fapipack.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.browser.LoginPage;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.Tokens;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.testing.ServerLogOnFailure;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import io.github.fapipack.it.time.Await;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A refresh token that stays the same is not valid longer than a rotated one. */
@ExtendWith(ServerLogOnFailure.class)
class RefreshTokenLifeIT {
  private static final int IDLE = 4;
  private static final int MAX = 14;

  @Test
  @Rejects(by = "StableRefreshTokenProvider", value = "RFC9700 4.14.2-1")
  @Accepts(by = "StableRefreshTokenProvider", value = "RFC9700 4.14.2-1")
  void itLivesWhileItIsUsedAndNotWhenItRests() {
    try (TestRealm brief = brief()) {
      FapiClient client = TestClient.in(brief).register();
      LoginPage browser = client.browser();
      Tokens used = tokens(client, browser, brief);
      Tokens resting = tokens(client, browser, brief);
      Tokens alone = TestClient.in(brief).register().tokens(TestRealm.USERNAME, brief.password());
      for (int i = 0; i < 3; i++) {
        rest(IDLE / 2);
        assertThat(client.refresh(used).expect().refreshToken()).isEqualTo(used.refreshToken());
      }

      // The browser's session continues.
      assertThat(isActive(client, used)).isTrue();
      assertThat(isActive(client, resting)).isFalse();
      client.refresh(resting).expectError("invalid_grant");
      client.refresh(alone).expectError("invalid_grant");
      client.refresh(used).expect();

      rest(IDLE + 2);
      assertThat(isActive(client, used)).isFalse();
      client.refresh(used).expectError("invalid_grant");
    }
  }

  @Test
  void itEndsWithTheSessionHoweverOftenItIsUsed() {
    try (TestRealm brief = brief()) {
      FapiClient client = TestClient.in(brief).register();
      Tokens tokens = client.tokens(TestRealm.USERNAME, brief.password());
      long end = claims(tokens).path("exp").asLong();
      long told = 0;
      while (System.currentTimeMillis() / 1000 < end - 1) {
        told =
            client.refresh(tokens).expect().exchange().json().path("refresh_expires_in").asLong();
        rest(1);
      }
      assertThat(told).isLessThan(IDLE);

      rest(3);
      client.refresh(tokens).expectError("invalid_grant");
    }
  }

  private static TestRealm brief() {
    TestRealm brief = TestRealm.create("fapi2-security-profile");
    brief
        .admin()
        .updateRealm(
            brief.name(),
            Json.object().put("ssoSessionIdleTimeout", IDLE).put("ssoSessionMaxLifespan", MAX));
    return brief;
  }

  private static Tokens tokens(FapiClient client, LoginPage browser, TestRealm in) {
    return client
        .token(
            client
                .visit(client.par().expect())
                .in(browser)
                .as(TestRealm.USERNAME, in.password())
                .expectCode())
        .expect();
  }

  /** Sessions end by the server's clock. */
  private static void rest(int seconds) {
    Await.pass(Duration.ofSeconds(seconds));
  }

  private static boolean isActive(FapiClient by, Tokens tokens) {
    return by.introspect(tokens.refreshToken())
        .with("token_type_hint", "refresh_token")
        .expect()
        .path("active")
        .asBoolean();
  }

  private static JsonNode claims(Tokens tokens) {
    return Json.parse(
        new String(
            Base64.getUrlDecoder().decode(tokens.refreshToken().split("\\.")[1]),
            StandardCharsets.UTF_8));
  }
}
