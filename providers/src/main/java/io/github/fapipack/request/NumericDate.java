package io.github.fapipack.request;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.OptionalLong;

/**
 * A NumericDate of RFC 7519 2: a JSON number of seconds since 1970, which may have a fraction or an
 * exponent. Fractions are cut off, as Keycloak does where it reads the same claim.
 */
public final class NumericDate {

  /** What a claim has to be, for a sentence. */
  public static final String WANTED = "must be a number of seconds since 1970";

  /** The end of the year 9999: what is written with an exponent may have any size. */
  private static final double LATEST = 253_402_300_799d;

  private NumericDate() {}

  /**
   * The whole seconds; empty for what is no such number. A number is never expanded: one of a few
   * characters may have a billion digits.
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
