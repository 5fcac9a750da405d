package io.github.fapipack.httpsig.structured;

import io.github.fapipack.httpsig.structured.BareItem.BooleanItem;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The parameters of an item or an inner list, in their order (RFC 8941 3.1.2). Two are equal
 * whatever their order, as RFC 9421 2 wants it for component identifiers.
 */
public record Parameters(Map<String, BareItem> values) {
  public static final Parameters NONE = new Parameters(Map.of());

  public Parameters {
    values.keySet().forEach(Keys::require);
    values = values.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** The value of a parameter, if it is there. */
  public Optional<BareItem> get(String key) {
    return Optional.ofNullable(values.get(key));
  }

  /** These parameters and one more; one of the same name keeps its place. */
  public Parameters with(String key, BareItem value) {
    Map<String, BareItem> more = new LinkedHashMap<>(values);
    more.put(key, value);
    return new Parameters(more);
  }

  /** RFC 8941 4.1.1.2. */
  public String serialize() {
    if (values.isEmpty()) {
      return "";
    }
    StringBuilder text = new StringBuilder();
    for (var parameter : values.entrySet()) {
      text.append(';').append(parameter.getKey());
      if (!parameter.getValue().equals(BooleanItem.TRUE)) {
        text.append('=').append(parameter.getValue().serialize());
      }
    }
    return text.toString();
  }
}
