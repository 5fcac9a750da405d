package io.github.fapipack.it.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.browser.FrontChannelAnswer;
import io.github.fapipack.it.browser.LoginPage;
import io.github.fapipack.it.client.AuthorizationVisit;
import io.github.fapipack.it.client.Authorized;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.FapiRequest;
import io.github.fapipack.it.client.Pushed;
import io.github.fapipack.it.client.Tokens;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.samples.SampleUser;
import java.net.URI;
import java.util.List;

/**
 * A payment from the pushed request to the end of its grant: {@code mvn -Pflow -Dscenario=payment}.
 */
final class PaymentSteps {
  private static final String DETAILS = "authorization_details";
  private static final String ACTION = "grant_management_action";
  private static final String QUERY = "grant_management_query";
  private static final String REVOKE = "grant_management_revoke";

  private final FapiClient client;
  private final SampleClient sample;
  private final FlowReport report;

  PaymentSteps(FapiClient client, SampleClient sample, FlowReport report) {
    this.client = client;
    this.sample = sample;
    this.report = report;
  }

  void run() {
    discover();
    Pushed pushed = push();
    Authorized authorized = approve(pushed);
    Tokens tokens = redeem(authorized);
    sample.api().ifPresent(api -> execute(new ApiSteps(client, api, report), tokens));
    Tokens refreshed = refresh(tokens);
    URI grant = URI.create(endpoint() + "/" + grantId(tokens));
    query(grant);
    attack(refreshed, grant);
    revoke(grant, refreshed);
  }

  private void discover() {
    report.step("Discovery", "RFC9396 10-1, GM 7.1-1");
    JsonNode metadata = client.discovery().exchange().json();
    for (String name :
        List.of(
            "authorization_details_types_supported",
            "grant_management_actions_supported",
            "grant_management_endpoint")) {
      report.line("   " + name + ": " + metadata.path(name));
    }
    if (!metadata.path("authorization_details_types_supported").toString().contains("payment_")
        || endpoint().isEmpty()) {
      throw new FlowFailure(
          "The server knows no payments, or no grants; try -Drealm=fapi2-security-profile.");
    }
  }

  private Pushed push() {
    report.step("Pushed payment", "RFC9396 3-1, GM 5.2-4.1");
    Pushed pushed =
        client.par().with(DETAILS, list(payment("500.00"))).with(ACTION, "create").expect();
    report.exchange(pushed.exchange());
    report.attack(
        "an unknown type of authorization details",
        "RFC9396 5-2",
        () -> client.par().with(DETAILS, "[{\"type\":\"loan\"}]").send());
    report.attack(
        "a payment with a member that the type does not know",
        "RFC9396 5-2",
        () -> client.par().with(DETAILS, list(payment("500.00").put("hiddenFee", "9.99"))).send());
    return pushed;
  }

  private Authorized approve(Pushed pushed) {
    report.step("Consent page", "RFC9396 3.1-2, 7.1-1, FAPI2-SP 5.3.2.2-13");
    LoginPage browser = client.browser();
    AuthorizationVisit visit = client.visit(pushed);
    report.line("the browser is sent to " + visit.address());
    FrontChannelAnswer page =
        browser.openUntilConsent(visit.address(), sample.username(), sample.password());
    if (!LoginPage.asksForConsent(page)) {
      throw new AssertionError("no consent page, but:\n" + page);
    }
    page.page().select("main, form, #kc-content").stream()
        .findFirst()
        .map(element -> element.select("h1, h2, dt, dd, li, legend, button, label, p"))
        .ifPresent(
            elements ->
                elements.stream()
                    .map(
                        element -> element.ownText().isBlank() ? element.text() : element.ownText())
                    .filter(text -> !text.isBlank())
                    .distinct()
                    .forEach(text -> report.line("   | " + text)));
    report.check(page.words().contains("500"), "the amount is on the page");
    report.check(page.words().contains("Merchant A"), "the payee is on the page");
    FrontChannelAnswer back =
        browser.consent(page, form -> form.set("choice-0", SampleUser.ACCOUNTS.get(0)));
    AuthorizationVisit answered = client.visit(pushed);
    Authorized authorized = answered.expectCode(back);
    report.verified("approved, from the account " + SampleUser.ACCOUNTS.get(0));
    return authorized;
  }

  private Tokens redeem(Authorized authorized) {
    report.step("Code for a narrowed token", "RFC9396 6-1, 7-1, 9.1-1, GM 5.5-2");
    Tokens tokens = client.token(authorized).with(DETAILS, list(payment("200.00"))).expect();
    report.exchange(tokens.exchange());
    report.jwt("access token", tokens.accessToken());
    report.check(amount(tokens).equals("200.00"), "the access token is for 200.00, as asked for");
    report.check(!grantId(tokens).isEmpty(), "the token response names the grant");
    return tokens;
  }

  /** The bank's API compares the order with what the user has approved. */
  private void execute(ApiSteps api, Tokens tokens) {
    URI payments = api.at("/payments");
    report.attack(
        "an order of a cent more than the token is for",
        "RFC9396 9-1",
        () -> order(payments, tokens, fromAccount(payment("200.01"), 0)).send());
    ObjectNode elsewhere = fromAccount(payment("200.00"), 0);
    elsewhere.putObject("creditorAccount").put("iban", "DE89370400440532013000");
    report.attack(
        "an order for another payee",
        "RFC9396 9-1",
        () -> order(payments, tokens, elsewhere).send());
    report.attack(
        "an order from another account",
        "RFC9396 9-1",
        () -> order(payments, tokens, fromAccount(payment("200.00"), 1)).send());
    report.step("The payment, at the bank's API", "RFC9396 9-1, FAPI2-SP 5.3.4");
    ObjectNode approved = fromAccount(payment("200.00"), 0);
    HttpExchange executed = order(payments, tokens, approved).send();
    report.exchange(executed);
    report.check(executed.status() == 201, "the bank has executed it");
    String id = executed.json().path("paymentId").asText();
    report.check(
        api.read(api.at("/payments/" + id), tokens).status() == 200, "its client can look at it");
    report.attack(
        "the same order once more", "RFC9396 9-1", () -> order(payments, tokens, approved).send());
  }

  private FapiRequest<HttpExchange> order(URI payments, Tokens tokens, ObjectNode payment) {
    return client
        .resource(payments, tokens)
        .method("POST")
        .body("application/json", Json.text(payment));
  }

  private static ObjectNode fromAccount(ObjectNode payment, int account) {
    ObjectNode order = payment.deepCopy();
    order.remove("type");
    order.putObject("debtorAccount").put("iban", SampleUser.ACCOUNTS.get(account));
    return order;
  }

  private Tokens refresh(Tokens tokens) {
    report.step("Refresh", "RFC9396 6-1");
    Tokens refreshed = client.refresh(tokens).expect();
    report.exchange(refreshed.exchange());
    report.check(amount(refreshed).equals("500.00"), "a refresh gives all that was approved");
    return refreshed;
  }

  private void query(URI grant) {
    report.step("Query of the grant", "GM 6.4-1, 6.4-8.3");
    Tokens tokens = own(QUERY);
    HttpExchange answer = client.resource(grant, tokens).send();
    report.exchange(answer);
    report.check(answer.status() == 200, "the grant is there");
    report.check(
        answer.json().path(DETAILS).toString().contains("500.00"),
        "it holds what the user approved");
  }

  private void attack(Tokens tokens, URI grant) {
    report.attack(
        "a refresh that asks for more than was approved",
        "RFC9396 6-1",
        () -> client.refresh(tokens).with(DETAILS, list(payment("500.01"))).send());
    report.attack(
        "a refresh that asks twice for what was approved once",
        "RFC9396 6-1",
        () ->
            client
                .refresh(tokens)
                .with(DETAILS, list(payment("500.00"), payment("500.00")))
                .send());
    report.attack(
        "a query without the scope for it",
        "GM 6.1-3",
        () -> client.resource(grant, own(REVOKE)).send());
    report.attack(
        "a revocation with the scope for queries",
        "GM 6.1-4",
        () -> client.resource(grant, own(QUERY)).method("DELETE").send());
  }

  private void revoke(URI grant, Tokens tokens) {
    report.step("End of the grant", "GM 6.5-1, 6.5-5");
    HttpExchange answer = client.resource(grant, own(REVOKE)).method("DELETE").send();
    report.exchange(answer);
    report.check(answer.status() == 204, "the grant is revoked");
    report.check(
        client.resource(grant, own(QUERY)).send().status() == 404,
        "and cannot be queried any more");
    client.refresh(tokens).expectError("invalid_grant");
    report.verified("the refresh token is dead");
    report.check(
        !client.introspect(tokens.accessToken()).expect().path("active").asBoolean(),
        "the access token is reported as inactive");
  }

  /** A token of the client itself, with one scope. */
  private Tokens own(String scope) {
    return client.clientCredentials().with("scope", scope).expect();
  }

  private String endpoint() {
    return client.discovery().exchange().json().path("grant_management_endpoint").asText();
  }

  private static ObjectNode payment(String amount) {
    ObjectNode payment =
        Json.object()
            .put("type", "payment_initiation")
            .put("creditorName", "Merchant A")
            .put("remittanceInformationUnstructured", "Order 4711");
    payment.putObject("instructedAmount").put("currency", "EUR").put("amount", amount);
    payment.putObject("creditorAccount").put("iban", "DE02100100109307118603");
    return payment;
  }

  private static String list(ObjectNode... details) {
    return List.of(details).toString();
  }

  private static String grantId(Tokens tokens) {
    return tokens.exchange().json().path("grant_id").asText();
  }

  private static String amount(Tokens tokens) {
    return tokens
        .accessJson()
        .path(DETAILS)
        .path(0)
        .path("instructedAmount")
        .path("amount")
        .asText();
  }
}
