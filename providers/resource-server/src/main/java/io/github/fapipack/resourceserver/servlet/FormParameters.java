package io.github.fapipack.resourceserver.servlet;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The parameters of a form whose content a check has read before the container could. */
final class FormParameters {
  private static final String FORM = "application/x-www-form-urlencoded";

  private FormParameters() {}

  static boolean isForm(String contentTypeOrNull) {
    return contentTypeOrNull != null && contentTypeOrNull.toLowerCase(Locale.ROOT).startsWith(FORM);
  }

  /** Those of the query, followed by those of the content. */
  static Map<String, String[]> of(String queryOrNull, byte[] content) {
    Map<String, List<String>> all = new LinkedHashMap<>();
    read(queryOrNull == null ? "" : queryOrNull, all);
    read(new String(content, StandardCharsets.UTF_8), all);
    Map<String, String[]> parameters = new LinkedHashMap<>();
    all.forEach((name, values) -> parameters.put(name, values.toArray(String[]::new)));
    return Collections.unmodifiableMap(parameters);
  }

  private static void read(String text, Map<String, List<String>> into) {
    for (String pair : text.split("&")) {
      int equals = pair.indexOf('=');
      String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
      if (!name.isEmpty()) {
        String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
        into.computeIfAbsent(name, first -> new ArrayList<>(1)).add(value);
      }
    }
  }

  /** As it is if it cannot be decoded, which containers do as well. */
  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      return text;
    }
  }
}
