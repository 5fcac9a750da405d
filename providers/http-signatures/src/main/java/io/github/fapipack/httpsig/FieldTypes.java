package io.github.fapipack.httpsig;

import io.github.fapipack.httpsig.structured.FieldType;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The types of header fields that are structured fields, needed for {@code ;sf}. */
public record FieldTypes(Map<String, FieldType> types) {
  /** The registered fields that signed messages usually contain. */
  public static final FieldTypes REGISTERED =
      new FieldTypes(
          Map.ofEntries(
              Map.entry("accept-signature", FieldType.DICTIONARY),
              Map.entry("cache-status", FieldType.LIST),
              Map.entry("client-cert", FieldType.ITEM),
              Map.entry("client-cert-chain", FieldType.LIST),
              Map.entry("content-digest", FieldType.DICTIONARY),
              Map.entry("priority", FieldType.DICTIONARY),
              Map.entry("proxy-status", FieldType.LIST),
              Map.entry("repr-digest", FieldType.DICTIONARY),
              Map.entry("signature", FieldType.DICTIONARY),
              Map.entry("signature-input", FieldType.DICTIONARY),
              Map.entry("want-content-digest", FieldType.DICTIONARY),
              Map.entry("want-repr-digest", FieldType.DICTIONARY)));

  public FieldTypes {
    types = Map.copyOf(types);
  }

  /** A copy with one more field, by its lower-case name. */
  public FieldTypes with(String field, FieldType type) {
    Map<String, FieldType> more = new HashMap<>(types);
    more.put(field, type);
    return new FieldTypes(more);
  }

  Optional<FieldType> of(String field) {
    return Optional.ofNullable(types.get(field));
  }
}
