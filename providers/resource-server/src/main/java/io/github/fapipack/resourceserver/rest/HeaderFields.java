package io.github.fapipack.resourceserver.rest;

import io.github.fapipack.httpsig.HttpField;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.ArrayList;
import java.util.List;

/** Header fields of Jakarta REST, as the kit has them, and the other way round. */
final class HeaderFields {
  private HeaderFields() {}

  static List<HttpField> of(MultivaluedMap<String, ?> headers) {
    List<HttpField> fields = new ArrayList<>();
    headers.forEach(
        (name, values) -> values.forEach(value -> fields.add(new HttpField(name, text(value)))));
    return fields;
  }

  private static String text(Object value) {
    return value == null ? "" : value.toString();
  }

  static void add(List<HttpField> fields, MultivaluedMap<String, Object> headers) {
    fields.forEach(field -> headers.add(field.name(), field.value()));
  }

  /** Those whose names are not there yet. */
  static void addMissing(List<HttpField> fields, MultivaluedMap<String, Object> headers) {
    add(fields.stream().filter(field -> !headers.containsKey(field.name())).toList(), headers);
  }
}
