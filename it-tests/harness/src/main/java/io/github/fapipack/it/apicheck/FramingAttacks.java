package io.github.fapipack.it.apicheck;

import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Requests that are too large, or whose end is unclear. Nothing of them can hit other callers. */
final class FramingAttacks {
  private static final String LIMIT = "Limit the size of headers, and answer 4xx.";
  private static final String AMBIGUOUS = "Refuse messages whose length is ambiguous.";
  private static final String METHODS = "Check tokens for every method.";

  private FramingAttacks() {}

  static List<Attack> all() {
    return List.of(
        anonymous(
            "size-header",
            "A header of 60 kilobytes",
            "RFC9110 5.4",
            LIMIT,
            d -> d.header("X-Large", "x".repeat(60_000))),
        anonymous("size-headers", "300 headers", "RFC9110 5.4", LIMIT, FramingAttacks::manyHeaders),
        anonymous(
            "size-target",
            "A query of 20 kilobytes",
            "RFC9110 4.1",
            LIMIT,
            d ->
                d.target(
                    d.target()
                        + (d.target().contains("?") ? "&" : "?")
                        + "x="
                        + "x".repeat(20_000))),
        attack("size-token", "A token of 60 kilobytes", "RFC9110 5.4", LIMIT)
            .when(d -> d.token("x".repeat(60_000))),
        attack("size-proof", "A proof of 30 kilobytes", "RFC9449 11.1-3", LIMIT)
            .when(d -> d.proof(p -> p.claim("x", "x".repeat(22_000))))
            .unless(scene -> !scene.usesDpop(), "tokens are bound to certificates"),
        attack(
                "text-control",
                "A token with control characters",
                "RFC9110 5.5",
                "Refuse control characters in headers.")
            .when(d -> d.token("a\u0001b\u0000c")),
        attack(
                "text-bytes",
                "A token with bytes beyond ASCII",
                "RFC6750 2.1",
                "Refuse what is no token with 401.")
            .when(d -> d.token("\u00e9\u00ff\u0080")),
        attack("text-folded", "A token on two lines", "RFC9112 5.2", "Refuse folded headers.")
            .when(d -> d.token(d.token().substring(0, 10) + "\r\n " + d.token().substring(10))),
        attack("framing-two-lengths", "Two different lengths", "RFC9112 6.3", AMBIGUOUS)
            .when(
                d ->
                    d.sendBody("\r\n").contentLength("Content-Length: 0\r\nContent-Length: 2\r\n")),
        anonymous(
            "framing-both",
            "Length and chunks",
            "RFC9112 6.3",
            AMBIGUOUS,
            d ->
                d.sendBody("0\r\n\r\n")
                    .contentLength("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n")),
        anonymous(
            "framing-unknown",
            "An unknown transfer coding",
            "RFC9112 6.1",
            AMBIGUOUS,
            d ->
                d.sendBody("0\r\n\r\n")
                    .contentLength("Content-Length: 5\r\nTransfer-Encoding: xchunked\r\n")),
        anonymous(
            "framing-negative",
            "A negative length",
            "RFC9112 6.3",
            AMBIGUOUS,
            d -> d.contentLength("Content-Length: -1\r\n")),
        anonymous(
            "http-1.0",
            "HTTP/1.0 without Host",
            "RFC9112 3.2",
            "Check tokens whatever the version.",
            d -> d.version("HTTP/1.0").tampering(h -> h.set("Host", null))),
        anonymous(
            "http-no-host",
            "HTTP/1.1 without Host",
            "RFC9112 3.2",
            "Refuse requests without Host.",
            d -> d.tampering(h -> h.set("Host", null))),
        anonymous("method-head", "HEAD", "RFC9110 9.3.2", METHODS, d -> d.method("HEAD")),
        anonymous(
            "method-unknown",
            "A method that nobody knows",
            "RFC9110 9.1",
            METHODS,
            d -> d.method("FAPI")),
        anonymous(
            "method-lower-case",
            "The method in lower case",
            "RFC9110 9.1",
            METHODS,
            d -> d.method(d.method().toLowerCase(Locale.ROOT))),
        anonymous(
            "method-trace", "TRACE", "RFC9110 9.3.8", "Switch TRACE off.", d -> d.method("TRACE")),
        body(
            "body-content-type",
            "An unknown media type",
            "RFC9110 15.5.16",
            "Answer 415 to media types that you do not read.",
            d -> d.header("Content-Type", "application/x-unknown")),
        body(
            "body-not-json",
            "A body that is no JSON",
            "RFC9110 15.5.1",
            "Answer 400 to bodies that you cannot read.",
            d -> d.body("{\"x\":", "application/json")),
        body(
            "body-deep",
            "JSON 5000 levels deep",
            "RFC8259 9",
            "Limit the depth of JSON.",
            d -> d.body("[".repeat(5000) + "]".repeat(5000), "application/json")));
  }

  private static void manyHeaders(Draft draft) {
    for (int i = 0; i < 300; i++) {
      draft.addingHeader("X-Many-" + i, "x");
    }
  }

  /** These do not count for APIs that have no body. */
  private static Attack body(
      String id, String title, String clause, String fix, Consumer<Draft> change) {
    return attack(id, title, clause, fix)
        .when(change)
        .unless(scene -> scene.settings().target().body().isEmpty(), "--body is not given")
        .unless(
            scene -> scene.settings().signing().style() == MessageSigning.Style.JWS,
            "the body is a JWT");
  }

  private static Attack anonymous(
      String id, String title, String clause, String fix, Consumer<Draft> change) {
    return attack(id, title + ", without a token", clause, fix)
        .when(
            draft -> {
              draft.anonymous();
              change.accept(draft);
            });
  }

  private static Attack attack(String id, String title, String clause, String fix) {
    return Attack.of(Topic.FRAMING, id, title, clause, fix, Expected.TRANSPORT);
  }
}
