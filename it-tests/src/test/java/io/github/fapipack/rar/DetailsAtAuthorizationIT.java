package io.github.fapipack.rar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.browser.FrontChannelAnswer;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.Pushed;
import io.github.fapipack.it.client.Tokens;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.testing.ClientOrigin;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Unchecked authorization details never reach the login. */
class DetailsAtAuthorizationIT {
  @FapiRealm("fapi2-security-profile")
  private static TestRealm realm;

  @FapiRealm("fapi1-advanced")
  private static TestRealm older;

  private static void offer(String types) {
    ObjectNode settings = Json.object();
    settings.putObject("attributes").put("fapi.authorization-details-types", types);
    realm.admin().updateRealm(realm.name(), settings);
  }

  @ParameterizedTest
  @EnumSource(ClientOrigin.class)
  @Accepts(by = "AuthorizationDetailsGate", value = "RFC9396 3-1")
  @Accepts(by = "RequestedDetails", value = "RFC9396 3-1")
  @Rejects(by = "AuthorizationDetailsGate", value = "RFC9396 3-1")
  @Rejects(by = "RequestedDetails", value = "RFC9396 3-1")
  @Rejects(by = "InvalidAuthorizationDetails", value = "RFC9396 5-2")
  void checksARequestObjectInTheBrowser(ClientOrigin origin) {
    FapiClient client = TestClient.in(older).made(origin).fapi1().register();

    assertLogin(
        client
            .visitByValue(o -> o.claim(Details.PARAMETER, Details.claim(Details.payment())))
            .open());
    client
        .visitByValue(
            o -> o.claim(Details.PARAMETER, Details.claim(Details.payment().put("tip", 1))))
        .expectError(Details.INVALID);
    client
        .visitByValue(o -> o.claim(Details.PARAMETER, Details.list(Details.payment())))
        .expectError(Details.INVALID); // a text with JSON in it is no JSON array
  }

  private static void assertLogin(FrontChannelAnswer answer) {
    assertThat(answer.redirected()).as(answer.toString()).isFalse();
    assertThat(answer.page().select("input[name=password]")).hasSize(1);
  }

  @Test
  @Accepts(by = "AuthorizationDetailsGate", value = "RFC9396 5-1")
  @Rejects(by = "AuthorizationDetailsGate", value = "RFC9396 5-1")
  void checksOnceMoreWhatWasPushed() {
    FapiClient client = TestClient.in(realm).register();
    Pushed pushed = client.par().with(Details.PARAMETER, Details.list(Details.payment())).expect();

    offer("account_information");
    try {
      client.visit(pushed).expectError(Details.INVALID);
    } finally {
      offer("");
    }
    assertLogin(client.visit(pushed).open());
  }

  @Test
  @Rejects(by = "AuthorizationDetailsGate", value = "RFC9396 3-1")
  void takesNothingBesideThePushedRequest() {
    FapiClient client = TestClient.in(realm).made(ClientOrigin.BEFORE_POLICY).register();

    assertWithout(
        client
            .token(
                client
                    .visit(client.par().expect())
                    .with(Details.PARAMETER, Details.list(Details.payment()))
                    .as(TestRealm.USERNAME, realm.password())
                    .expectCode())
            .expect());
  }

  private static void assertWithout(Tokens tokens) {
    assertThat(tokens.exchange().json().has(Details.PARAMETER)).isFalse();
    assertThat(tokens.accessClaims()).doesNotContainKey(Details.PARAMETER);
  }

  @Test
  @Rejects(by = "AuthorizationDetailsGate", value = "RFC9396 5-1")
  void checksForClientsOutsideThePolicyToo() {
    FapiClient console =
        FapiClient.of(realm.issuer())
            .clientId("account-console")
            .redirectUri(realm.issuer() + "/account/")
            .tls(realm.server().pki(), null)
            .build();

    FrontChannelAnswer answer =
        console.visitWithoutPar().with(Details.PARAMETER, "[{\"type\":\"nonsense\"}]").open();

    // The console is on the server's own origin, so the browser is there by now.
    assertThat(answer.last().uri().toString()).contains("error=" + Details.INVALID);
  }

  @Test
  @Rejects(by = "AuthorizationDetailsGate", value = "RFC9396 3-1")
  void noOtherParameterCanStandForThem() {
    FapiClient client = TestClient.in(realm).register();
    Pushed pushed =
        client
            .par()
            .with("fapi.request.authorization_details", Details.list(Details.payment()))
            .expect();

    assertWithout(
        client
            .token(client.visit(pushed).as(TestRealm.USERNAME, realm.password()).expectCode())
            .expect());
  }

  @Test
  @Accepts(by = "AuthorizationDetailsType", value = "RFC9396 2.1-1")
  void leavesRealmsWithoutRulesToKeycloak() {
    FapiClient client = TestClient.in(realm).register();
    realm.withoutPolicies(
        () -> {
          Pushed pushed =
              client.par().with(Details.PARAMETER, Details.list(Details.payment())).expect();
          FrontChannelAnswer answer = client.visit(pushed).open().expectError("invalid_request");
          assertThat(answer.parameter("error_description")).contains("payment_initiation");
        });
  }
}
