package io.github.fapipack.resourceserver.message;

import io.github.fapipack.resourceserver.refusal.RefusedRequest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/** How an ecosystem wants errors of signed bodies to be written, beside this kit's own members. */
public enum ErrorStyle {
  /** Nothing but {@code error} and {@code error_description}. */
  PLAIN {
    @Override
    RefusedRequest write(RefusedRequest refusal, Fault fault, Instant now) {
      return refusal;
    }
  },
  /**
   * Open Finance Brazil: {@code errors} with {@code code}, {@code title} and {@code detail}, and
   * {@code meta} (schema ResponseError of its APIs); the code BAD_SIGNATURE is that of
   * Financial-grade API Security Profile 1.0, clause on message content signing.
   */
  BRAZIL {
    @Override
    RefusedRequest write(RefusedRequest refusal, Fault fault, Instant now) {
      String code =
          switch (fault) {
            case MISSING, MALFORMED, SIGNATURE -> "BAD_SIGNATURE";
            case MISSING_CLAIM, CLAIM, REPLAY -> "INVALID_REQUEST";
          };
      return refusal
          .withMember(
              "errors",
              List.of(
                  Map.of(
                      "code",
                      code,
                      "title",
                      "The signed message was refused",
                      "detail",
                      refusal.sentence())))
          .withMember(
              "meta",
              Map.of(
                  "totalRecords",
                  1,
                  "totalPages",
                  1,
                  "requestDateTime",
                  now.truncatedTo(ChronoUnit.SECONDS).toString()));
    }
  },
  /**
   * Open Banking UK: {@code Code}, {@code Message} and {@code Errors} with an {@code ErrorCode}
   * from the namespace UK.OBIE.Signature (Read/Write Data API Profile 3.1, Errors).
   */
  UK {
    @Override
    RefusedRequest write(RefusedRequest refusal, Fault fault, Instant now) {
      String code =
          switch (fault) {
            case MISSING -> "Missing";
            case MALFORMED -> "Malformed";
            case SIGNATURE, REPLAY -> "Invalid";
            case MISSING_CLAIM -> "MissingClaim";
            case CLAIM -> "InvalidClaim";
          };
      return refusal
          .withMember("Code", refusal.problem().status() + " BadRequest")
          .withMember("Message", "The signature of the message was refused")
          .withMember(
              "Errors",
              List.of(
                  Map.of("ErrorCode", "UK.OBIE.Signature." + code, "Message", refusal.sentence())));
    }
  };

  /** What is wrong. */
  enum Fault {
    MISSING,
    MALFORMED,
    SIGNATURE,
    MISSING_CLAIM,
    CLAIM,
    REPLAY
  }

  abstract RefusedRequest write(RefusedRequest refusal, Fault fault, Instant now);
}
