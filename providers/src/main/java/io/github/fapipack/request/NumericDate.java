package io.github.fapipack.request;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.OptionalLong;

/**
 * A NumericDate of RFC 7519 2: a JSON number of seconds since 1970, which may have a fraction or an
 * exponent. Fractions are cut off, as Keycloak does with the same claims.
 */
public final class NumericDate {

  /** What a claim must be; part of a sentence. */
  public static final String WANTED = "must be a number of seconds since 1970";

  /** The end of the year 9999: a number with an exponent may have any size. */
  private static final double LATEST = 253_402_300_799d;

  private NumericDate() {}

  /**
   * The whole seconds; empty if the value is not such a number. The number is never expanded: a few
   * characters may stand for a billion digits.
   */
  public static OptionalLong of(JsonNode value) {
    if (value == null || !value.isNumber()) {
      return OptionalLong.empty();
    }
    if (value.isIntegralNumber()) {
      return value.canConvertToLong() && value.longValue() >= 0
          ? OptionalLong.of(value.longValue())
          : OptionalLong.empty();
    }
    double seconds = value.doubleValue();
    return seconds >= 0 && seconds <= LATEST
        ? OptionalLong.of((long) seconds)
        : OptionalLong.empty();
  }
}
