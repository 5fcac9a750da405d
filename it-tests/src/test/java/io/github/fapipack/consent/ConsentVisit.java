package io.github.fapipack.consent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.browser.FrontChannelAnswer;
import io.github.fapipack.it.browser.LoginPage;
import io.github.fapipack.it.client.Authorized;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.FapiRequest;
import io.github.fapipack.it.client.Pushed;
import io.github.fapipack.it.client.Tokens;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.http.NamedValues;
import io.github.fapipack.it.server.Harness;
import io.github.fapipack.it.testing.TestRealm;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** One authorization of a user, up to the consent page and beyond. */
final class ConsentVisit {
  private final TestRealm realm;
  private final FapiClient client;
  private final LoginPage browser;
  private final Pushed pushed;
  private FrontChannelAnswer shown;

  private ConsentVisit(TestRealm realm, FapiClient client, LoginPage browser, Pushed pushed) {
    this.realm = realm;
    this.client = client;
    this.browser = browser;
    this.pushed = pushed;
  }

  /** Asks in a browser that may have a session, and logs in where it has none. */
  static ConsentVisit ask(
      TestRealm realm,
      FapiClient client,
      LoginPage browser,
      UnaryOperator<FapiRequest<Pushed>> request) {
    Pushed pushed = request.apply(client.par()).expect();
    ConsentVisit visit = new ConsentVisit(realm, client, browser, pushed);
    visit.shown = browser.open(client.visit(pushed).address());
    if (LoginPage.asksForPassword(visit.shown)) {
      visit.shown = browser.logIn(visit.shown, TestRealm.USERNAME, realm.password());
    }
    return visit;
  }

  /** A realm with an attribute of its own. */
  static TestRealm realmWith(String attribute, String value) {
    ObjectNode export =
        (ObjectNode)
            Json.read(
                Harness.fromSystemProperties()
                    .root()
                    .resolve("realm-exports/fapi2-security-profile.json"));
    export.withObject("/attributes").put(attribute, value);
    return TestRealm.create(export);
  }

  /** Asks in a new browser. */
  static ConsentVisit ask(TestRealm realm, FapiClient client, ObjectNode... details) {
    return ask(
        realm, client, client.browser(), par -> par.with("authorization_details", list(details)));
  }

  static String list(ObjectNode... details) {
    ArrayNode list = Json.object().putArray("list");
    List.of(details).forEach(list::add);
    return list.toString();
  }

  static ObjectNode payment() {
    return (ObjectNode)
        Json.parse(
            """
            {"type":"payment_initiation","actions":["initiate","status"],
             "instructedAmount":{"currency":"EUR","amount":"1234.50"},
             "creditorName":"Merchant A","creditorAccount":{"iban":"DE02100100109307118603"},
             "remittanceInformationUnstructured":"Order 7",
             "requestedExecutionDate":"2030-02-01"}\
            """);
  }

  static ObjectNode accounts() {
    return (ObjectNode)
        Json.parse(
            """
            {"type":"account_information",
             "actions":["list_accounts","read_balances","read_transactions"],
             "recurring":true,"frequencyPerDay":4,"validTo":"2030-12-31"}\
            """);
  }

  static ObjectNode record() {
    return (ObjectNode)
        Json.parse(
            """
            {"type":"patient_record","actions":["read"],
             "categories":["allergies","medications","observations"],"purpose":"treatment",
             "period":{"start":"2020-01-01"},"until":"2030-06-30"}\
            """);
  }

  FrontChannelAnswer shown() {
    return shown;
  }

  LoginPage browser() {
    return browser;
  }

  /** Fails unless our page is there. */
  ConsentVisit seesPage() {
    assertThat(shown.redirected()).as(shown.toString()).isFalse();
    assertThat(shown.page().select(".fapi-consent [name=cancel]")).as(shown.toString()).hasSize(1);
    return this;
  }

  String words() {
    // Bidirectional isolates around clients' texts are not part of the text.
    return shown.words().replaceAll("[\\u2068\\u2069]", "").replace('\u00A0', ' ');
  }

  /**
   * Submits the page with its preselected values and the given changes, unless it was answered in
   * another tab.
   */
  ConsentVisit approve(Consumer<NamedValues> changes) {
    shown = browser.consent(shown, changes);
    return this;
  }

  /** Sends just these fields. */
  ConsentVisit send(NamedValues fields) {
    shown = browser.answer(shown, fields);
    return this;
  }

  ConsentVisit refuse() {
    shown = browser.decide(shown, false);
    return this;
  }

  /** Approves, with the first account if one must be picked. */
  ConsentVisit approve() {
    shown = shown.redirected() ? shown : browser.decide(shown, true);
    return this;
  }

  /** Fails unless the client got a code; redeems it. */
  Tokens tokens() {
    return request().expect();
  }

  /** Fails unless the client got a code; tries to redeem it. */
  HttpExchange redeem() {
    return request().send();
  }

  private FapiRequest<Tokens> request() {
    assertThat(shown.parameter("code")).as(shown.toString()).isNotNull();
    return client.token(
        new Authorized(
            shown.parameter("code"),
            pushed.redirectUri(),
            pushed.codeVerifier(),
            pushed.nonce(),
            shown));
  }

  /** The details that the access token carries. */
  JsonNode granted() {
    Object details = tokens().accessClaims().get("authorization_details");
    return details == null
        ? Json.object().arrayNode()
        : Json.parse(Json.object().putPOJO("details", details).toString()).path("details");
  }

  /** Fails unless the client got an error, with the state and issuer of its request. */
  ConsentVisit expectError(String code) {
    shown.expectError(code);
    assertThat(shown.parameter("state")).isEqualTo(pushed.state());
    assertThat(shown.parameter("iss")).isEqualTo(realm.issuer().toString());
    return this;
  }
}
