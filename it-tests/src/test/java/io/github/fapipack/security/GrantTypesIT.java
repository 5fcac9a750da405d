package io.github.fapipack.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.SenderConstraint;
import io.github.fapipack.it.client.Tokens;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.testing.ClientOrigin;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** By which grants tokens are issued. */
class GrantTypesIT {
  private static final String UMA = "urn:ietf:params:oauth:grant-type:uma-ticket";
  private static final String DEVICE = "urn:ietf:params:oauth:grant-type:device_code";
  private static final String EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";

  @FapiRealm("fapi2-security-profile")
  private static TestRealm realm;

  @ParameterizedTest
  @EnumSource(ClientOrigin.class)
  @Accepts(
      by = "RestrictGrantTypes",
      value = {"FAPI2-SP 5.3.2.1-2", "FAPI2-SP 5.1.2-p3"})
  @Accepts(by = "RejectPasswordGrant", value = "FAPI2-SP 5.3.2.1-2")
  void servesTheGrantsOfTheProfile(ClientOrigin origin) {
    FapiClient client = TestClient.in(realm).made(origin).register();

    Tokens tokens = client.tokens(TestRealm.USERNAME, realm.password());
    client.refresh(tokens).expect();
    if (origin != ClientOrigin.IMPORTED) { // a partial import makes no service account
      client.clientCredentials().expect();
    }
  }

  @ParameterizedTest
  @EnumSource(ClientOrigin.class)
  @Rejects(by = "RejectPasswordGrant", value = "FAPI2-SP 5.3.2.1-2")
  void rejectsThePasswordGrant(ClientOrigin origin) {
    FapiClient client = TestClient.in(realm).made(origin).register();

    HttpExchange answer =
        client
            .grant("password")
            .with("username", TestRealm.USERNAME)
            .with("password", realm.password())
            .expectError(400, "unsupported_grant_type");

    assertThat(answer.errorDescription()).contains("FAPI2-SP 5.3.2.1-2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        UMA,
        DEVICE,
        EXCHANGE,
        "urn:ietf:params:oauth:grant-type:jwt-bearer",
        "urn:ietf:params:oauth:grant-type:pre-authorized_code",
        "nonsense"
      })
  @Rejects(by = "RestrictGrantTypes", value = "FAPI2-SP 5.1.2-p3")
  void rejectsOtherGrants(String grantType) {
    FapiClient client = TestClient.in(realm).made(ClientOrigin.BEFORE_POLICY).register();

    client.grant(grantType).expectError(400, "unsupported_grant_type");
  }

  @ParameterizedTest
  @ValueSource(strings = {"decision", "permissions"})
  @Rejects(by = "RestrictGrantTypes", value = "FAPI2-SP 5.1.2-p3")
  void rejectsUmaWithATokenInPlaceOfClientAuthentication(String mode) {
    FapiClient client =
        TestClient.in(realm)
            .made(ClientOrigin.BEFORE_POLICY)
            .constraint(SenderConstraint.MTLS)
            .register();
    Tokens tokens = client.clientCredentials().expect();

    client
        .grant(UMA)
        .withoutAuthentication()
        .header("Authorization", "Bearer " + tokens.accessToken())
        .with("audience", client.clientId())
        .with("response_mode", mode)
        .expectError(400, "unsupported_grant_type");
  }

  @Test
  @Rejects(by = "RestrictGrantTypes", value = "FAPI2-SP 5.1.2-p3")
  void rejectsTheBeginningOfADeviceFlow() {
    FapiClient client =
        TestClient.in(realm)
            .made(ClientOrigin.BEFORE_POLICY)
            .attribute("oauth2.device.authorization.grant.enabled", "true")
            .register();

    // Discovery does not name the endpoint any more, but it is still there.
    client
        .grant(DEVICE)
        .to(URI.create(realm.issuer() + "/protocol/openid-connect/auth/device"))
        .expectError(400, "unsupported_grant_type");
  }

  @Test
  @Rejects(by = "RejectPasswordGrant", value = "FAPI2-SP 5.3.2.1-2")
  void rejectsThePasswordGrantAtRegistration() {
    assertThatThrownBy(
            () ->
                TestClient.in(realm)
                    .altering(client -> client.put("directAccessGrantsEnabled", true))
                    .register())
        .hasMessageContaining("400")
        .hasMessageContaining("directAccessGrantsEnabled");
  }

  @Test
  @Accepts(by = "RejectPasswordGrant", value = "FAPI2-SP 5.3.2.1-2")
  void leavesThePasswordGrantOffForANewClientThatSaysNothing() {
    FapiClient client =
        TestClient.in(realm)
            .altering(registration -> registration.remove("directAccessGrantsEnabled"))
            .register();

    assertThat(
            realm
                .admin()
                .client(realm.name(), client.clientId())
                .path("directAccessGrantsEnabled")
                .asBoolean())
        .isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "oauth2.device.authorization.grant.enabled",
    "standard.token.exchange.enabled",
    "oauth2.jwt.authorization.grant.enabled"
  })
  @Rejects(by = "RestrictGrantTypes", value = "FAPI2-SP 5.1.2-p3")
  void rejectsOtherGrantsAtRegistration(String attribute) {
    assertThatThrownBy(() -> TestClient.in(realm).attribute(attribute, "true").register())
        .hasMessageContaining("400")
        .hasMessageContaining(attribute);
  }
}
