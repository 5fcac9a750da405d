package io.github.fapipack.rar;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fapipack.rule.Clause;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * How two values of one member are compared when a request asks for less than was approved (RFC
 * 9396 6.1).
 */
@Clause("RFC9396 6.1-1")
public enum Comparison {
  /** Arrays of strings: each requested one is approved. */
  SUBSET("subset", Comparison::isSubset),
  /** Decimal numbers, also as strings. */
  AT_MOST("atMost", (asked, approved) -> decimal(asked).compareTo(decimal(approved)) <= 0),
  /** Dates or date-times. */
  EARLIER("earlier", (asked, approved) -> order(asked, approved) <= 0),
  /** Dates or date-times. */
  LATER("later", (asked, approved) -> order(asked, approved) >= 0);

  private final String keyword;
  private final BiPredicate<JsonNode, JsonNode> fits;

  Comparison(String keyword, BiPredicate<JsonNode, JsonNode> fits) {
    this.keyword = keyword;
    this.fits = fits;
  }

  /**
   * The comparison that a schema names.
   *
   * @throws IllegalArgumentException if there is none with that name
   */
  static Comparison of(String keyword) {
    return Arrays.stream(values())
        .filter(comparison -> comparison.keyword.equals(keyword))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "x-fapi.narrow compares by subset, atMost, earlier or later only"));
  }

  /** Whether a requested value is within the approved one; false for values of other types. */
  boolean fits(JsonNode asked, JsonNode approved) {
    try {
      return fits.test(asked, approved);
    } catch (NumberFormatException | DateTimeException e) {
      return false;
    }
  }

  private static boolean isSubset(JsonNode asked, JsonNode approved) {
    if (!asked.isArray() || !approved.isArray()) {
      return false;
    }
    Set<JsonNode> all = new HashSet<>();
    approved.forEach(all::add);
    for (JsonNode value : asked) {
      if (!all.contains(value)) {
        return false;
      }
    }
    // An empty array is not less: it often means everything.
    return !asked.isEmpty() || approved.isEmpty();
  }

  private static BigDecimal decimal(JsonNode value) {
    return new BigDecimal(value.asText());
  }

  /**
   * A date is compared only with dates, because it begins at different moments in different time
   * zones.
   */
  private static int order(JsonNode asked, JsonNode approved) {
    String left = asked.asText();
    String right = approved.asText();
    return left.contains("T") || right.contains("T")
        ? OffsetDateTime.parse(left).toInstant().compareTo(OffsetDateTime.parse(right).toInstant())
        : LocalDate.parse(left).compareTo(LocalDate.parse(right));
  }
}
