package io.github.fapipack.resourceserver.request;

import io.github.fapipack.resourceserver.refusal.RefusedRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Parses the field {@code Forwarded} (RFC 7239 4), of which the last hop alone is trusted. */
final class ForwardedField {
  private static final int LONGEST = 4_096;
  private static final String NOT_IN_TOKENS = "()<>@,;:\\\"/[]?={}";

  private final String text;
  private int position;

  private ForwardedField(String text) {
    this.text = text;
  }

  /** The parameters of the last element, with names in lower case; empty if there is no field. */
  static Map<String, String> lastHop(List<String> values) throws RefusedRequest {
    if (values.isEmpty()) {
      return Map.of();
    }
    String all = String.join(",", values);
    if (all.length() > LONGEST) {
      throw malformed();
    }
    return new ForwardedField(all).lastElement();
  }

  private Map<String, String> lastElement() throws RefusedRequest {
    Map<String, String> element = element();
    while (position < text.length()) {
      require(',');
      element = element();
    }
    return element;
  }

  private Map<String, String> element() throws RefusedRequest {
    Map<String, String> element = new HashMap<>();
    skipSpace();
    while (position < text.length() && text.charAt(position) != ',') {
      String name = token().toLowerCase(Locale.ROOT);
      require('=');
      String value = position < text.length() && text.charAt(position) == '"' ? quoted() : token();
      if (element.put(name, value) != null) {
        throw malformed();
      }
      skipSpace();
      if (position < text.length() && text.charAt(position) != ',') {
        require(';');
        skipSpace();
      }
    }
    return element;
  }

  private String token() throws RefusedRequest {
    int start = position;
    while (position < text.length() && isOfToken(text.charAt(position))) {
      position++;
    }
    if (start == position) {
      throw malformed();
    }
    return text.substring(start, position);
  }

  private static boolean isOfToken(char c) {
    return c > ' ' && c <= '~' && NOT_IN_TOKENS.indexOf(c) < 0;
  }

  private String quoted() throws RefusedRequest {
    StringBuilder value = new StringBuilder();
    position++;
    while (position < text.length() && text.charAt(position) != '"') {
      if (text.charAt(position) == '\\') {
        position++;
      }
      if (position < text.length()) {
        value.append(text.charAt(position++));
      }
    }
    require('"');
    return value.toString();
  }

  private void require(char c) throws RefusedRequest {
    if (position >= text.length() || text.charAt(position) != c) {
      throw malformed();
    }
    position++;
  }

  private void skipSpace() {
    while (position < text.length() && " \t".indexOf(text.charAt(position)) >= 0) {
      position++;
    }
  }

  private static RefusedRequest malformed() {
    return RequestSyntax.malformed(
        "the field Forwarded of the proxy is malformed or too long", "RFC7239 4");
  }
}
