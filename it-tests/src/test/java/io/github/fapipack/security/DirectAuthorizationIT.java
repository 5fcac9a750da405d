package io.github.fapipack.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.fapipack.it.browser.FrontChannelAnswer;
import io.github.fapipack.it.browser.LoginPage;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.Pushed;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Logged-in users are answered directly, and all others as Keycloak does it. */
class DirectAuthorizationIT {
  @FapiRealm("fapi2-security-profile")
  private static TestRealm realm;

  private static FapiClient client;

  @BeforeAll
  static void registerClient() {
    client = TestClient.in(realm).register();
  }

  @Test
  void aUserWithASessionIsSentBackByTheFirstAnswer() {
    LoginPage browser = loggedIn();
    Pushed pushed = client.par().expect();

    FrontChannelAnswer answer = client.visit(pushed).in(browser).open();

    assertThat(answer.hops()).hasSize(1);
    client.visit(pushed).expectCode(answer);
    // The request_uri is used up, as after any other response.
    client.visit(pushed).in(browser).expectErrorPage();
  }

  @Test
  void aUserWithoutASessionGetsAPageThatSurvivesAReload() {
    FrontChannelAnswer page = client.visit(client.par().expect()).open();

    assertThat(page.hops()).hasSizeGreaterThan(1);
    assertThat(page.last().uri().getPath()).endsWith("/login-actions/authenticate");
  }

  @Test
  void whoIsAskedForMoreThanASessionGetsAPageThatSurvivesAReload() {
    LoginPage browser = loggedIn();

    FrontChannelAnswer page =
        client.visit(client.par().with("prompt", "login").expect()).in(browser).open();

    assertThat(LoginPage.asksForPassword(page)).isTrue();
    assertThat(page.last().uri().getPath()).endsWith("/login-actions/authenticate");
  }

  @Test
  void aSessionThatHasEndedIsNone() {
    LoginPage browser = loggedIn();
    realm.admin().send("POST", "/" + realm.name() + "/logout-all", Json.object());

    FrontChannelAnswer page = client.visit(client.par().expect()).in(browser).open();

    assertThat(LoginPage.asksForPassword(page)).isTrue();
    assertThat(page.last().uri().getPath()).endsWith("/login-actions/authenticate");
  }

  private static LoginPage loggedIn() {
    LoginPage browser = client.browser();
    client
        .visit(client.par().expect())
        .in(browser)
        .as(TestRealm.USERNAME, realm.password())
        .expectCode();
    return browser;
  }
}
