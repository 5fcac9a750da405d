package io.github.fapipack.rar;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The types that come with the pack: resources, one folder per type. */
final class ShippedTypes {

  static final List<String> NAMES =
      List.of("account_information", "patient_record", "payment_initiation");

  /** Listed here, because a class path cannot be listed. */
  static final List<String> FILES =
      List.of(
          "schema.json",
          "consent.ftl",
          "messages_en.properties",
          "messages_de.properties",
          "messages_pt_BR.properties",
          "messages_es.properties",
          "messages_ar.properties",
          "messages_ja.properties");

  private static final Map<String, AuthorizationDetailsType> TYPES = new TreeMap<>();

  static {
    for (String name : NAMES) {
      Map<String, String> files = new HashMap<>();
      FILES.forEach(file -> files.put(file, resource(name + "/" + file)));
      TYPES.put(name, TypeFiles.read(name, files));
    }
  }

  private ShippedTypes() {}

  static Map<String, AuthorizationDetailsType> all() {
    return TYPES;
  }

  private static String resource(String name) {
    try (InputStream in =
        ShippedTypes.class.getResourceAsStream("/fapi-authorization-details/" + name)) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
