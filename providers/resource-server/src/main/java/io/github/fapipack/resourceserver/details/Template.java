package io.github.fapipack.resourceserver.details;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The object that a client has to ask for, told to the client. It repeats actions, locations, kinds
 * of data, privileges and amounts; other values may be personal, so they are left for the client to
 * fill in.
 */
final class Template {
  private static final int MOST_MEMBERS = 32;
  private static final int LONGEST_VALUE = 256;
  private static final int LONGEST = 4096;

  private Template() {}

  static Map<String, Object> of(String type, Use use) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("type", type);
    use.wanted().stream()
        .limit(MOST_MEMBERS)
        .forEach(one -> put(object, one.path().names(), one.shown() ? shown(one.value()) : null));
    boolean tooLong = JSONObjectUtils.toJSONString(object).length() > LONGEST;
    return tooLong ? Map.of("type", type) : object;
  }

  private static void put(Map<String, Object> object, List<String> names, Object value) {
    String name = names.get(0);
    if (names.size() == 1) {
      object.put(name, value);
      return;
    }
    Map<String, Object> inner = new LinkedHashMap<>();
    if (object.get(name) instanceof Map<?, ?> there) {
      there.forEach((key, member) -> inner.put((String) key, member));
    }
    put(inner, names.subList(1, names.size()), value);
    object.put(name, inner);
  }

  private static Object shown(Object value) {
    if (value instanceof List<?> several) {
      return several.stream().limit(MOST_MEMBERS).map(Template::text).toList();
    }
    if (value instanceof Map<?, ?> amount) {
      Map<String, Object> texts = new LinkedHashMap<>();
      amount.forEach((name, member) -> texts.put((String) name, text(member)));
      return texts;
    }
    return text(value);
  }

  /** Amounts are texts in our types. */
  private static String text(Object value) {
    String text = String.valueOf(value);
    return text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE);
  }
}
