package io.github.fapipack.it.http;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The cookies of one browser session with one server; java.net's own class does not support
 * localhost.
 */
public final class CookieJar {
  private record Cookie(String value, String path) {}

  private final Map<String, Cookie> cookies = new LinkedHashMap<>();

  /** Keeps the cookies that an answer sets. */
  public void store(HttpExchange answer) {
    for (String line : answer.headers().all("Set-Cookie")) {
      String[] parts = line.split(";", -1);
      int equals = parts[0].indexOf('=');
      String name = parts[0].substring(0, equals).strip();
      String path = attribute(parts, "path", "/");
      if (attribute(parts, "max-age", "1").equals("0")) {
        cookies.remove(name + path);
      } else {
        cookies.put(name + path, new Cookie(parts[0].strip(), path));
      }
    }
  }

  /** Adds the cookies for an address to the headers of a request. */
  public void addTo(NamedValues headers, URI address) {
    String line =
        cookies.values().stream()
            .filter(cookie -> address.getPath().startsWith(cookie.path()))
            .map(Cookie::value)
            .collect(Collectors.joining("; "));
    if (!line.isEmpty()) {
      headers.set("Cookie", line);
    }
  }

  private static String attribute(String[] parts, String name, String fallback) {
    for (String part : parts) {
      String[] pair = part.strip().split("=", 2);
      if (pair.length == 2 && pair[0].equalsIgnoreCase(name)) {
        return pair[1];
      }
    }
    return fallback;
  }
}
