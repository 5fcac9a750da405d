package io.github.fapipack.resourceserver.details;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiPredicate;

/** How a type compares two values of one member, by the keywords of our types (RFC 9396 6.1). */
enum Comparison {
  /** Arrays: each wanted one is granted; a single value is an array of one. */
  SUBSET("subset", Comparison::isSubset),
  /** Decimal numbers, also as strings. */
  AT_MOST("atMost", Comparison::isAtMost),
  /** Dates or date-times. */
  EARLIER("earlier", (wanted, granted) -> order(wanted, granted) <= 0),
  /** Dates or date-times. */
  LATER("later", (wanted, granted) -> order(wanted, granted) >= 0);

  private final String keyword;
  private final BiPredicate<Object, Object> fits;

  Comparison(String keyword, BiPredicate<Object, Object> fits) {
    this.keyword = keyword;
    this.fits = fits;
  }

  /**
   * The comparison that a type names.
   *
   * @throws IllegalArgumentException if there is none with that name
   */
  static Comparison of(Object keyword) {
    for (Comparison comparison : values()) {
      if (comparison.keyword.equals(keyword)) {
        return comparison;
      }
    }
    throw new IllegalArgumentException(
        "x-fapi.narrow compares by subset, atMost, earlier or later only");
  }

  /** Whether a wanted value is within the granted one; false for values of other types. */
  boolean fits(Object wanted, Object granted) {
    try {
      return fits.test(wanted, granted);
    } catch (DateTimeException notADate) {
      return false;
    }
  }

  private static boolean isSubset(Object wanted, Object granted) {
    if (!(granted instanceof List<?> all)) {
      return false;
    }
    List<?> asked = wanted instanceof List<?> several ? several : Arrays.asList(wanted);
    if (asked.size() > all.size()) {
      // A request can name millions; each would be looked for among all.
      return false;
    }
    for (Object value : asked) {
      if (all.stream().noneMatch(one -> JsonValues.same(value, one))) {
        return false;
      }
    }
    // An empty array is not less: it often means everything.
    return !asked.isEmpty() || all.isEmpty();
  }

  private static boolean isAtMost(Object wanted, Object granted) {
    var most = JsonValues.decimal(granted);
    return most.isPresent()
        && JsonValues.decimal(wanted).filter(value -> value.compareTo(most.get()) <= 0).isPresent();
  }

  /**
   * A date is compared only with dates, because it begins at different moments in different time
   * zones.
   */
  private static int order(Object wanted, Object granted) {
    String left = text(wanted);
    String right = text(granted);
    return left.contains("T") || right.contains("T")
        ? OffsetDateTime.parse(left).toInstant().compareTo(OffsetDateTime.parse(right).toInstant())
        : LocalDate.parse(left).compareTo(LocalDate.parse(right));
  }

  private static String text(Object value) {
    if (value instanceof String text) {
      return text;
    }
    throw new DateTimeException("not a text");
  }
}
