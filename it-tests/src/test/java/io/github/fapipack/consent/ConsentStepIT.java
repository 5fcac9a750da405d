package io.github.fapipack.consent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.browser.FrontChannelAnswer;
import io.github.fapipack.it.browser.LoginPage;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.Pushed;
import io.github.fapipack.it.http.NamedValues;
import io.github.fapipack.it.testing.ClientOrigin;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import java.net.URI;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When the consent page is shown, and that nothing bypasses it. */
class ConsentStepIT {
  private static final String DETAILS = "authorization_details";
  private static final String PAYMENT = ConsentVisit.list(ConsentVisit.payment());

  @FapiRealm("fapi2-security-profile")
  private static TestRealm realm;

  private static FapiClient client;

  @BeforeAll
  static void registerClient() {
    client = TestClient.in(realm).register();
  }

  @ParameterizedTest
  @EnumSource(ClientOrigin.class)
  @Accepts(
      by = "ConsentAction",
      value = {"RFC9396 3.1-2", "FAPI2-SP 5.3.2.2-13"})
  @Accepts(by = "RequireApprovedAuthorizationDetails", value = "RFC9396 3.1-2")
  void asksOnTheFirstLoginAndOnSingleSignOn(ClientOrigin origin) {
    FapiClient asking = TestClient.in(realm).made(origin).register();
    ConsentVisit first = ConsentVisit.ask(realm, asking, ConsentVisit.payment()).seesPage();
    assertThat(first.words())
        .contains(
            "Test client", "€1,234.50", "Merchant A", "DE02 1001 0010 9307 1186 03", "Order 7")
        .contains("February 1, 2030");
    assertThat(first.approve().granted().at("/0/instructedAmount/amount").asText())
        .isEqualTo("1234.50");

    ObjectNode other = ConsentVisit.payment();
    other.withObject("/instructedAmount").put("amount", "999999");
    ConsentVisit second =
        ConsentVisit.ask(
                realm, asking, first.browser(), par -> par.with(DETAILS, ConsentVisit.list(other)))
            .seesPage();

    assertThat(second.words()).contains("€999,999.00");
    assertThat(second.approve().granted().at("/0/instructedAmount/amount").asText())
        .isEqualTo("999999");
  }

  @Test
  void asksNothingWhenNothingIsThereToAsk() {
    LoginPage browser = client.browser();
    ConsentVisit.ask(realm, client, browser, par -> par).approve().tokens();

    assertThat(ConsentVisit.ask(realm, client, browser, par -> par).shown().redirected()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {DETAILS, "grant_management_action"})
  @Rejects(by = "RequireApprovedAuthorizationDetails", value = "RFC9396 3.1-2")
  void rejectsWhatCannotBeAskedWithoutAPage(String parameter) {
    LoginPage browser = client.browser();
    ConsentVisit.ask(realm, client, browser, par -> par.with(parameter, value(parameter)))
        .approve();

    ConsentVisit.ask(
            realm,
            client,
            browser,
            par -> par.with(parameter, value(parameter)).with("prompt", "none"))
        .expectError("interaction_required");
  }

  private static String value(String parameter) {
    return parameter.equals(DETAILS) ? PAYMENT : "create";
  }

  @Test
  @Rejects(
      by = "ConsentAction",
      value = {"RFC9396 3.1-2", "FAPI2-SP 5.3.2.2-13"})
  void givesTheClientNothingWhenTheUserRefuses() {
    ConsentVisit visit = ConsentVisit.ask(realm, client, ConsentVisit.payment()).seesPage();

    visit.refuse().expectError("access_denied");

    assertThat(visit.shown().parameter("code")).isNull();
    JsonNode event = realm.admin().events(realm.name(), "CUSTOM_REQUIRED_ACTION_ERROR").get(0);
    assertThat(event.path("error").asText()).isEqualTo("rejected_by_user");
    assertThat(event.path("clientId").asText()).isEqualTo(client.clientId());
  }

  @Test
  void tellsARefusalInASignedResponse() {
    try (TestRealm signed = TestRealm.create("fapi2-message-signing")) {
      FapiClient signing = TestClient.in(signed).signing().register();
      ConsentVisit visit = ConsentVisit.ask(signed, signing, ConsentVisit.payment()).seesPage();

      FrontChannelAnswer answer = visit.refuse().shown();

      assertThat(answer.parameters().entries()).hasSize(1);
      NamedValues response = signing.verifiedResponse(answer.parameter("response"));
      assertThat(response.get("error")).hasValue("access_denied");
    }
  }

  @Test
  @Accepts("RFC9396 3.1-1")
  void asksForScopesAndDetailsOnOnePage() {
    FapiClient asking = TestClient.in(realm).scope("openid profile email").register();
    ConsentVisit visit =
        ConsentVisit.ask(
                realm,
                asking,
                asking.browser(),
                par -> par.with(DETAILS, PAYMENT).with("prompt", "consent"))
            .seesPage();
    assertThat(visit.words()).contains("It will also receive", "Email address", "User profile");

    assertThat(visit.approve().tokens().scope()).contains("profile", "email");
    // What is consented here counts for Keycloak's own page, too.
    assertThat(ConsentVisit.ask(realm, asking, visit.browser(), par -> par).shown().redirected())
        .isTrue();
  }

  @Test
  @Rejects(by = "RequireApprovedAuthorizationDetails", value = "RFC9396 3.1-2")
  void cannotBeSkippedByAskingForTheStepItself() {
    ConsentVisit.ask(
            realm,
            client,
            client.browser(),
            par -> par.with(DETAILS, PAYMENT).with("kc_action", "fapi-consent"))
        .seesPage();
  }

  @ParameterizedTest
  @ValueSource(strings = {"disabled", "deleted"})
  @Rejects(by = "RequireApprovedAuthorizationDetails", value = "RFC9396 3.1-2")
  void comesAlsoWhereAnAdministratorHasSwitchedItOff(String how) {
    try (TestRealm careless = TestRealm.create("fapi2-security-profile")) {
      String path = "/" + careless.name() + "/authentication/required-actions/fapi-consent";
      if (how.equals("deleted")) {
        careless.admin().send("DELETE", path, null);
      } else {
        ObjectNode action = (ObjectNode) careless.admin().get(path);
        careless.admin().send("PUT", path, action.put("enabled", false));
      }
      FapiClient asking = TestClient.in(careless).register();

      ConsentVisit visit = ConsentVisit.ask(careless, asking, ConsentVisit.payment()).seesPage();

      assertThat(visit.approve().granted()).hasSize(1);
    }
  }

  @Test
  void comesAfterWhateverElseKeycloakAsks() {
    try (TestRealm strict = TestRealm.create("fapi2-security-profile")) {
      FapiClient asking = TestClient.in(strict).register();
      JsonNode user =
          strict.admin().get("/" + strict.name() + "/users?username=" + TestRealm.USERNAME).get(0);
      ObjectNode change = ((ObjectNode) user).deepCopy();
      change.putArray("requiredActions").add("UPDATE_PASSWORD");
      strict
          .admin()
          .send("PUT", "/" + strict.name() + "/users/" + user.path("id").asText(), change);

      FrontChannelAnswer shown = ConsentVisit.ask(strict, asking, ConsentVisit.payment()).shown();

      assertThat(shown.page().select("[name=password-new]")).hasSize(1);
      assertThat(shown.page().select("[name=accept]")).isEmpty();
    }
  }

  @Test
  @Rejects(by = "RequireApprovedAuthorizationDetails", value = "RFC9396 3.1-2")
  void comesAgainWhenTheLoginIsRestarted() {
    Pushed pushed = client.par().with(DETAILS, PAYMENT).expect();
    LoginPage browser = client.browser();
    FrontChannelAnswer login = browser.open(client.visit(pushed).address());
    FrontChannelAnswer page = browser.logIn(login, TestRealm.USERNAME, realm.password());
    String address = page.page().selectFirst("form[action]").absUrl("action");
    URI restart =
        URI.create(
            address
                .replace("/required-action?", "/restart?")
                .replaceAll("session_code=[^&]*&", ""));

    FrontChannelAnswer again = browser.open(restart);
    if (LoginPage.asksForPassword(again)) {
      again = browser.logIn(again, TestRealm.USERNAME, realm.password());
    }

    assertThat(again.page().select(".fapi-consent [name=accept]")).as(again.toString()).hasSize(1);
    assertThat(again.words()).contains("Merchant A");
  }
}
