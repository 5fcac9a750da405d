package io.github.fapipack.resourceserver.details;

import static io.github.fapipack.resourceserver.details.Tokens.granted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.fapipack.resourceserver.details.Coverage.Covered;
import io.github.fapipack.resourceserver.details.Coverage.NotCovered;
import io.github.fapipack.resourceserver.refusal.Problem;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GrantedDetailsTest {
  private static final String ACCOUNTS = "account_information";
  private static final String PAYMENT = "payment_initiation";
  private static final GrantedDetails READ =
      granted(
          "{'type':'account_information','actions':['list_accounts','read_balances'],"
              + "'accounts':['A1','A2'],'frequencyPerDay':4,'recurring':true,"
              + "'validTo':'2026-12-31'}");
  private static final GrantedDetails PAY =
      granted(
          "{'type':'payment_initiation','actions':['initiate'],"
              + "'instructedAmount':{'amount':'123.50','currency':'EUR'},'creditorName':'Shop',"
              + "'creditorAccount':{'iban':'DE02100100109307118603'}}");

  @Test
  void fewerActionsAndAccountsThanGrantedAreCovered() {
    Use use = Use.none().actions("read_balances").member("/accounts", List.of("A2"));
    assertThat(READ.covers(ACCOUNTS, use)).isInstanceOf(Covered.class);
    assertThat(READ.covers(ACCOUNTS, Use.none().member("/accounts", "A1")))
        .isInstanceOf(Covered.class);
  }

  @Test
  void anotherActionIsNamedAsWhatIsMissing() {
    assertThat(missing(READ.covers(ACCOUNTS, Use.none().actions("read_transactions"))))
        .isEqualTo("/actions");
  }

  @Test
  void anotherAccountIsNamedAsWhatIsMissing() {
    Use use = Use.none().actions("read_balances").member("/accounts", List.of("A1", "B9"));
    assertThat(missing(READ.covers(ACCOUNTS, use))).isEqualTo("/accounts");
  }

  @Test
  void anEmptyArrayIsNotLess() {
    assertThat(missing(READ.covers(ACCOUNTS, Use.none().member("/accounts", List.of()))))
        .isEqualTo("/accounts");
  }

  @Test
  void moreThanWasGrantedIsNotLessEvenIfItIsTheSameTwice() {
    Use use = Use.none().member("/accounts", List.of("A2", "A2", "A2"));
    assertThat(missing(READ.covers(ACCOUNTS, use))).isEqualTo("/accounts");
  }

  @Test
  void numbersAndDatesAreComparedAsTheTypeSays() {
    assertThat(READ.covers(ACCOUNTS, Use.none().member("/frequencyPerDay", 4)))
        .isInstanceOf(Covered.class);
    assertThat(missing(READ.covers(ACCOUNTS, Use.none().member("/frequencyPerDay", 5))))
        .isEqualTo("/frequencyPerDay");
    assertThat(READ.covers(ACCOUNTS, Use.none().member("/validTo", "2026-12-30")))
        .isInstanceOf(Covered.class);
    assertThat(missing(READ.covers(ACCOUNTS, Use.none().member("/validTo", "2027-01-01"))))
        .isEqualTo("/validTo");
  }

  @Test
  void aMemberWithoutRuleMustBeEqual() {
    assertThat(READ.covers(ACCOUNTS, Use.none().member("/recurring", true)))
        .isInstanceOf(Covered.class);
    assertThat(missing(READ.covers(ACCOUNTS, Use.none().member("/recurring", false))))
        .isEqualTo("/recurring");
  }

  @Test
  void whatWasNotGrantedIsNotCovered() {
    assertThat(missing(READ.covers(ACCOUNTS, Use.none().locations("https://api.example"))))
        .isEqualTo("/locations");
    assertThat(missing(READ.covers(ACCOUNTS, Use.none().identifier("x")))).isEqualTo("/identifier");
  }

  @Test
  void anObjectThatIsOverCoversNothing() {
    GrantedDetails over =
        granted(
            "{'type':'account_information','actions':['list_accounts'],'validTo':'2026-11-29'}");
    assertThat(missing(over.covers(ACCOUNTS, Use.none()))).isEqualTo("/validTo");
  }

  @Test
  void anotherTypeIsNotCovered() {
    NotCovered answer = (NotCovered) READ.covers(PAYMENT, Use.none());
    assertThat(answer.member()).isEmpty();
    assertThat(answer.wanted()).containsEntry("type", PAYMENT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"123.5", "123.50", "123.500", "0.01", "123", "0123.50"})
  void anAmountThatIsNotMoreIsCovered(String amount) {
    assertThat(PAY.covers(PAYMENT, Use.none().amount("/instructedAmount", amount, "EUR")))
        .isInstanceOf(Covered.class);
    assertThat(
            PAY.covers(
                PAYMENT, Use.none().amount("/instructedAmount", new BigDecimal(amount), "EUR")))
        .isInstanceOf(Covered.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "123.51",
        "124",
        "-1",
        "-0.00",
        "1e1",
        "1E-3",
        "+1",
        "NaN",
        "Infinity",
        "0x10",
        "1,5",
        "",
        " 1",
        "1 ",
        ".5",
        "5.",
        "1.2.3",
        "١٢",
        "1f",
        "1d",
        "00000000000000000000000000000000000000001"
      })
  void anAmountThatIsMoreOrNoPlainNumberIsNot(String amount) {
    assertThat(missing(PAY.covers(PAYMENT, Use.none().amount("/instructedAmount", amount, "EUR"))))
        .isEqualTo("/instructedAmount/amount");
  }

  @Test
  void anotherCurrencyIsNotCovered() {
    for (String currency : Arrays.asList("USD", "eur", "", null)) {
      assertThat(
              missing(PAY.covers(PAYMENT, Use.none().amount("/instructedAmount", "1", currency))))
          .isEqualTo("/instructedAmount/currency");
    }
  }

  @Test
  void aNumberWithAnEndlessExponentIsRefusedAtOnce() {
    BigDecimal endless = new BigDecimal("1e999999999");
    assertThat(missing(PAY.covers(PAYMENT, Use.none().amount("/instructedAmount", endless, "EUR"))))
        .isEqualTo("/instructedAmount/amount");
    assertThat(missing(PAY.covers(PAYMENT, Use.none().member("/creditorName", endless))))
        .isEqualTo("/creditorName");
  }

  @Test
  void anObjectMustHaveAllThatTheGrantedOneHas() {
    Map<String, Object> account = Map.of("iban", "DE02100100109307118603");
    assertThat(PAY.covers(PAYMENT, Use.none().member("/creditorAccount", account)))
        .isInstanceOf(Covered.class);
    Map<String, Object> more = Map.of("iban", "DE02100100109307118603", "bic", "X");
    assertThat(missing(PAY.covers(PAYMENT, Use.none().member("/creditorAccount", more))))
        .isEqualTo("/creditorAccount/bic");
  }

  @Test
  void aWholeObjectIsComparedMemberByMember() {
    Map<String, Object> wanted =
        Tokens.json(
            "{'type':'payment_initiation','instructedAmount':{'amount':'1','currency':'EUR'},"
                + "'creditorName':'Shop','creditorAccount':{'iban':'DE02100100109307118603'}}");
    assertThat(PAY.covers(PAYMENT, Use.of(wanted))).isInstanceOf(Covered.class);
    wanted.put("creditorAccount", Map.of("iban", "FR7630006000011234567890189"));
    NotCovered answer = (NotCovered) PAY.covers(PAYMENT, Use.of(wanted));
    assertThat(answer.member()).isEqualTo("/creditorAccount/iban");
    assertThat(answer.wanted())
        .containsEntry("instructedAmount", Map.of("amount", "1", "currency", "EUR"))
        .containsEntry("creditorAccount", null);
    wanted.put("instructedAmount", Map.of("amount", "-1", "currency", "EUR"));
    assertThat(missing(PAY.covers(PAYMENT, Use.of(wanted)))).startsWith("/instructedAmount");
  }

  @Test
  void aWholeObjectThatLeavesOutWhatItsTypeRequiresIsNotCovered() {
    Map<String, Object> wanted =
        Tokens.json("{'instructedAmount':{'amount':'1','currency':'EUR'},'creditorName':'Shop'}");
    assertThat(missing(PAY.covers(PAYMENT, Use.of(wanted)))).isEqualTo("/creditorAccount");
    assertThat(missing(PAY.covers(PAYMENT, Use.of(Map.of())))).isEqualTo("/instructedAmount");
  }

  @Test
  void oneObjectMustCoverTheWholeUse() {
    GrantedDetails two =
        granted(
            "{'type':'account_information','actions':['list_accounts'],'accounts':['A1']}",
            "{'type':'account_information','actions':['read_balances'],'accounts':['A2']}");
    Use both = Use.none().actions("read_balances").member("/accounts", "A1");
    assertThat(two.covers(ACCOUNTS, both)).isInstanceOf(NotCovered.class);
    assertThat(two.covers(ACCOUNTS, Use.none().actions("read_balances").member("/accounts", "A2")))
        .isInstanceOf(Covered.class);
  }

  @Test
  void theNearestObjectSaysWhatIsMissing() {
    GrantedDetails two =
        granted(
            "{'type':'account_information','actions':['list_accounts'],'accounts':['A1']}",
            "{'type':'account_information','actions':['read_balances'],'accounts':['A2']}");
    Use use = Use.none().actions("read_balances").member("/accounts", "A2").identifier("x");
    assertThat(missing(two.covers(ACCOUNTS, use))).isEqualTo("/identifier");
  }

  @Test
  void membersOfAnUnknownTypeMustBeEqualButForTheSetsOfAllTypes() {
    GrantedDetails other = granted("{'type':'x','actions':['a','b'],'limit':5,'money':'7.0'}");
    assertThat(other.covers("x", Use.none().actions("a").member("/limit", 5.0)))
        .isInstanceOf(Covered.class);
    assertThat(missing(other.covers("x", Use.none().member("/limit", 4)))).isEqualTo("/limit");
    assertThat(missing(other.covers("x", Use.none().amount("/money", "6", "EUR"))))
        .isEqualTo("/money/amount");
  }

  @Test
  void theRefusalSaysWhatToAskForWithoutRepeatingPersonalData() {
    Use use =
        Use.none()
            .actions("initiate")
            .amount("/instructedAmount", "999", "EUR")
            .member("/creditorAccount/iban", "DE02100100109307118603");
    var refusal = PAY.covers(PAYMENT, use).refusal().orElseThrow();
    assertThat(refusal.problem()).isEqualTo(Problem.INSUFFICIENT_AUTHORIZATION_DETAILS);
    assertThat(refusal.sentence()).contains("/instructedAmount/amount");
    assertThat(refusal.members().toString())
        .contains("authorization_details", "amount=999", "currency=EUR", "iban=null")
        .doesNotContain("DE0210");
  }

  @Test
  void aLongUseIsNotRepeated() {
    String[] actions = new String[1000];
    Arrays.fill(actions, "x".repeat(1000));
    NotCovered answer = (NotCovered) PAY.covers(PAYMENT, Use.none().actions(actions));
    assertThat(answer.wanted()).isEqualTo(Map.of("type", PAYMENT));
  }

  @Test
  void aMemberIsNamedByAJsonPointer() {
    assertThatThrownBy(() -> Use.none().member("accounts", "A1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("JSON Pointer");
  }

  private static String missing(Coverage coverage) {
    assertThat(coverage).isInstanceOf(NotCovered.class);
    return ((NotCovered) coverage).member();
  }
}
