package io.github.fapipack.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.fapipack.it.browser.FrontChannelAnswer;
import io.github.fapipack.it.browser.LoginPage;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.http.HttpTransport;
import io.github.fapipack.it.http.NamedValues;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The cookie that begins a login again whose authentication session is gone. */
class RestartCookieIT {

  private static final String COOKIE = "KC_RESTART=";

  @FapiRealm("fapi2-security-profile")
  private static TestRealm realm;

  private FapiClient client;
  private LoginPage browser;

  @BeforeEach
  void begin() {
    client = TestClient.in(realm).register();
    browser = client.browser();
  }

  @Test
  void isNotSetWhenTheResponseIsGivenAtOnce() {
    client.visit(client.par().expect()).in(browser).as(TestRealm.USERNAME, realm.password()).open();

    FrontChannelAnswer answer = client.visit(client.par().expect()).in(browser).open();

    assertThat(answer.parameter("code")).isNotNull();
    assertThat(answer.hops()).hasSize(1);
    assertThat(set(answer)).allMatch(cookie -> cookie.startsWith(COOKIE + ";"));
  }

  @Test
  void isSetWhenTheUserIsAskedForConsentInItsSession() {
    client.visit(client.par().expect()).in(browser).as(TestRealm.USERNAME, realm.password()).open();
    FapiClient other = TestClient.in(realm).register();

    FrontChannelAnswer asked = other.visit(other.par().expect()).in(browser).open();

    assertThat(LoginPage.asksForConsent(asked)).as(asked.toString()).isTrue();
    assertThat(set(asked)).singleElement().matches(cookie -> !cookie.startsWith(COOKIE + ";"));
    assertThat(restart(other, set(asked).get(0)).status()).isEqualTo(303);
  }

  @Test
  void isSetWhenTheUserHasToLogIn() {
    FrontChannelAnswer asked = client.visit(client.par().expect()).in(browser).open();

    assertThat(LoginPage.asksForPassword(asked)).isTrue();
    assertThat(restart(client, set(asked).get(0)).status()).isEqualTo(303);
  }

  @Test
  void withoutItALoginCannotBeginAgain() {
    assertThat(restart(client, "KC_RESTART=wrong").status()).isEqualTo(400);
  }

  private static List<String> set(FrontChannelAnswer answer) {
    return answer.hops().stream()
        .flatMap(hop -> hop.headers().all("Set-Cookie").stream())
        .filter(cookie -> cookie.startsWith(COOKIE))
        .toList();
  }

  /** Another browser with nothing but the cookie. */
  private static HttpExchange restart(FapiClient client, String cookie) {
    URI address =
        URI.create(
            realm.issuer()
                + "/login-actions/authenticate?client_id="
                + client.clientId()
                + "&tab_id=gone");
    return new HttpTransport(realm.server().pki().sslContext(null), false)
        .send("GET", address, new NamedValues().set("Cookie", cookie.split(";", 2)[0]), "");
  }
}
