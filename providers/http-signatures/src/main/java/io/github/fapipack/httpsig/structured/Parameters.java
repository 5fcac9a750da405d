package io.github.fapipack.httpsig.structured;

import io.github.fapipack.httpsig.structured.BareItem.BooleanItem;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The parameters of an item or an inner list, in their order (RFC 8941 3.1.2). Two instances are
 * equal regardless of the order, as RFC 9421 2 requires for component identifiers.
 */
public final class Parameters {
  public static final Parameters NONE = new Parameters(Map.of());

  private final Map<String, BareItem> values;

  private Parameters(Map<String, BareItem> values) {
    this.values = values;
  }

  /** Without a copy: the map is not used elsewhere, and the parser has checked its names. */
  static Parameters parsed(Map<String, BareItem> values) {
    return new Parameters(values);
  }

  /** The values by name, in their order. */
  public Map<String, BareItem> values() {
    return Collections.unmodifiableMap(values);
  }

  public boolean isEmpty() {
    return values.isEmpty();
  }

  /** The value of a parameter, if there is one. */
  public Optional<BareItem> get(String key) {
    return Optional.ofNullable(values.get(key));
  }

  /** A copy with one more parameter; one with the same name is replaced in its place. */
  public Parameters with(String key, BareItem value) {
    Keys.require(key);
    Map<String, BareItem> more = new LinkedHashMap<>(values);
    more.put(key, value);
    return new Parameters(more);
  }

  /** RFC 8941 4.1.1.2. */
  public String serialize() {
    return values.isEmpty() ? "" : appendTo(new StringBuilder()).toString();
  }

  /** Appends the same to a text. */
  public StringBuilder appendTo(StringBuilder text) {
    for (var parameter : values.entrySet()) {
      text.append(';').append(parameter.getKey());
      if (!parameter.getValue().equals(BooleanItem.TRUE)) {
        text.append('=').append(parameter.getValue().serialize());
      }
    }
    return text;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Parameters parameters && values.equals(parameters.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  @Override
  public String toString() {
    return serialize();
  }
}
