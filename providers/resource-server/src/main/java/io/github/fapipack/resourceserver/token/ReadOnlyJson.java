package io.github.fapipack.resourceserver.token;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Parsed JSON that nobody can change any more: what is remembered is shared by requests. */
final class ReadOnlyJson {
  private ReadOnlyJson() {}

  /** A copy of an object with all that is in it; its depth is limited since it was parsed. */
  static Map<String, Object> of(Map<String, Object> object) {
    return members(object);
  }

  private static Map<String, Object> members(Map<?, ?> object) {
    Map<String, Object> copy = new LinkedHashMap<>();
    object.forEach((name, value) -> copy.put((String) name, value(value)));
    return Collections.unmodifiableMap(copy);
  }

  private static Object value(Object value) {
    if (value instanceof Map<?, ?> object) {
      return members(object);
    }
    if (value instanceof List<?> array) {
      List<Object> copy = new ArrayList<>(array.size());
      array.forEach(element -> copy.add(value(element)));
      return Collections.unmodifiableList(copy);
    }
    return value;
  }
}
