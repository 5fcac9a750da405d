package io.github.fapipack.ciba;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.client.Acknowledged;
import io.github.fapipack.it.client.CibaClient;
import io.github.fapipack.it.client.Tokens;
import io.github.fapipack.it.device.AuthenticationDevice;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.samples.SampleUser;
import io.github.fapipack.it.testing.ClientOrigin;
import io.github.fapipack.it.testing.ServerLogOnFailure;
import io.github.fapipack.it.testing.TestRealm;
import io.github.fapipack.it.testing.TestServer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * On a device as on a page, a user can approve only own values and requested objects, for an
 * offered lifetime.
 */
@ExtendWith(ServerLogOnFailure.class)
class DeviceConsentIT {
  private static final String PARAMETER = "authorization_details";
  private static final String OWN = SampleUser.ACCOUNTS.get(0);
  private static final String OTHER = SampleUser.ACCOUNTS.get(1);
  private static final String FOREIGN = "NL91ABNA0417164300";

  /** More than Keycloak passes on. */
  private static final List<String> UNKNOWN = List.of("a", "b", "c", "d", "e", "f", "g", "h");

  private CibaTest ciba;
  private CibaClient client;

  @BeforeEach
  void importRealm() {
    ciba = CibaTest.start();
    client = ciba.polling();
  }

  @AfterEach
  void deleteRealm() {
    ciba.close();
  }

  private static ObjectNode accounts(String... accounts) {
    ObjectNode detail = Json.object().put("type", "account_information");
    detail.putArray("actions").add("list_accounts");
    for (String account : accounts) {
      detail.withArray("accounts").add(account);
    }
    return detail;
  }

  private static ObjectNode payment(String amount) {
    ObjectNode payment =
        Json.object().put("type", "payment_initiation").put("creditorName", "Merchant");
    payment.putObject("instructedAmount").put("currency", "EUR").put("amount", amount);
    payment.putObject("creditorAccount").put("iban", "DE02100100109307118603");
    return payment;
  }

  private static ObjectNode from(String account, ObjectNode payment) {
    payment.putObject("debtorAccount").put("iban", account);
    return payment;
  }

  private static JsonNode list(ObjectNode... details) {
    return Json.object().putArray("list").addAll(List.of(details));
  }

  private Acknowledged ask(ObjectNode... details) {
    return client.authenticate().with(PARAMETER, list(details).toString()).expect();
  }

  private HttpExchange answer(Acknowledged acknowledged, Map<String, String> more) {
    AuthenticationDevice.Request request =
        TestServer.device().request(acknowledged.bindingMessage());
    ObjectNode answer = Json.object().put("status", "SUCCEED");
    more.forEach(answer::put);
    return TestServer.device()
        .post(
            AuthenticationDevice.callbackOf(ciba.realm().issuer().toString()),
            request.token(),
            answer.toString());
  }

  private void refuse(Acknowledged acknowledged, Map<String, String> answer) {
    HttpExchange told = answer(acknowledged, answer);
    assertThat(told.status()).as(told.toString()).isEqualTo(400);
    assertThat(told.error()).isEqualTo("invalid_request");
  }

  private void refuse(Acknowledged acknowledged, ObjectNode... approved) {
    refuse(acknowledged, Map.of(PARAMETER, list(approved).toString()));
  }

  private JsonNode given(Acknowledged acknowledged) {
    HttpExchange answer =
        CibaTest.pollWhile(client, acknowledged, "slow_down", "authorization_pending");
    answer.expectStatus(200);
    return answer.json().path(PARAMETER);
  }

  private void setAccounts(String... accounts) {
    var admin = ciba.realm().admin();
    String users = "/" + ciba.realm().name() + "/users";
    ObjectNode user =
        (ObjectNode) admin.get(users + "?exact=true&username=" + TestRealm.USERNAME).get(0);
    user.withObject("/attributes").set("accounts", Json.tree(List.of(accounts)));
    assertThat(admin.send("PUT", users + "/" + user.path("id").asText(), user).status())
        .isEqualTo(204);
  }

  @Test
  @Accepts(by = "Choice", value = "RFC9396 7.1-1")
  @Rejects(by = "Choice", value = "RFC9396 7.1-1")
  void accountsOfOthersAreNeverGiven() {
    for (ObjectNode foreign :
        List.of(accounts(FOREIGN), accounts(OWN, FOREIGN), from(FOREIGN, payment("1.00")))) {
      Acknowledged acknowledged = ask(foreign);
      refuse(acknowledged, Map.of());
      client.token(acknowledged).expectError(400, "authorization_pending");
    }
    Acknowledged acknowledged = ask(accounts(OWN, FOREIGN));
    refuse(acknowledged, accounts(FOREIGN));
    refuse(acknowledged, accounts(OWN, FOREIGN));
    refuse(acknowledged, accounts(OTHER));
    answer(acknowledged, Map.of(PARAMETER, list(accounts(OWN)).toString())).expectStatus(200);
    assertThat(given(acknowledged)).isEqualTo(list(accounts(OWN)));
  }

  @Test
  @Accepts(by = "Choice", value = "RFC9396 7.1-1")
  @Accepts(by = "ApprovalCheck", value = "RFC9396 7.1-1")
  void whatIsLeftOpenTheUserChooses() {
    Acknowledged acknowledged = ask(accounts(), payment("1.00"));
    refuse(acknowledged, accounts(FOREIGN), payment("1.00"));
    JsonNode chosen = list(accounts(OTHER), from(OWN, payment("1.00")));
    answer(acknowledged, Map.of(PARAMETER, chosen.toString())).expectStatus(200);
    assertThat(given(acknowledged)).isEqualTo(chosen);
  }

  @Test
  void whatCannotBeDividedStaysWhole() {
    Acknowledged acknowledged = ask(payment("1.00"), payment("2.00"), accounts(OWN));
    refuse(acknowledged, payment("1.00"), accounts(OWN));
    refuse(acknowledged, payment("1.00"), payment("1.99"), accounts(OWN));
    refuse(acknowledged, payment("1.00"), payment("2.00"), payment("2.00"), accounts(OWN));
    refuse(acknowledged, Map.of(PARAMETER, "[]"));
    refuse(acknowledged, Map.of(PARAMETER, "nonsense"));
    JsonNode part = list(payment("1.00"), payment("2.00"));
    answer(acknowledged, Map.of(PARAMETER, part.toString())).expectStatus(200);
    assertThat(given(acknowledged)).isEqualTo(part);
  }

  @ParameterizedTest
  @ValueSource(strings = {"P10Y", "P91D", "", "forever"})
  void aGrantLivesNoLongerThanTheRealmOffers(String lifetime) {
    ciba.set(Map.of("fapi.grant-lifetimes", "P90D P1D"));
    Acknowledged acknowledged =
        client
            .authenticate()
            .with("grant_management_action", "create")
            .requestObject(object -> UNKNOWN.forEach(name -> object.claim(name, "x")))
            .with(PARAMETER, list(payment("1.00")).toString())
            .expect();
    refuse(acknowledged, Map.of("grant_lifetime", lifetime));
    answer(acknowledged, Map.of("grant_lifetime", "P1D")).expectStatus(200);
    Tokens tokens =
        Tokens.of(CibaTest.pollWhile(client, acknowledged, "slow_down").expectStatus(200));
    assertThat(end(tokens, "exp")).isBetween(86_000L, 86_400L);
  }

  @Test
  void withoutAWordOfTheDeviceTheFirstLifetimeCounts() {
    ciba.set(Map.of("fapi.grant-lifetimes", "P1D P90D"));
    Acknowledged acknowledged = ask(payment("1.00"));
    ciba.approve(acknowledged);
    assertThat(end(client.token(acknowledged).expect(), "fapi_expires_at"))
        .isBetween(86_000L, 86_400L);
  }

  /** Seconds until a time that the refresh token names. */
  private static long end(Tokens tokens, String claim) {
    String claims = tokens.refreshToken().split("\\.")[1];
    JsonNode read =
        Json.parse(new String(Base64.getUrlDecoder().decode(claims), StandardCharsets.UTF_8));
    return read.path(claim).asLong() - Instant.now().getEpochSecond();
  }

  @Test
  @Rejects(by = "Choice", value = "RFC9396 7.1-1")
  void whatTheUserHasNoMoreFallsAway() {
    Acknowledged acknowledged = ask(accounts(OWN, OTHER), payment("1.00"));
    ciba.approve(acknowledged);
    setAccounts(OTHER);
    Tokens tokens = client.token(acknowledged).expect();
    assertThat(tokens.exchange().json().path(PARAMETER))
        .isEqualTo(list(accounts(OTHER), payment("1.00")));

    setAccounts("DE00");
    Tokens refreshed = client.client().refresh(tokens).expect();
    assertThat(refreshed.exchange().json().path(PARAMETER)).isEqualTo(list(payment("1.00")));
    client
        .client()
        .refresh(tokens)
        .with(PARAMETER, list(accounts(OTHER)).toString())
        .expectError(400, "invalid_authorization_details");
    setAccounts(OWN, OTHER);
    assertThat(client.client().refresh(tokens).expect().exchange().json().path(PARAMETER))
        .isEqualTo(list(accounts(OWN, OTHER), payment("1.00")));
  }

  @Test
  @Rejects(by = "AuthenticationRequests", value = "CIBA 7.1-1")
  void nobodyIsAskedForTheAccountOfAClient() {
    var admin = ciba.realm().admin();
    CibaClient machine =
        CibaClient.polling(
            ciba.describe(ClientOrigin.BEFORE_POLICY)
                .altering(json -> json.put("serviceAccountsEnabled", true))
                .register(),
            TestRealm.USERNAME);
    String account = "service-account-" + machine.client().clientId();
    JsonNode users = admin.get("/" + ciba.realm().name() + "/users?exact=true&username=" + account);
    ObjectNode user = (ObjectNode) users.get(0);
    admin.send(
        "PUT",
        "/" + ciba.realm().name() + "/users/" + user.path("id").asText(),
        user.put("email", "machine@example.org"));

    for (String hint : List.of(account, account.toUpperCase(Locale.ROOT), "machine@example.org")) {
      machine.authenticate().with("login_hint", hint).expectError(400, "unknown_user_id");
    }
    machine.authenticate().with("login_hint", "nobody").expectError(400, "unknown_user_id");
    machine.authenticate().expect();
  }

  /** As in an earlier release, which did not check the answer. */
  @Test
  @Rejects(by = "ApprovalCheck", value = "RFC9396 7.1-1")
  void anApprovalThatNobodyHasCheckedIsCheckedBeforeTokensAreMade() {
    Acknowledged foreign = ask(accounts(FOREIGN));
    Acknowledged own = ask(accounts(OWN));
    ciba.realm()
        .withoutPolicies(
            () -> {
              ciba.approve(foreign);
              ciba.approve(own);
            });
    client.token(foreign).expectError(400, "access_denied");
    assertThat(given(own)).isEqualTo(list(accounts(OWN)));
  }
}
