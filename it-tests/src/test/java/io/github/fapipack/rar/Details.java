package io.github.fapipack.rar;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.http.Json;
import java.util.function.Consumer;

/** Authorization details that clients of tests ask for. */
final class Details {
  static final String PARAMETER = "authorization_details";
  static final String INVALID = "invalid_authorization_details";

  private Details() {}

  /** A payment that the type takes. */
  static ObjectNode payment() {
    return (ObjectNode)
        Json.parse(
            """
            {"type":"payment_initiation","actions":["initiate","status"],
             "instructedAmount":{"currency":"EUR","amount":"123.50"},
             "creditorName":"Merchant A","creditorAccount":{"iban":"DE02100100109307118603"},
             "remittanceInformationUnstructured":"Order 7"}\
            """);
  }

  /** Access to accounts that the type takes. */
  static ObjectNode accounts() {
    return (ObjectNode)
        Json.parse(
            """
            {"type":"account_information","actions":["list_accounts","read_balances"],
             "recurring":true,"frequencyPerDay":4,"validTo":"2050-12-31"}\
            """);
  }

  /** The payment with something wrong in it. */
  static String wrong(Consumer<ObjectNode> edit) {
    ObjectNode payment = payment();
    edit.accept(payment);
    return list(payment);
  }

  static String list(ObjectNode... details) {
    ArrayNode list = Json.object().putArray("list");
    for (ObjectNode detail : details) {
      list.add(detail);
    }
    return list.toString();
  }

  /** As a claim of a request object. */
  static Object claim(ObjectNode... details) {
    return Json.value(Json.parse(list(details)));
  }
}
