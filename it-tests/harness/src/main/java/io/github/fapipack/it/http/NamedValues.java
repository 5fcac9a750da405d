package io.github.fapipack.it.http;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Parameters or headers in the order in which they are sent; a name may occur more than once. */
public final class NamedValues {
  private final List<Map.Entry<String, String>> entries = new ArrayList<>();

  /** Reads a query or a form body. */
  public static NamedValues parse(String encoded) {
    NamedValues values = new NamedValues();
    if (encoded == null || encoded.isEmpty()) {
      return values;
    }
    for (String pair : encoded.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      values.add(decode(name), equals < 0 ? "" : decode(pair.substring(equals + 1)));
    }
    return values;
  }

  /** Replaces every value of a name; null removes them. */
  public NamedValues set(String name, String value) {
    entries.removeIf(entry -> entry.getKey().equalsIgnoreCase(name));
    return value == null ? this : add(name, value);
  }

  /** Adds one more value. */
  public NamedValues add(String name, String value) {
    entries.add(Map.entry(name, value));
    return this;
  }

  /** The first value of a name; names are compared without regard to case. */
  public Optional<String> get(String name) {
    return all(name).stream().findFirst();
  }

  /** Every value of a name. */
  public List<String> all(String name) {
    return entries.stream()
        .filter(entry -> entry.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .toList();
  }

  /** All pairs in order. */
  public List<Map.Entry<String, String>> entries() {
    return List.copyOf(entries);
  }

  /** As {@code application/x-www-form-urlencoded}. */
  public String encode() {
    return entries.stream()
        .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
        .collect(Collectors.joining("&"));
  }

  @Override
  public String toString() {
    return entries.toString();
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
