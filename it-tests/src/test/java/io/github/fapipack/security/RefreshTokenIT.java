package io.github.fapipack.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.SenderConstraint;
import io.github.fapipack.it.client.Tokens;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.testing.ClientOrigin;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A client keeps exactly its refresh token, and not longer than before. */
class RefreshTokenIT {
  private static final String OFFLINE = "openid email offline_access";

  @FapiRealm("fapi2-security-profile")
  private static TestRealm realm;

  @ParameterizedTest
  @EnumSource(ClientOrigin.class)
  @Accepts(by = "StableRefreshTokenProvider", value = "FAPI2-SP 5.3.2.1-9")
  void theSameStringComesBack(ClientOrigin origin) {
    FapiClient client = TestClient.in(realm).made(origin).register();
    Tokens first = client.tokens(TestRealm.USERNAME, realm.password());

    Tokens second = client.refresh(first).expect();
    Tokens third = client.refresh(second).expect();

    assertThat(second.refreshToken()).isEqualTo(first.refreshToken());
    assertThat(third.refreshToken()).isEqualTo(first.refreshToken());
    assertThat(third.accessToken()).isNotEqualTo(second.accessToken());
    assertThat(third.accessJson().path("jti")).isNotEqualTo(second.accessJson().path("jti"));
    client.userinfo(second).expect();
    client.userinfo(third).expect();
    assertThat(isActive(client, third)).isTrue();
  }

  @ParameterizedTest
  @EnumSource(
      value = SenderConstraint.class,
      names = {"DPOP", "MTLS"})
  void itComesBackWhateverTheTokensAreBoundTo(SenderConstraint constraint) {
    FapiClient client =
        TestClient.in(realm)
            .constraint(constraint)
            .attribute(
                "tls.client.certificate.bound.access.tokens",
                String.valueOf(constraint == SenderConstraint.MTLS))
            .register();

    assertKeeps(client, client.tokens(TestRealm.USERNAME, realm.password()));
  }

  @Test
  void itTellsTheNearerEndAndCarriesTheLast() {
    FapiClient client = TestClient.in(realm).register();
    Tokens first = client.tokens(TestRealm.USERNAME, realm.password());
    Tokens second = client.refresh(first).expect();

    assertThat(claims(first).path("exp").asLong() - claims(first).path("iat").asLong())
        .isBetween(35_990L, 36_000L);
    for (Tokens each : new Tokens[] {first, second}) {
      assertThat(each.exchange().json().path("refresh_expires_in").asLong())
          .isBetween(1_795L, 1_800L);
    }
  }

  @Test
  void aNarrowerRefreshLeavesItAsItIs() {
    FapiClient client = TestClient.in(realm).scope("openid email profile").register();
    Tokens first =
        client
            .token(
                client
                    .visit(client.par().with("scope", "openid email profile").expect())
                    .as(TestRealm.USERNAME, realm.password())
                    .expectCode())
            .expect();

    Tokens narrow = client.refresh(first).with("scope", "openid").expect();

    assertThat(narrow.accessJson().path("scope").asText()).doesNotContain("email");
    assertThat(narrow.refreshToken()).isEqualTo(first.refreshToken());
    assertThat(client.refresh(narrow).expect().accessJson().path("scope").asText())
        .contains("email", "profile");
  }

  @Test
  void anOfflineTokenComesBackAsWell() {
    FapiClient client = TestClient.in(realm).scope(OFFLINE).register();
    Tokens first = offline(client);
    String session = first.accessJson().path("sid").asText();
    realm.admin().send("DELETE", "/" + realm.name() + "/sessions/" + session, null);

    assertThat(claims(first).path("typ").asText()).isEqualTo("Offline");
    assertThat(claims(first).path("exp").asLong() - claims(first).path("iat").asLong())
        .isBetween(15_551_990L, 15_552_000L);
    assertThat(first.exchange().json().path("refresh_expires_in").asLong())
        .isBetween(2_591_990L, 2_592_000L);
    assertKeeps(client, first);
  }

  @Test
  void anOfflineTokenWithoutEndTellsHowLongItMayRest() {
    try (TestRealm endless = TestRealm.create("fapi2-security-profile")) {
      endless
          .admin()
          .updateRealm(
              endless.name(), Json.object().put("offlineSessionMaxLifespanEnabled", false));
      FapiClient client = TestClient.in(endless).scope(OFFLINE).register();
      Tokens first =
          client
              .token(
                  client
                      .visit(client.par().with("scope", OFFLINE).expect())
                      .as(TestRealm.USERNAME, endless.password())
                      .expectCode())
              .expect();

      assertThat(claims(first).has("exp")).isFalse();
      assertThat(first.exchange().json().path("refresh_expires_in").asLong())
          .isBetween(2_591_990L, 2_592_000L);
      assertKeeps(client, first);
    }
  }

  @Test
  @Accepts(by = "StableRefreshTokenProvider", value = "FAPI2-SP 5.3.2.1-9")
  void itComesBackAlthoughTheRealmRevokesUsedTokens() {
    try (TestRealm revoking = TestRealm.create("fapi2-security-profile")) {
      revoking
          .admin()
          .updateRealm(
              revoking.name(),
              Json.object().put("revokeRefreshToken", true).put("refreshTokenMaxReuse", 0));
      FapiClient client = TestClient.in(revoking).register();

      assertKeeps(client, client.tokens(TestRealm.USERNAME, revoking.password()));
    }
  }

  @Test
  void itComesBackWhenTheKeyIsRetiredAndFailsWhenTheKeyIsGone() {
    try (TestRealm renewed = TestRealm.create("fapi2-security-profile")) {
      FapiClient client = TestClient.in(renewed).register();
      Tokens first = client.tokens(TestRealm.USERNAME, renewed.password());
      ObjectNode retired = secretKey(renewed);
      newSecretKey(renewed, retired);
      set(renewed, retired, "active", "false");

      assertKeeps(client, first);
      assertThat(kid(client.tokens(TestRealm.USERNAME, renewed.password())))
          .isNotEqualTo(kid(first));

      set(renewed, retired, "enabled", "false");
      client.refresh(first).expectError("invalid_grant");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"fapi2-message-signing", "fapi1-advanced"})
  void itComesBackInOtherRealms(String export) {
    try (TestRealm other = TestRealm.create(export)) {
      TestClient described = TestClient.in(other).signing().constraint(SenderConstraint.MTLS);
      FapiClient client =
          (export.equals("fapi1-advanced") ? described.fapi1() : described).register();
      assertKeeps(client, client.tokens(TestRealm.USERNAME, other.password()));
    }
  }

  @Test
  void whatEndedItBeforeEndsItStill() {
    FapiClient client = TestClient.in(realm).register();
    Tokens tokens = client.tokens(TestRealm.USERNAME, realm.password());
    client.refresh(tokens).expect();
    String session = tokens.accessJson().path("sid").asText();
    realm.admin().send("DELETE", "/" + realm.name() + "/sessions/" + session, null);
    client.refresh(tokens).expectError("invalid_grant");

    Tokens again = client.tokens(TestRealm.USERNAME, realm.password());
    ObjectNode stored = realm.admin().client(realm.name(), client.clientId());
    realm
        .admin()
        .updateClient(realm.name(), stored.put("notBefore", System.currentTimeMillis() / 1000 + 1));
    client.refresh(again).expectError("invalid_grant");
    FapiClient other = TestClient.in(realm).register();
    other.refresh(again).expectError("invalid_grant");
  }

  private static void assertKeeps(FapiClient client, Tokens first) {
    Tokens second = client.refresh(first).expect();
    Tokens third = client.refresh(second).expect();
    assertThat(second.refreshToken()).isEqualTo(first.refreshToken());
    assertThat(third.refreshToken()).isEqualTo(first.refreshToken());
    client.userinfo(third).expect();
  }

  private static Tokens offline(FapiClient client) {
    return client
        .token(
            client
                .visit(client.par().with("scope", OFFLINE).expect())
                .as(TestRealm.USERNAME, realm.password())
                .expectCode())
        .expect();
  }

  private static boolean isActive(FapiClient by, Tokens tokens) {
    return by.introspect(tokens.refreshToken())
        .with("token_type_hint", "refresh_token")
        .expect()
        .path("active")
        .asBoolean();
  }

  private static JsonNode claims(Tokens tokens) {
    return part(tokens, 1);
  }

  private static String kid(Tokens tokens) {
    return part(tokens, 0).path("kid").asText();
  }

  private static JsonNode part(Tokens tokens, int part) {
    return Json.parse(
        new String(
            Base64.getUrlDecoder().decode(tokens.refreshToken().split("\\.")[part]),
            StandardCharsets.UTF_8));
  }

  private static ObjectNode secretKey(TestRealm of) {
    for (JsonNode component :
        of.admin().get("/" + of.name() + "/components?type=org.keycloak.keys.KeyProvider")) {
      if (component.at("/config/algorithm/0").asText().equals("HS512")) {
        return (ObjectNode) component;
      }
    }
    throw new AssertionError("the realm has no key for refresh tokens");
  }

  private static void newSecretKey(TestRealm of, ObjectNode like) {
    ObjectNode key = Json.object();
    key.put("name", "newer").put("providerId", like.path("providerId").asText());
    key.put("providerType", "org.keycloak.keys.KeyProvider");
    key.put("parentId", like.path("parentId").asText());
    key.putObject("config").putArray("priority").add("1000");
    key.withObject("/config").putArray("algorithm").add("HS512");
    of.admin().send("POST", "/" + of.name() + "/components", key);
  }

  private static void set(TestRealm of, ObjectNode key, String name, String value) {
    key.withObject("/config").putArray(name).add(value);
    of.admin().send("PUT", "/" + of.name() + "/components/" + key.path("id").asText(), key);
  }
}
