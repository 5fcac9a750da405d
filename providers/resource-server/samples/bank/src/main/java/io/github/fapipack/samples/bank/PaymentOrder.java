package io.github.fapipack.samples.bank;

import com.nimbusds.jose.util.JSONObjectUtils;
import io.github.fapipack.resourceserver.details.Use;
import io.github.fapipack.resourceserver.refusal.Problem;
import io.github.fapipack.resourceserver.refusal.RefusedRequest;
import io.github.fapipack.resourceserver.request.ApiRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a caller wants to have paid.
 *
 * <pre>{@code
 * {
 *   "instructedAmount": {"amount": "200.00", "currency": "EUR"},
 *   "creditorName": "Merchant A",
 *   "creditorAccount": {"iban": "DE02100100109307118603"},
 *   "debtorAccount": {"iban": "DE75512108001245126199"}
 * }
 * }</pre>
 */
record PaymentOrder(Map<String, Object> json) {
  private static final int MOST_CHARACTERS = 10_000;

  static PaymentOrder read(ApiRequest request) throws RefusedRequest {
    String type = request.single("Content-Type").orElse("");
    if (!type.split(";", 2)[0].strip().equalsIgnoreCase("application/json")) {
      throw new RefusedRequest(
          Problem.UNSUPPORTED_MEDIA_TYPE, "send application/json", "RFC9110 15.5.16");
    }
    try {
      String text = new String(request.body().bytes(), StandardCharsets.UTF_8);
      return new PaymentOrder(JSONObjectUtils.parse(text, MOST_CHARACTERS));
    } catch (ParseException e) {
      throw new RefusedRequest(
          Problem.INVALID_REQUEST, "the body is no JSON object; send an order", "RFC8259 2");
    } catch (IOException e) {
      throw new RefusedRequest(
          Problem.TOO_LARGE, "the body is too long, or ended too early", "RFC9110 15.5.14");
    }
  }

  /**
   * What the user must have approved for it. What the order does not say is null, and nobody has
   * approved that.
   */
  Use use() {
    Use use =
        Use.none()
            .amount(
                "/instructedAmount",
                text("instructedAmount", "amount"),
                text("instructedAmount", "currency"))
            .member("/creditorName", json.get("creditorName"))
            .member("/creditorAccount/iban", text("creditorAccount", "iban"));
    // Without it the money comes from the account that the user has chosen.
    return json.containsKey("debtorAccount")
        ? use.member("/debtorAccount/iban", text("debtorAccount", "iban"))
        : use;
  }

  /** What the bank tells of it: what was compared, and nothing else that was sent. */
  Map<String, Object> told() {
    Map<String, Object> told = new TreeMap<>();
    told.put(
        "instructedAmount",
        Map.of(
            "amount", text("instructedAmount", "amount"),
            "currency", text("instructedAmount", "currency")));
    told.put("creditorName", json.get("creditorName"));
    told.put("creditorAccount", Map.of("iban", text("creditorAccount", "iban")));
    return told;
  }

  private String text(String member, String name) {
    return json.get(member) instanceof Map<?, ?> object && object.get(name) instanceof String text
        ? text
        : null;
  }
}
