package io.github.fapipack.consent;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.browser.FrontChannelAnswer;
import io.github.fapipack.it.browser.LoginPage;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.Pushed;
import io.github.fapipack.it.client.Tokens;
import io.github.fapipack.it.http.NamedValues;
import io.github.fapipack.it.samples.SampleUser;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import java.net.URI;
import org.junit.jupiter.api.Test;

/** The user's own page of grants, and what the consent page says about a grant that is there. */
class GrantsPageIT {
  @FapiRealm("fapi2-security-profile")
  private static TestRealm realm;

  private record Given(ConsentVisit visit, Tokens tokens, String id) {}

  private static FapiClient client(String name) {
    return TestClient.in(realm).altering(registration -> registration.put("name", name)).register();
  }

  private static Given give(FapiClient client, LoginPage browser, String... parameters) {
    ConsentVisit visit =
        ConsentVisit.ask(
            realm,
            client,
            browser,
            par -> {
              for (int i = 0; i < parameters.length; i += 2) {
                par = par.with(parameters[i], parameters[i + 1]);
              }
              return par;
            });
    Tokens tokens = visit.approve().tokens();
    return new Given(visit, tokens, tokens.exchange().json().path("grant_id").asText());
  }

  private static Given give(FapiClient client) {
    return give(
        client,
        client.browser(),
        "authorization_details",
        ConsentVisit.list(ConsentVisit.accounts()),
        "grant_management_action",
        "create");
  }

  private static URI page() {
    return URI.create(realm.issuer() + "/fapi-grants");
  }

  private static URI page(String id) {
    return URI.create(page() + "/" + id);
  }

  @Test
  void showsWhatSheHasGivenAndEndsIt() {
    FapiClient client = client("Acorn");
    Given given = give(client);
    LoginPage browser = given.visit().browser();

    FrontChannelAnswer list = browser.open(page());
    assertThat(list.last().status()).isEqualTo(200);
    assertThat(list.words()).contains("Acorn", "read the balances", "DE75 5121 0800 1245 1261 99");
    assertThat(list.last().header("Content-Security-Policy")).contains("frame-ancestors 'none'");

    FrontChannelAnswer question = browser.open(page(given.id()));
    String secret = question.page().select("[name=stateChecker]").attr("value");
    assertThat(secret).isNotBlank();
    assertThat(browser.open(page()).words()).contains("Acorn"); // asking changes nothing

    FrontChannelAnswer done =
        browser.post(page(given.id()), new NamedValues().set("stateChecker", secret));
    assertThat(done.words()).contains("has been withdrawn").doesNotContain("Acorn");
    client.refresh(given.tokens()).expectError("invalid_grant");
    assertThat(
            browser.post(page(given.id()), new NamedValues().set("stateChecker", secret)).words())
        .contains("There is no such permission");
    assertThat(realm.admin().events(realm.name(), "REVOKE_GRANT").get(0).path("clientId").asText())
        .isEqualTo(client.clientId());
  }

  @Test
  void takesNothingFromForeignPages() {
    Given given = give(client("Forged"));
    LoginPage browser = given.visit().browser();

    for (NamedValues form :
        new NamedValues[] {
          new NamedValues(),
          new NamedValues().set("stateChecker", ""),
          new NamedValues().set("stateChecker", "x".repeat(43))
        }) {
      assertThat(browser.post(page(given.id()), form).words())
          .contains("Nothing has been changed", "Forged");
    }
  }

  @Test
  void showsNobodyTheGrantsOfOthers() {
    Given given = give(client("Private"));
    String other = "bob" + System.nanoTime();
    realm.admin().createUser(realm.name(), SampleUser.json(other, realm.password()));
    FapiClient elsewhere = client("Elsewhere");
    Pushed pushed = elsewhere.par().expect();
    LoginPage browser = elsewhere.browser();
    browser.open(elsewhere.visit(pushed).address(), other, realm.password(), true);

    assertThat(browser.open(page()).words()).contains("no permissions").doesNotContain("Private");
    FrontChannelAnswer foreign = browser.open(page(given.id()));
    assertThat(foreign.words()).contains("no such permission").doesNotContain("Private");
    for (String id : new String[] {"%00", "..%2f", "a".repeat(4000), "<b>", "%F0%9F%98%80"}) {
      String path = id.replace("<", "%3C").replace(">", "%3E");
      assertThat(browser.open(URI.create(page() + "/" + path)).last().status()).isLessThan(500);
    }
  }

  @Test
  void sendsStrangersToLogIn() {
    FapiClient client = client("Stranger");
    LoginPage browser = client.browser();

    for (URI address : new URI[] {page(), page("some")}) {
      FrontChannelAnswer answer = browser.open(address);
      assertThat(answer.hops().get(0).status()).isEqualTo(303);
      assertThat(answer.hops().get(0).header("Location"))
          .isEqualTo(realm.issuer() + "/account/content/:componentId");
    }
    assertThat(browser.post(page("some"), new NamedValues()).hops().get(0).status()).isEqualTo(303);
  }

  @Test
  @Accepts(
      by = "Issuance",
      value = {"GM 5.2-4.2", "GM 5.2-4.3"})
  void saysWhatMergingAndReplacingMean() {
    FapiClient client = client("Merger");
    Given given = give(client);

    for (String action : new String[] {"merge", "replace"}) {
      ConsentVisit visit =
          ConsentVisit.ask(
                  realm,
                  client,
                  given.visit().browser(),
                  par ->
                      par.with("authorization_details", ConsentVisit.list(ConsentVisit.record()))
                          .with("grant_management_action", action)
                          .with("grant_id", given.id()))
              .seesPage();
      assertThat(visit.words())
          .contains(action.equals("merge") ? "This adds to a permission" : "What ends")
          .contains("DE75 5121 0800 1245 1261 99", "read the balances", "allergies");
    }
  }

  @Test
  @Rejects(by = "RequireValidGrantRequest", value = "GM 5.4-1")
  void refusesToChangeTheGrantOfAnotherUser() {
    FapiClient client = client("Mixed up");
    Given given = give(client);
    String other = "carol" + System.nanoTime();
    realm.admin().createUser(realm.name(), SampleUser.json(other, realm.password()));
    Pushed pushed =
        client.par().with("grant_management_action", "merge").with("grant_id", given.id()).expect();

    client.visit(pushed).as(other, realm.password()).expectError("invalid_grant_id");
  }
}
