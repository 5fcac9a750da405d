package io.github.fapipack.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.Tokens;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A token that the node has verified before is still checked for everything that may change. */
class KnownTokenIT {

  private static final String KEYS = "org.keycloak.keys.KeyProvider";

  private TestRealm realm;
  private FapiClient client;
  private String token;

  @BeforeEach
  void haveATokenVerifiedTwice() {
    realm = TestRealm.create("fapi2-security-profile");
    client = TestClient.in(realm).register();
    Tokens tokens = client.tokens(TestRealm.USERNAME, realm.password());
    token = tokens.accessToken();
    client.userinfo(tokens).expect();
    client.userinfo(tokens).expect();
    assertThat(isActive(token)).isTrue();
    assertThat(isActive(token)).isTrue();
  }

  @AfterEach
  void deleteRealm() {
    realm.close();
  }

  @Test
  void anotherTextWithItsSignatureIsNotIt() {
    String[] parts = token.split("\\.", 3);
    ObjectNode claims = (ObjectNode) Json.parse(decoded(parts[1]));
    claims.put("exp", claims.path("exp").asLong() + 1);

    assertThat(isActive(parts[0] + "." + encoded(claims) + "." + parts[2])).isFalse();
  }

  @Test
  void itsTextWithMoreOrFewerOctetsInTheSignatureIsNotIt() {
    assertThat(isActive(token + "AAAA")).isFalse();
    assertThat(isActive(token.substring(0, token.length() - 4))).isFalse();
  }

  @Test
  void itEndsWithTheKeyOfTheRealm() {
    for (JsonNode component : realm.admin().get("/" + realm.name() + "/components")) {
      if (component.path("providerType").asText().equals(KEYS)) {
        String path = "/" + realm.name() + "/components/" + component.path("id").asText();
        assertThat(realm.admin().send("DELETE", path, null).status()).isEqualTo(204);
      }
    }

    assertThat(isActive(token)).isFalse();
  }

  @Test
  void itEndsWhenItIsRevoked() {
    client.revoke(token).expect();

    assertThat(isActive(token)).isFalse();
  }

  private boolean isActive(String shown) {
    return client.introspect(shown).expect().path("active").asBoolean();
  }

  private static String decoded(String part) {
    return new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
  }

  private static String encoded(JsonNode claims) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Json.text(claims).getBytes(StandardCharsets.UTF_8));
  }
}
