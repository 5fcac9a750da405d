package io.github.fapipack.rar;

import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.browser.FrontChannelAnswer;
import io.github.fapipack.it.client.Authorized;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.Pushed;
import io.github.fapipack.it.client.Tokens;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.samples.SampleUser;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Hostile input, or input that imitates texts of the server. */
class HostileDetailsIT {
  @FapiRealm("fapi2-security-profile")
  private static TestRealm realm;

  private static FapiClient client;

  @BeforeAll
  static void registerClient() {
    client = TestClient.in(realm).register();
  }

  @Test
  void imitatedKeysAndNotesBindNothing() {
    SoftAssertions softly = new SoftAssertions();
    String[][] parameters = {
      {"resource", "fapi-approval:x"},
      {"resource", "fapi-approval:x y"},
      {"fapi.request." + Details.PARAMETER, Details.list(Details.payment())},
      {"fapi.request." + Details.PARAMETER, "garbage"},
      {"client_request_param_fapi.request." + Details.PARAMETER, "garbage"},
      {"fapi.request.grant_management_action", "CREATE"},
      {"fapi.approval." + Details.PARAMETER, "[]"}
    };
    for (String[] parameter : parameters) {
      HttpExchange pushed = client.par().with(parameter[0], parameter[1]).send();
      softly.assertThat(pushed.status()).as(parameter[0]).isLessThan(500);
      if (pushed.status() == 201) {
        Pushed again = client.par().with(parameter[0], parameter[1]).expect();
        FrontChannelAnswer answer =
            client.visit(again).as(TestRealm.USERNAME, realm.password()).open();
        softly.assertThat(answer.last().status()).as(parameter[0]).isLessThan(500);
        if (answer.parameter("code") != null) {
          HttpExchange token = client.token(redeem(again, answer)).send();
          softly.assertThat(token.status()).as(parameter[0]).isLessThan(500);
          softly.assertThat(token.body()).doesNotContain("grant_id", Details.PARAMETER);
        }
      }
    }
    softly.assertAll();
  }

  @Test
  @Rejects(by = "RestrictAuthorizationDetails", value = "RFC9396 5-1")
  @Rejects(by = "DetailsCheck", value = "RFC9396 5-1")
  @Rejects(by = "Narrowing", value = "RFC9396 6-1")
  void jsonThatIsMeantToHurtIsRefused() {
    SoftAssertions softly = new SoftAssertions();
    String[] bombs = {
      "[".repeat(5000),
      "[{\"type\":".repeat(1200),
      "[{\"type\":\"payment_initiation\",\"n\":1e999999999}]",
      "[{\"type\":\"payment_initiation\",\"n\":1e99999999999999}]",
      "[{\"type\":\"payment_initiation\",\"n\":-1e-2147483648}]",
      "[{\"type\":\"payment_initiation\",\"n\":" + "9".repeat(2000) + "}]",
      "[{\"type\":\"payment_initiation\",\"type\":\"x\"}]",
      "[{\"type\":\"\\ud800\"}]",
      "[{\"type\":\"\\u0000\"}]",
      "[{\"type\":\"__proto__\"}]",
      "[{\"type\":\"../payment_initiation\"}]",
      "[{\"type\":{}}]",
      "[null]",
      "null",
      "NaN",
      "[{}] x",
      "\uFEFF[]",
      "[{\"a~/b\\\"\\\\c\":1}]"
    };
    Pushed pushed = client.par().with(Details.PARAMETER, Details.list(Details.payment())).expect();
    Tokens tokens =
        client
            .token(
                client
                    .visit(pushed)
                    .as(TestRealm.USERNAME, realm.password())
                    .choosing(form -> form.set("choice-0", SampleUser.ACCOUNTS.get(0)))
                    .expectCode())
            .expect();
    for (String bomb : bombs) {
      String start = bomb.substring(0, Math.min(60, bomb.length()));
      HttpExchange par = client.par().with(Details.PARAMETER, bomb).send();
      softly.assertThat(par.status()).as(start + par.body()).isEqualTo(400);
      softly.assertThat(par.body()).as(start).contains(Details.INVALID);
      HttpExchange refresh = client.refresh(tokens).with(Details.PARAMETER, bomb).send();
      softly.assertThat(refresh.status()).as(start + refresh.body()).isEqualTo(400);
    }
    softly.assertAll();
  }

  private static Authorized redeem(Pushed pushed, FrontChannelAnswer answer) {
    return new Authorized(
        answer.parameter("code"),
        pushed.redirectUri(),
        pushed.codeVerifier(),
        pushed.nonce(),
        answer);
  }
}
