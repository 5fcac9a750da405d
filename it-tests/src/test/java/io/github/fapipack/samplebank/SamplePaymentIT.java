package io.github.fapipack.samplebank;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.browser.FrontChannelAnswer;
import io.github.fapipack.it.browser.LoginPage;
import io.github.fapipack.it.client.AuthorizationVisit;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.FapiRequest;
import io.github.fapipack.it.client.Pushed;
import io.github.fapipack.it.client.Tokens;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.samples.SampleUser;
import io.github.fapipack.it.testing.TestRealm;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A payment at the sample bank: what the user has approved, and once. */
class SamplePaymentIT {
  private static final String PROFILE = "fapi2-security-profile";
  private static final String REFUSED = "insufficient_authorization_details";

  private static TestRealm realm;
  private static RunningBank bank;
  private static FapiClient client;

  @BeforeAll
  static void open() {
    realm = TestRealm.create(TestRealm.export(PROFILE));
    bank = new RunningBank();
    bank.serve(realm, TestRealm.export(PROFILE));
    client = bank.client(realm, one -> one);
    bank.start();
  }

  @AfterAll
  static void close() {
    bank.close();
    realm.close();
  }

  private static ObjectNode payment() {
    return (ObjectNode)
        Json.parse(
            """
            {"type":"payment_initiation","creditorName":"Merchant A",
             "instructedAmount":{"currency":"EUR","amount":"123.50"},
             "creditorAccount":{"iban":"DE02100100109307118603"}}\
            """);
  }

  /**
   * A token for a payment from the user's first account. Without a grant, two equal payments of one
   * login would count as one, so each has a reference of its own.
   */
  private static Tokens approved() {
    ObjectNode payment =
        payment().put("remittanceInformationUnstructured", "Order " + UUID.randomUUID());
    Pushed pushed = client.par().with("authorization_details", "[" + payment + "]").expect();
    LoginPage browser = client.browser();
    AuthorizationVisit visit = client.visit(pushed);
    FrontChannelAnswer page =
        browser.openUntilConsent(visit.address(), TestRealm.USERNAME, realm.password());
    FrontChannelAnswer back =
        browser.consent(page, form -> form.set("choice-0", SampleUser.ACCOUNTS.get(0)));
    return client.token(client.visit(pushed).expectCode(back)).expect();
  }

  private static FapiRequest<HttpExchange> order(Tokens tokens, Consumer<ObjectNode> edit) {
    ObjectNode order = payment();
    order.remove("type");
    order.putObject("debtorAccount").put("iban", SampleUser.ACCOUNTS.get(0));
    edit.accept(order);
    return client
        .resource(bank.at(realm, "/payments"), tokens)
        .method("POST")
        .body("application/json", Json.text(order));
  }

  @Test
  void whatWasApprovedIsCarriedOutOnce() {
    Tokens tokens = approved();

    HttpExchange executed = order(tokens, same -> {}).send().expectStatus(201);
    String id = executed.json().path("paymentId").asText();
    HttpExchange found = client.resource(bank.at(realm, "/payments/" + id), tokens).expect();

    assertThat(found.json()).isEqualTo(executed.json());
    assertThat(found.json().at("/instructedAmount/amount").asText()).isEqualTo("123.50");
    order(tokens, same -> {}).expectError(403, REFUSED);
    // Another token of the same approval, and a smaller amount, are no second payment either.
    Tokens refreshed = client.refresh(tokens).expect();
    order(refreshed, same -> {}).expectError(403, REFUSED);
    order(refreshed, less -> amount(less, "1.00")).expectError(403, REFUSED);
  }

  @Test
  void aTokenNarrowedToASmallerAmountIsNoNewPayment() {
    Tokens tokens = approved();
    Tokens smaller = narrowed(tokens, "50.00");
    Tokens smallest = narrowed(tokens, "49.00");

    order(smaller, more -> amount(more, "50.01")).expectError(403, REFUSED);
    order(smaller, same -> amount(same, "50.00")).send().expectStatus(201);
    order(smallest, same -> amount(same, "49.00")).expectError(403, REFUSED);
  }

  private static Tokens narrowed(Tokens tokens, String amount) {
    ObjectNode detail = tokens.accessJson().at("/authorization_details/0").deepCopy();
    amount(detail, amount);
    return client.refresh(tokens).with("authorization_details", "[" + detail + "]").expect();
  }

  @Test
  void whatWasNotApprovedIsNotCarriedOut() {
    Tokens tokens = approved();

    order(tokens, more -> amount(more, "123.51")).expectError(403, REFUSED);
    order(tokens, more -> amount(more, "1e3")).expectError(403, REFUSED);
    order(tokens, dollars -> dollars.withObject("/instructedAmount").put("currency", "USD"))
        .expectError(403, REFUSED);
    order(tokens, payee -> payee.withObject("/creditorAccount").put("iban", "DE893704004405320130"))
        .expectError(403, REFUSED);
    order(tokens, from -> from.withObject("/debtorAccount").put("iban", SampleUser.ACCOUNTS.get(1)))
        .expectError(403, REFUSED);
    order(tokens, nothing -> nothing.remove("instructedAmount")).expectError(403, REFUSED);
    order(tokens, nobody -> nobody.removeAll()).expectError(403, REFUSED);
    order(tokens, same -> {}).send().expectStatus(201);
  }

  @Test
  void aTokenWithoutAnApprovalPaysNothing() {
    Tokens tokens = client.tokens(TestRealm.USERNAME, realm.password());

    HttpExchange answer = order(tokens, same -> {}).expectError(403, REFUSED);

    assertThat(answer.json().at("/authorization_details/0/type").asText())
        .isEqualTo("payment_initiation");
    assertThat(answer.headers().all("x-fapi-interaction-id")).hasSize(1);
  }

  @Test
  void whatIsNoOrderIsRefused() {
    Tokens tokens = approved();

    assertThat(order(tokens, same -> {}).body("text/plain", "pay!").send().status()).isEqualTo(415);
    order(tokens, same -> {})
        .body("application/json", "{\"instructedAmount\":")
        .expectError(400, "invalid_request");
    assertThat(
            order(tokens, same -> {}).body("application/json", "[".repeat(50_000)).send().status())
        .isBetween(400, 413);
    order(tokens, same -> {}).send().expectStatus(201);
  }

  @Test
  void aPaymentOfAnotherClientIsNotShown() {
    Tokens tokens = approved();
    String id = order(tokens, same -> {}).send().json().path("paymentId").asText();
    FapiClient other = bank.client(realm, one -> one);
    Tokens others = other.tokens(TestRealm.USERNAME, realm.password());

    assertThat(other.resource(bank.at(realm, "/payments/" + id), others).send().status())
        .isEqualTo(404);
  }

  private static void amount(ObjectNode order, String amount) {
    order.withObject("/instructedAmount").put("amount", amount);
  }
}
