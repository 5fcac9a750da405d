package io.github.fapipack.resourceserver.details;

import java.math.BigDecimal;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** JSON values as maps, lists, strings, numbers, booleans and nulls. */
final class JsonValues {
  private static final int LONGEST_DECIMAL = 40;

  /** Enough for each number that is a double. */
  private static final int LARGEST_SCALE = 400;

  private JsonValues() {}

  /** Whether two values are the same; numbers are compared by what they are worth. */
  static boolean same(Object one, Object other) {
    if (one instanceof Map<?, ?> left && other instanceof Map<?, ?> right) {
      return sameMembers(left, right);
    }
    if (one instanceof List<?> left && other instanceof List<?> right) {
      return sameElements(left, right);
    }
    if (one instanceof Number left && other instanceof Number right) {
      Optional<BigDecimal> value = exact(left);
      return value.isPresent()
          && exact(right).filter(its -> its.compareTo(value.get()) == 0).isPresent();
    }
    return one == null ? other == null : one.equals(other);
  }

  private static boolean sameMembers(Map<?, ?> left, Map<?, ?> right) {
    if (left.size() != right.size()) {
      return false;
    }
    for (Map.Entry<?, ?> member : left.entrySet()) {
      if (!right.containsKey(member.getKey())
          || !same(member.getValue(), right.get(member.getKey()))) {
        return false;
      }
    }
    return true;
  }

  private static boolean sameElements(List<?> left, List<?> right) {
    if (left.size() != right.size()) {
      return false;
    }
    Iterator<?> others = right.iterator();
    for (Object element : left) {
      if (!same(element, others.next())) {
        return false;
      }
    }
    return true;
  }

  /**
   * The number that a JSON number or a string is: digits with at most one point. Empty for
   * everything else, also for negative numbers, which are less than every limit, and for texts with
   * an exponent.
   */
  static Optional<BigDecimal> decimal(Object value) {
    if (value instanceof Number number) {
      return exact(number).filter(its -> its.signum() >= 0);
    }
    return value instanceof String text && isPlain(text)
        ? Optional.of(new BigDecimal(text))
        : Optional.empty();
  }

  private static boolean isPlain(String text) {
    int point = text.indexOf('.');
    boolean plain =
        !text.isEmpty()
            && text.length() <= LONGEST_DECIMAL
            && point != 0
            && point != text.length() - 1;
    for (int i = 0; plain && i < text.length(); i++) {
      char c = text.charAt(i);
      plain = (c >= '0' && c <= '9') || i == point;
    }
    return plain;
  }

  /**
   * The value of a number; empty for those that are not finite, or whose digits would fill the
   * memory.
   */
  static Optional<BigDecimal> exact(Number number) {
    try {
      BigDecimal value =
          number instanceof BigDecimal decimal ? decimal : new BigDecimal(number.toString());
      return Optional.of(value)
          .filter(its -> Math.abs((long) its.scale()) <= LARGEST_SCALE)
          .filter(its -> its.precision() <= LARGEST_SCALE);
    } catch (NumberFormatException notFinite) {
      return Optional.empty();
    }
  }
}
