package io.github.fapipack.resourceserver.details;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One text for each JSON value, whatever the order of its members. */
final class CanonicalJson {
  private CanonicalJson() {}

  static String of(Map<String, Object> object) {
    return JSONObjectUtils.toJSONString(sorted(object));
  }

  private static Map<String, Object> sorted(Map<?, ?> object) {
    Map<String, Object> sorted = new TreeMap<>();
    object.forEach((name, value) -> sorted.put(String.valueOf(name), value(value)));
    return sorted;
  }

  private static Object value(Object value) {
    if (value instanceof Map<?, ?> object) {
      return sorted(object);
    }
    if (value instanceof List<?> several) {
      return several.stream().map(CanonicalJson::orNull).toList();
    }
    return value instanceof Number number ? number(number) : value;
  }

  /** One text for each number, however it was written. */
  private static String number(Number number) {
    return JsonValues.exact(number)
        .map(exact -> exact.stripTrailingZeros().toPlainString())
        .orElse(number.toString());
  }

  /** A list of the platform may not hold nulls. */
  private static Object orNull(Object value) {
    return value == null ? List.of("null") : value(value);
  }
}
