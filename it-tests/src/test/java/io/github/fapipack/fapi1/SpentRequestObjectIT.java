package io.github.fapipack.fapi1;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.browser.FrontChannelAnswer;
import io.github.fapipack.it.browser.LoginPage;
import io.github.fapipack.it.client.AuthorizationVisit;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.testing.ClientOrigin;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestRealm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A request object in the browser gives one response, however often it is sent. */
class SpentRequestObjectIT {
  private static final String INVALID = "invalid_request_object";

  @FapiRealm("fapi1-advanced")
  private static TestRealm realm;

  private static AuthorizationVisit visit(FapiClient client) {
    return client.visitByValue(o -> {}).as(TestRealm.USERNAME, realm.password());
  }

  @ParameterizedTest
  @EnumSource(ClientOrigin.class)
  @Accepts(by = "RestrictFrontChannel", value = "RFC9101 10.2-1")
  @Rejects(by = "RestrictFrontChannel", value = "RFC9101 10.2-1")
  void oneThatWasUsedIsRefused(ClientOrigin origin) {
    FapiClient jarm = Fapi1Client.jarm(realm, origin);
    AuthorizationVisit visit = visit(jarm);
    jarm.token(visit.expectCode()).expect();
    visit.expectError(INVALID);
    visit.in(jarm.browser()).expectError(INVALID);

    FapiClient hybrid = Fapi1Client.hybrid(realm, origin);
    AuthorizationVisit other = visit(hybrid);
    other.expectCode();
    other.in(hybrid.browser()).expectError(INVALID);
  }

  @Test
  @Rejects(by = "RestrictFrontChannel", value = "RFC9101 10.2-1")
  void oneOfTheSameJtiIsRefusedAndAlsoWhenItIsPushed() {
    FapiClient client = Fapi1Client.jarm(realm, ClientOrigin.BEFORE_POLICY);
    client
        .visitByValue(o -> o.claim("jti", "once"))
        .as(TestRealm.USERNAME, realm.password())
        .expectCode();

    client.visitByValue(o -> o.claim("jti", "once")).expectError(INVALID);
    client.par().requestObject(o -> o.claim("jti", "once")).expectError(400, INVALID);
    client.par().requestObject(o -> o.claim("jti", "twice")).expect();
    client.visitByValue(o -> o.claim("jti", "twice")).expectError(INVALID);
  }

  /** Keycloak shows the login page at the very address, which a browser may load again. */
  @Test
  @Accepts(by = "RestrictFrontChannel", value = "RFC9101 10.2-1")
  @Rejects(by = "RestrictFrontChannel", value = "RFC9101 10.2-1")
  void ofLoginsThatBeganWithTheSameObjectTheFirstCounts() {
    FapiClient client = Fapi1Client.jarm(realm, ClientOrigin.AFTER_POLICY);
    AuthorizationVisit visit = visit(client);
    LoginPage slow = client.browser();
    FrontChannelAnswer page = slow.open(visit.address());
    assertThat(LoginPage.asksForPassword(page)).isTrue();
    visit.in(client.browser()).expectCode();

    slow.logIn(page, TestRealm.USERNAME, realm.password()).expectErrorPage();
  }

  @Test
  @Accepts(by = "RestrictFrontChannel", value = "RFC9101 10.2-1")
  void oneThatOnlyMetAnErrorMayComeAgain() {
    FapiClient client = Fapi1Client.jarm(realm, ClientOrigin.AFTER_POLICY);
    AuthorizationVisit passive =
        client
            .visitByValue(o -> o.claim("prompt", "none"))
            .as(TestRealm.USERNAME, realm.password());
    passive.expectError("login_required");
    passive.expectError("login_required");
  }
}
