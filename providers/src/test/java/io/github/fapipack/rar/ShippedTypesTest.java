package io.github.fapipack.rar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.approval.AuthorizationDetails;
import io.github.fapipack.approval.Fault;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the types of the pack take and refuse, and that their texts are complete. */
class ShippedTypesTest {
  static final String PAYMENT =
      """
      {"type":"payment_initiation","actions":["initiate","status","cancel"],
       "locations":["https://example.com/payments"],
       "instructedAmount":{"currency":"EUR","amount":"123.50"},
       "creditorName":"Merchant A","creditorAccount":{"iban":"DE02100100109307118603"},
       "remittanceInformationUnstructured":"Ref Number Merchant",
       "requestedExecutionDate":"2030-01-31"}\
      """;
  static final String ACCOUNTS =
      """
      {"type":"account_information","actions":["list_accounts","read_balances"],
       "recurring":true,"frequencyPerDay":4,"validTo":"2030-12-31"}\
      """;
  static final String RECORD =
      """
      {"type":"patient_record","identifier":"MRN-7","actions":["read"],
       "categories":["medications","allergies"],"purpose":"treatment",
       "period":{"start":"2024-01-01"},"until":"2030-12-31"}\
      """;

  @ParameterizedTest
  @ValueSource(strings = {PAYMENT, ACCOUNTS, RECORD})
  void takeWhatTheyAreFor(String json) {
    assertThat(faults(json)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "123.50 | 1e2 | /instructedAmount/amount",
        "123.50 | -1 | /instructedAmount/amount",
        "123.50 | 0.00 | /instructedAmount/amount",
        "123.50 | 1٢ | /instructedAmount/amount",
        "EUR | eur | /instructedAmount/currency",
        "2030-01-31 | 2030-02-31 | /requestedExecutionDate",
        "status | refund | /actions/1",
        "status | initiate | /actions",
        "https://example.com/payments | not a uri | /locations/0",
        "DE02100100109307118603 | DE | /creditorAccount/iban",
        "iban | nib | /creditorAccount/nib",
        "creditorName | name | /creditorName",
        "remittanceInformationUnstructured | extra | /extra"
      })
  void refuseAPaymentThatIsWrong(String was, String is, String pointer) {
    assertThat(faults(PAYMENT.replace(was, is))).extracting(Fault::pointer).contains(pointer);
  }

  @ParameterizedTest
  @ValueSource(strings = {"account_information", "patient_record", "payment_initiation"})
  void haveTheSameTextsInEveryLanguage(String id) {
    AuthorizationDetailsType type = ShippedTypes.all().get(id);
    Map<String, String> english = type.messages(Locale.ENGLISH);

    assertThat(english).containsKeys("title", "actions");
    for (String tag : new String[] {"de", "pt-BR", "es", "ar", "ja"}) {
      Map<String, String> texts = type.messages(Locale.forLanguageTag(tag));
      assertThat(texts.keySet()).as(tag).isEqualTo(english.keySet());
      assertThat(texts.get("title")).as(tag).isNotEqualTo(english.get("title"));
    }
    assertThat(type.messages(Locale.forLanguageTag("de-AT")).get("title"))
        .isEqualTo(type.messages(Locale.GERMAN).get("title"));
    assertThat(type.messages(Locale.forLanguageTag("tlh"))).isEqualTo(english);
    assertThat(type.template()).isPresent();
    assertThat(type.isTrusted()).isTrue();
  }

  @Test
  void sayWhatTheUserPicks() {
    ObjectNode payment = AuthorizationDetails.parse("[" + PAYMENT + "]").get(0);
    Choice choice = ShippedTypes.all().get("payment_initiation").settings().choose().orElseThrow();

    ObjectNode chosen = choice.write(payment, List.of("DE75512108001245126199"));

    assertThat(chosen.at("/debtorAccount/iban").asText()).isEqualTo("DE75512108001245126199");
    assertThat(choice.named(chosen)).containsExactly("DE75512108001245126199");
    assertThat(faults(chosen.toString())).isEmpty();
  }

  private static List<Fault> faults(String json) {
    ObjectNode detail = AuthorizationDetails.parse("[" + json + "]").get(0);
    return ShippedTypes.all().get(AuthorizationDetails.type(detail)).faults(detail);
  }
}
