package io.github.fapipack.it.apicheck;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** The honest token, or none, sent as it must not be. */
final class PresentationAttacks {
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String HEADER_ONLY =
      "Take the token from one Authorization header and from nowhere else.";
  private static final String ONE_HEADER =
      "Refuse a request with more than one Authorization header or credential.";

  private PresentationAttacks() {}

  static List<Attack> all() {
    return List.of(
        attack(
                "no-token",
                "No token at all",
                "RFC6750 3",
                "Refuse requests without a token with 401 and a WWW-Authenticate challenge.",
                Expected.NO_TOKEN)
            .when(Draft::anonymous),
        attack(
                "token-empty",
                "A scheme without a token",
                "RFC6750 2.1",
                HEADER_ONLY,
                Expected.REQUEST)
            .when(draft -> draft.token("")),
        attack(
                "token-garbage",
                "A text that is no token",
                "RFC6750 3.1",
                HEADER_ONLY,
                Expected.TOKEN)
            .when(draft -> draft.token("not-a-token")),
        attack(
                "token-in-query",
                "The token in the query",
                "FAPI2-SP 5.3.4-2",
                HEADER_ONLY,
                Expected.REQUEST)
            .when(draft -> inQuery(draft).header("Authorization", null)),
        attack(
                "token-in-query-too",
                "The token in header and query",
                "FAPI2-SP 5.3.4-2",
                "Refuse a request whose query has an access token.",
                Expected.REQUEST)
            .when(PresentationAttacks::inQuery),
        attack(
                "token-in-body",
                "The token in a form",
                "FAPI2-SP 5.3.4-1",
                HEADER_ONLY,
                Expected.ANY)
            .when(draft -> inBody(draft).header("Authorization", null)),
        attack(
                "token-in-cookie",
                "The token in a cookie",
                "FAPI2-SP 5.3.4-1",
                HEADER_ONLY,
                Expected.NO_TOKEN)
            .when(
                draft ->
                    draft
                        .header("Authorization", null)
                        .header("Cookie", "access_token=" + draft.token())),
        attack(
                "token-in-other-header",
                "The token in a header of a product",
                "FAPI2-SP 5.3.4-1",
                HEADER_ONLY,
                Expected.NO_TOKEN)
            .when(PresentationAttacks::inOtherHeaders),
        attack(
                "token-twice",
                "The same Authorization header twice",
                "RFC6750 2",
                ONE_HEADER,
                Expected.REQUEST)
            .when(
                draft -> draft.addingHeader("Authorization", draft.scheme() + " " + draft.token())),
        attack(
                "token-two-schemes",
                "The token as DPoP and as Bearer",
                "RFC9449 7.2",
                ONE_HEADER,
                Expected.REQUEST)
            .when(
                draft ->
                    draft.addingHeader(
                        "Authorization",
                        (draft.scheme().equals("DPoP") ? "Bearer " : "DPoP ") + draft.token())),
        attack(
                "token-then-garbage",
                "A second, other token",
                "RFC6750 2",
                ONE_HEADER,
                Expected.REQUEST)
            .when(draft -> draft.addingHeader("Authorization", draft.scheme() + " x.y.z")),
        attack(
                "token-list",
                "Two credentials in one header",
                "RFC9110 11.6.2",
                ONE_HEADER,
                Expected.REQUEST)
            .when(
                draft ->
                    draft.header(
                        "Authorization",
                        draft.scheme()
                            + " "
                            + draft.token()
                            + ", "
                            + draft.scheme()
                            + " "
                            + draft.token())),
        attack(
                "token-other-scheme",
                "The token with an unknown scheme",
                "RFC6750 2.1",
                HEADER_ONLY,
                Expected.NO_TOKEN)
            .when(draft -> draft.scheme("Token")),
        attack(
                "token-basic-password",
                "The token as the password of Basic",
                "FAPI2-SP 5.3.4-1",
                HEADER_ONLY,
                Expected.NO_TOKEN)
            .when(PresentationAttacks::asPassword),
        attack(
                "token-without-scheme",
                "The token without a scheme",
                "RFC6750 2.1",
                HEADER_ONLY,
                Expected.NO_CREDENTIAL)
            .when(draft -> draft.header("Authorization", draft.token())));
  }

  private static Attack attack(
      String id, String title, String clause, String fix, Expected expected) {
    return Attack.of(Topic.PRESENTATION, id, title, clause, fix, expected);
  }

  private static Draft inQuery(Draft draft) {
    String address = draft.address().toString();
    String sign = draft.address().getRawQuery() == null ? "?" : "&";
    return draft.at(URI.create(address + sign + "access_token=" + encoded(draft.token())));
  }

  private static Draft inBody(Draft draft) {
    return draft.method("POST").body("access_token=" + encoded(draft.token()), FORM);
  }

  private static void inOtherHeaders(Draft draft) {
    String value = draft.scheme() + " " + draft.token();
    draft
        .header("Authorization", null)
        .header("X-Authorization", value)
        .header("X-Access-Token", draft.token())
        .header("X-Forwarded-Access-Token", draft.token())
        .header("Proxy-Authorization", value);
  }

  private static void asPassword(Draft draft) {
    byte[] pair = ("token:" + draft.token()).getBytes(StandardCharsets.UTF_8);
    draft.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
  }

  private static String encoded(String token) {
    return URLEncoder.encode(token, StandardCharsets.UTF_8);
  }
}
