package io.github.fapipack.resourceserver.details;

import static io.github.fapipack.resourceserver.details.Tokens.granted;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.fapipack.resourceserver.details.Coverage.Covered;
import io.github.fapipack.resourceserver.details.Coverage.NotCovered;
import io.github.fapipack.resourceserver.details.Coverage.Unknown;
import io.github.fapipack.resourceserver.refusal.Problem;
import io.github.fapipack.resourceserver.replay.ReplayStore;
import io.github.fapipack.resourceserver.replay.StoreUnavailable;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

class UseOnceTest {
  private static final String PAYMENT = "payment_initiation";
  private static final Use TEN = Use.none().amount("/instructedAmount", "10", "EUR");
  private static final Map<String, Object> GRANT = Map.of("grant_id", "g-1", "jti", "t-1");

  private final Map<String, Instant> used = new ConcurrentHashMap<>();
  private final ReplayStore store =
      (purpose, key, until) -> used.putIfAbsent(purpose + ' ' + key, until) == null;

  @Test
  void theSecondUseIsNotCoveredOnAnyNode() {
    GrantedDetails here = granted(store, GRANT, payment("10", "Shop"));
    GrantedDetails there = granted(store, GRANT, payment("10", "Shop"));
    assertThat(here.useOnce(PAYMENT, TEN)).isInstanceOf(Covered.class);
    NotCovered again = (NotCovered) there.useOnce(PAYMENT, TEN);
    assertThat(again.sentence()).contains("used already");
    assertThat(again.member()).isEmpty();
  }

  @Test
  void aNewTokenOfTheGrantIsNoNewPayment() {
    Map<String, Object> refreshed = Map.of("grant_id", "g-1", "jti", "t-2");
    assertThat(granted(store, GRANT, payment("10", "Shop")).useOnce(PAYMENT, TEN))
        .isInstanceOf(Covered.class);
    assertThat(granted(store, refreshed, payment("10", "Shop")).useOnce(PAYMENT, TEN))
        .isInstanceOf(NotCovered.class);
  }

  @Test
  void aTokenNarrowedToASmallerAmountIsNoNewPayment() {
    Map<String, Object> narrowed = Map.of("grant_id", "g-1", "jti", "t-2");
    assertThat(granted(store, GRANT, payment("100", "Shop")).useOnce(PAYMENT, TEN))
        .isInstanceOf(Covered.class);
    assertThat(granted(store, narrowed, payment("99", "Shop")).useOnce(PAYMENT, TEN))
        .isInstanceOf(NotCovered.class);
  }

  @Test
  void theOrderOfMembersMakesNoNewPayment() {
    String turned =
        "{'creditorName':'Shop','instructedAmount':{'currency':'EUR','amount':'10'},"
            + "'type':'payment_initiation'}";
    assertThat(granted(store, GRANT, payment("10", "Shop")).useOnce(PAYMENT, TEN))
        .isInstanceOf(Covered.class);
    assertThat(granted(store, GRANT, turned).useOnce(PAYMENT, TEN)).isInstanceOf(NotCovered.class);
  }

  @Test
  void ofAnUnknownTypeOneObjectIsUsedInEachGrant() {
    GrantedDetails one = granted(store, GRANT, "{'type':'x','limit':10}", "{'type':'y'}");
    GrantedDetails narrowed = granted(store, GRANT, "{'type':'x','limit':9}");
    assertThat(one.useOnce("x", Use.none())).isInstanceOf(Covered.class);
    assertThat(narrowed.useOnce("x", Use.none())).isInstanceOf(NotCovered.class);
    assertThat(one.useOnce("y", Use.none())).isInstanceOf(Covered.class);
  }

  @Test
  void aNumberWrittenInAnotherWayMakesNoNewObject() {
    String type = "{'type':'account_information','actions':['list_accounts'],'recurring':";
    GrantedDetails one = granted(store, GRANT, type + "[1,{'a':2.50},null]}");
    GrantedDetails same = granted(store, GRANT, type + "[1.0,{'a':2.5},null]}");
    assertThat(one.useOnce("account_information", Use.none())).isInstanceOf(Covered.class);
    assertThat(same.useOnce("account_information", Use.none())).isInstanceOf(NotCovered.class);
  }

  @Test
  void twoPaymentsOfOneGrantAreUsedUpOneByOne() {
    GrantedDetails two = granted(store, GRANT, payment("10", "Shop"), payment("10", "Bakery"));
    assertThat(two.useOnce(PAYMENT, TEN)).isInstanceOf(Covered.class);
    assertThat(two.useOnce(PAYMENT, TEN)).isInstanceOf(Covered.class);
    assertThat(two.useOnce(PAYMENT, TEN)).isInstanceOf(NotCovered.class);
  }

  @Test
  void theSamePaymentInAnotherGrantOrConsentIsAnotherOne() {
    for (Map<String, Object> claims :
        List.<Map<String, Object>>of(
            GRANT,
            Map.of("grant_id", "g-2"),
            Map.of("fapi_grant_id", "g-3"),
            Map.of("consent_id", "g-1"))) {
      assertThat(granted(store, claims, payment("10", "Shop")).useOnce(PAYMENT, TEN))
          .isInstanceOf(Covered.class);
    }
  }

  @Test
  void aGrantThatItsClientBeginsToManageIsTheSameGrant() {
    assertUsedOnce(Map.of("fapi_grant_id", "g-1"), GRANT);
  }

  @Test
  void aConsentThatIsAddedToAGrantApprovesNoOldPaymentAgain() {
    assertUsedOnce(GRANT, Map.of("grant_id", "g-1", "consent_id", "c-1"));
  }

  @Test
  void aConsentInTwoGrantsIsOneApproval() {
    assertUsedOnce(
        Map.of("grant_id", "g-1", "consent_id", "c-1"),
        Map.of("grant_id", "g-2", "consent_id", "c-1"));
  }

  @Test
  void aTokenThatHasLostItsSessionIsNoNewPayment() {
    assertUsedOnce(Map.of("sid", "s-1", "auth_time", 5L), Map.of("auth_time", 5L));
  }

  @Test
  void aTokenThatWasExchangedForAnotherClientIsNoNewPayment() {
    assertThat(granted(store, GRANT, payment("10", "Shop")).useOnce(PAYMENT, TEN))
        .isInstanceOf(Covered.class);
    assertThat(
            Tokens.ofClient("client-2", store, GRANT, payment("10", "Shop")).useOnce(PAYMENT, TEN))
        .isInstanceOf(NotCovered.class);
  }

  @Test
  void theSamePaymentOfAnotherClientInOneSessionIsAnotherOne() {
    Map<String, Object> session = Map.of("sid", "s-1");
    assertThat(granted(store, session, payment("10", "Shop")).useOnce(PAYMENT, TEN))
        .isInstanceOf(Covered.class);
    assertThat(
            Tokens.ofClient("client-2", store, session, payment("10", "Shop"))
                .useOnce(PAYMENT, TEN))
        .isInstanceOf(Covered.class);
  }

  private void assertUsedOnce(Map<String, Object> first, Map<String, Object> second) {
    assertThat(granted(store, first, payment("10", "Shop")).useOnce(PAYMENT, TEN))
        .isInstanceOf(Covered.class);
    assertThat(granted(store, second, payment("10", "Shop")).useOnce(PAYMENT, TEN))
        .isInstanceOf(NotCovered.class);
  }

  @Test
  void withoutGrantASessionOrALoginIsTheApproval() {
    List<Map<String, Object>> approvals =
        List.of(Map.of("sid", "s-1", "auth_time", 5L), Map.of("auth_time", 6L));
    for (Map<String, Object> approval : approvals) {
      Map<String, Object> first = new HashMap<>(approval);
      first.put("jti", "t-1");
      Map<String, Object> refreshed = new HashMap<>(approval);
      refreshed.put("jti", "t-2");
      assertThat(granted(store, first, payment("10", "Shop")).useOnce(PAYMENT, TEN))
          .isInstanceOf(Covered.class);
      assertThat(granted(store, refreshed, payment("10", "Shop")).useOnce(PAYMENT, TEN))
          .isInstanceOf(NotCovered.class);
    }
  }

  @Test
  void aTokenThatNamesNoApprovalIsUsedOnlyIfTheApiNamesOne() {
    GrantedDetails details = granted(store, Map.of("jti", "t-1"), payment("10", "Shop"));
    NotCovered refused = (NotCovered) details.useOnce(PAYMENT, TEN);
    assertThat(refused.sentence()).contains("which approval");
    assertThat(used).isEmpty();
    assertThat(details.useOnce(PAYMENT, TEN, "order-1")).isInstanceOf(Covered.class);
  }

  @Test
  void theApiCanNameTheApprovalItself() {
    GrantedDetails details = granted(store, GRANT, payment("10", "Shop"));
    assertThat(details.useOnce(PAYMENT, TEN, "order-1")).isInstanceOf(Covered.class);
    assertThat(details.useOnce(PAYMENT, TEN, "order-1")).isInstanceOf(NotCovered.class);
    assertThat(details.useOnce(PAYMENT, TEN, "order-2")).isInstanceOf(Covered.class);
  }

  @Test
  void whatIsNotCoveredUsesNothingUp() {
    GrantedDetails details = granted(store, GRANT, payment("10", "Shop"));
    Use more = Use.none().amount("/instructedAmount", "11", "EUR");
    assertThat(details.useOnce(PAYMENT, more)).isInstanceOf(NotCovered.class);
    assertThat(used).isEmpty();
    assertThat(details.useOnce(PAYMENT, TEN)).isInstanceOf(Covered.class);
  }

  @Test
  void aUseIsRememberedLongerThanTheTokenLives() {
    granted(store, GRANT, payment("10", "Shop")).useOnce(PAYMENT, TEN);
    assertThat(used.values()).containsExactly(Tokens.CLOCK.instant().plus(DetailRules.KEPT));
  }

  @Test
  void aStoreThatIsDownLetsNothingThrough() {
    ReplayStore down =
        (purpose, key, until) -> {
          throw new StoreUnavailable("down", null);
        };
    Coverage coverage = granted(down, GRANT, payment("10", "Shop")).useOnce(PAYMENT, TEN);
    assertThat(coverage).isInstanceOf(Unknown.class);
    assertThat(coverage.refusal().orElseThrow().problem()).isEqualTo(Problem.UNAVAILABLE);
  }

  private static String payment(String amount, String creditor) {
    return "{'type':'payment_initiation','instructedAmount':{'amount':'"
        + amount
        + "','currency':'EUR'},'creditorName':'"
        + creditor
        + "'}";
  }
}
