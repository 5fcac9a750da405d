package io.github.fapipack.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.fapipack.httpsig.HttpField;
import io.github.fapipack.httpsig.RequestMessage;
import io.github.fapipack.httpsig.ResponseMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A payment as an open banking API sees it: a request with access token and proof, its response.
 */
final class Traffic {
  private static final String BASE64URL =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

  /** In characters, as Keycloak's access tokens and a client's proofs with an EC key have. */
  private static final int ACCESS_TOKEN = 1100;

  private static final int DPOP_PROOF = 560;

  static final byte[] ORDER =
      """
      {"payment":{"consent":"urn:bank:consent:8f2b6f0e-5d38-4d43-9d61-3a1c1b7a4f10",\
      "reference":"R-2026-004711","amount":{"value":"165.88","currency":"EUR"},\
      "debtor":{"name":"Erika Mustermann","iban":"DE02500105170137075030","bic":"INGDDEFF"},\
      "creditor":{"name":"Rad und Tat GmbH","iban":"DE02120300000000202051","bic":"BYLADEM1001",\
      "address":{"street":"Lange Gasse","number":"27","code":"10115","town":"Berlin",\
      "country":"DE"}},"purpose":{"code":"GDDS","text":"Invoice 2026-118, a bicycle and its lock"},\
      "execution":{"date":"2026-11-06","type":"instant"},"charges":"shared"},"context":\
      {"channel":"web","merchantCategory":"5940","customer":"053598653254","delivery":\
      {"street":"Acacia Avenue","number":"7","code":"20095","town":"Hamburg","country":"DE"}}}\
      """
          .getBytes(UTF_8);

  static final byte[] ANSWER =
      """
      {"payment":{"id":"58923-001","consent":"urn:bank:consent:8f2b6f0e-5d38-4d43-9d61-3a1c1b7a4f10",\
      "reference":"R-2026-004711","status":"accepted","created":"2026-11-06T06:06:06Z",\
      "updated":"2026-11-06T06:06:06Z","amount":{"value":"165.88","currency":"EUR"},\
      "debtor":{"name":"Erika Mustermann","iban":"DE02500105170137075030","bic":"INGDDEFF"},\
      "creditor":{"name":"Rad und Tat GmbH","iban":"DE02120300000000202051","bic":"BYLADEM1001"},\
      "execution":{"date":"2026-11-06","type":"instant"},"charges":"shared"},"links":\
      {"self":"https://api.bank.example/v4/payments/58923-001",\
      "status":"https://api.bank.example/v4/payments/58923-001/status"}}\
      """
          .getBytes(UTF_8);

  private Traffic() {}

  static RequestMessage request() {
    return new RequestMessage(
        "POST",
        "https://api.bank.example/v4/payments",
        List.of(
            new HttpField("Host", "api.bank.example"),
            new HttpField("User-Agent", "fintech/7.2"),
            new HttpField("Accept", "application/json"),
            new HttpField("Accept-Encoding", "gzip"),
            new HttpField("Authorization", "DPoP " + token(ACCESS_TOKEN)),
            new HttpField("DPoP", token(DPOP_PROOF)),
            new HttpField("x-fapi-interaction-id", "93bac548-d2de-4546-b106-880a5018460d"),
            new HttpField("x-idempotency-key", "f2a9c0b8-6f8e-4b8a-9f53-52a1f7d2e6c1"),
            new HttpField("Content-Type", "application/json"),
            new HttpField("Content-Length", Integer.toString(ORDER.length))));
  }

  static ResponseMessage response(RequestMessage request) {
    return new ResponseMessage(
        201,
        List.of(
            new HttpField("Date", "Fri, 06 Nov 2026 06:06:06 GMT"),
            new HttpField("Cache-Control", "no-store"),
            new HttpField("Strict-Transport-Security", "max-age=31536000"),
            new HttpField("x-fapi-interaction-id", "93bac548-d2de-4546-b106-880a5018460d"),
            new HttpField("Content-Type", "application/json"),
            new HttpField("Content-Length", Integer.toString(ANSWER.length))),
        request);
  }

  /** With the length and characters of a JWT; it is not parsed here. */
  private static String token(int length) {
    Random random = new Random(length);
    List<String> parts = new ArrayList<>();
    for (int part = 0; part < 3; part++) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < length / 3; i++) {
        text.append(BASE64URL.charAt(random.nextInt(BASE64URL.length())));
      }
      parts.add(text.toString());
    }
    return String.join(".", parts);
  }
}
