package io.github.fapipack.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.Tokens;
import io.github.fapipack.it.testing.ClientOrigin;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Access tokens in the form of RFC 9068, in a realm with that rule. */
class JwtProfileAccessTokenIT {
  @FapiRealm("fapi2-security-profile")
  private static TestRealm realm;

  @BeforeAll
  static void configureRealm() {
    ObjectNode profiles = realm.admin().clientProfiles(realm.name());
    ((ArrayNode) profiles.path("profiles").get(0).path("executors"))
        .addObject()
        .put("executor", "fapi2-require-jwt-profile-access-token")
        .putObject("configuration")
        .put("mode", "enforce");
    realm.admin().updateClientProfiles(realm.name(), profiles);
  }

  @ParameterizedTest
  @EnumSource(ClientOrigin.class)
  @Accepts(
      by = "RequireJwtProfileAccessToken",
      value = {"RFC9068 2.1", "RFC9068 2.2"})
  @Rejects(
      by = "RequireJwtProfileAccessToken",
      value = {"RFC9068 2.1", "RFC9068 2.2"})
  void issuesNoOtherFormToAnyClient(ClientOrigin origin) {
    FapiClient client =
        TestClient.in(realm)
            .made(origin)
            .attribute("access.token.header.type.rfc9068", "false")
            .altering(registration -> registration.remove("protocolMappers"))
            .register();

    Tokens tokens = client.tokens(TestRealm.USERNAME, realm.password());

    assertThat(tokens.accessHeader()).containsEntry("typ", "at+jwt");
    assertThat(tokens.accessClaims())
        .containsEntry("client_id", client.clientId())
        .containsKeys("iss", "exp", "aud", "sub", "iat", "jti");
    client.userinfo(tokens).expect();
  }
}
