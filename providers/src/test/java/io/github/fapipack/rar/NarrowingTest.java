package io.github.fapipack.rar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.approval.AuthorizationDetails;
import io.github.fapipack.rule.Refusal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Less is found to be less, more to be more, by what each type says of its members. */
class NarrowingTest {
  private final Narrowing narrowing =
      new Narrowing(
          AuthorizationDetailsTypes.read(
              "realm", Map.of(), new TypeFolder.Content(Map.of(), Set.of(), List.of())));

  private static List<ObjectNode> list(String... details) {
    return AuthorizationDetails.parse("[" + String.join(",", details) + "]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "123.50 | 123.50",
        "123.50 | 123.5",
        "123.50 | 99.99",
        "123.50 | 123.49999",
        "[\"initiate\",\"status\",\"cancel\"] | [\"status\"]",
        "[\"initiate\",\"status\",\"cancel\"] | [\"cancel\",\"initiate\"]"
      })
  void takesTheSameOrLessOfAPayment(String was, String is) throws Refusal {
    List<ObjectNode> less = list(ShippedTypesTest.PAYMENT.replace(was, is));

    assertThat(narrowing.narrow(less, list(ShippedTypesTest.PAYMENT))).isEqualTo(less);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "123.50 | 123.51 | /0/instructedAmount/amount",
        "123.50 | 1e9 | /0/instructedAmount/amount",
        "123.50 | NaN | /0/instructedAmount/amount",
        "123.50 | -5.00 | /0/instructedAmount/amount",
        "123.50 | 1e1 | /0/instructedAmount/amount",
        "\"123.50\" | 5 | /0/instructedAmount/amount",
        "\"123.50\" | null | /0/instructedAmount/amount",
        "EUR | USD | /0/instructedAmount/currency",
        "Merchant A | Merchant B | /0/creditorName",
        "Merchant A | Merchant \u0410 | /0/creditorName",
        "\"cancel\" | \"refund\" | /0/actions",
        "[\"initiate\",\"status\",\"cancel\"] | [] | /0/actions",
        "[\"initiate\",\"status\",\"cancel\"] | \"status\" | /0/actions",
        "\"actions\" | \"privileges\" | /0/actions",
        "2030-01-31 | 2030-01-30 | /0/requestedExecutionDate",
        "\"type\" | \"identifier\":\"x\",\"type\" | /0/identifier",
        "payment_initiation | account_information | /0/type"
      })
  void refusesMoreOrElseOfAPayment(String was, String is, String pointer) {
    List<ObjectNode> asked = list(ShippedTypesTest.PAYMENT.replace(was, is));

    Refusal refusal =
        catchThrowableOfType(
            Refusal.class, () -> narrowing.narrow(asked, list(ShippedTypesTest.PAYMENT)));

    assertThat(refusal.getError()).isEqualTo("invalid_authorization_details");
    assertThat(refusal.getErrorDetail()).contains("wrong at " + pointer + ":");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2030-12-31 | 2030-12-30 | true",
        "2030-12-31 | 2031-01-01 | false",
        "2030-12-31 | 2030-12-31T00:00:00Z | false",
        "\"frequencyPerDay\":4 | \"frequencyPerDay\":1 | true",
        "\"frequencyPerDay\":4 | \"frequencyPerDay\":5 | false",
        "true | false | false",
        ",\"validTo\":\"2030-12-31\" | '' | false"
      })
  void comparesDatesAndNumbers(String was, String is, boolean less) {
    List<ObjectNode> approved = list(ShippedTypesTest.ACCOUNTS);
    List<ObjectNode> asked = list(ShippedTypesTest.ACCOUNTS.replace(was, is));

    if (less) {
      assertThat(catchThrowableOfType(Refusal.class, () -> narrowing.narrow(asked, approved)))
          .isNull();
    } else {
      assertThatThrownBy(() -> narrowing.narrow(asked, approved)).isInstanceOf(Refusal.class);
    }
  }

  @Test
  void keepsWhatTheUserPickedAndLetsTheClientPickLess() throws Refusal {
    Choice choice = ShippedTypes.all().get("account_information").settings().choose().orElseThrow();
    ObjectNode approved =
        choice.write(list(ShippedTypesTest.ACCOUNTS).get(0), List.of("DE1", "DE2"));

    ObjectNode silent = narrowing.narrow(list(ShippedTypesTest.ACCOUNTS), List.of(approved)).get(0);
    ObjectNode one = choice.write(approved, List.of("DE2"));
    ObjectNode other = choice.write(approved, List.of("DE3"));

    assertThat(silent).isEqualTo(approved);
    assertThat(narrowing.narrow(List.of(one), List.of(approved))).containsExactly(one);
    assertThat(
            catchThrowableOfType(
                    Refusal.class, () -> narrowing.narrow(List.of(other), List.of(approved)))
                .getErrorDetail())
        .contains("/0/accounts");
  }

  @Test
  void findsOneApprovedObjectForEach() throws Refusal {
    String first = ShippedTypesTest.PAYMENT;
    String second = first.replace("Merchant A", "Merchant B").replace("123.50", "5");

    assertThat(narrowing.narrow(list(second), list(first, second))).hasSize(1);
    assertThat(narrowing.narrow(List.of(), list(first))).isEmpty();
    assertThatThrownBy(
            () -> narrowing.narrow(list(second.replace("\"5\"", "\"6\"")), list(first, second)))
        .isInstanceOf(Refusal.class);
    assertThatThrownBy(() -> narrowing.narrow(list(first), List.of())).isInstanceOf(Refusal.class);
  }

  @ParameterizedTest
  @CsvSource({
    "2030-12-31T00:00:00Z, 1",
    "2031-01-01T11:59:59Z, 1",
    "2031-01-01T12:00:00Z, 0",
    "2040-01-01T00:00:00Z, 0"
  })
  void endsAnObjectWhenItsDayIsOverEverywhere(Instant now, int left) {
    List<ObjectNode> details = list(ShippedTypesTest.ACCOUNTS, ShippedTypesTest.PAYMENT);

    assertThat(narrowing.stillValid(details, now)).hasSize(left + 1);
  }
}
