package io.github.fapipack.scheme;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.fapipack.it.browser.FrontChannelAnswer;
import io.github.fapipack.it.browser.LoginPage;
import io.github.fapipack.it.http.NamedValues;
import io.github.fapipack.it.scheme.Scheme;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestRealm;
import java.net.URI;
import org.junit.jupiter.api.Test;

/** How people log in at a directory. */
class DirectoryLoginIT {
  @FapiRealm("fapi-directory")
  private TestRealm realm;

  @Test
  void isOnePageEvenWithOrganizations() {
    Scheme scheme = Scheme.in(realm.server(), realm.name());
    scheme.organisation("Bank A", "12345678", "BR");
    String account = realm.issuer() + "/account/";
    NamedValues request =
        new NamedValues()
            .set("client_id", "account-console")
            .set("redirect_uri", account)
            .set("response_type", "code")
            .set("scope", "openid")
            .set("state", "x")
            .set("code_challenge_method", "S256")
            .set("code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    LoginPage browser = new LoginPage(scheme.transport(null), account);

    FrontChannelAnswer shown =
        browser.open(
            URI.create(realm.issuer() + "/protocol/openid-connect/auth?" + request.encode()));

    assertThat(LoginPage.asksForPassword(shown)).isTrue();
    assertThat(shown.page().selectFirst("input[name=username]")).isNotNull();
    FrontChannelAnswer done = browser.logIn(shown, TestRealm.USERNAME, realm.password());
    assertThat(done.last().uri().toString()).startsWith(account).contains("code=");
  }
}
