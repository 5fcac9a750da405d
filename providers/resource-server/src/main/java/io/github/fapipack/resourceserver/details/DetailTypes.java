package io.github.fapipack.resourceserver.details;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The types of authorization details that an API knows, from the very files that the authorization
 * server reads: a folder per type with {@code schema.json}. Immutable.
 */
public final class DetailTypes {
  private static final String SCHEMA = "schema.json";
  private static final int LARGEST_FILE = 1 << 20;
  private static final List<String> SHIPPED =
      List.of("account_information", "patient_record", "payment_initiation");

  private final Map<String, DetailType> types;

  private DetailTypes(Map<String, DetailType> types) {
    this.types = Map.copyOf(types);
  }

  /** Account information, payment initiation and patient record: the types that we ship. */
  public static DetailTypes shipped() {
    DetailTypes all = new DetailTypes(Map.of());
    for (String name : SHIPPED) {
      String resource = "/fapi-authorization-details/" + name + '/' + SCHEMA;
      try (InputStream schema = DetailTypes.class.getResourceAsStream(resource)) {
        all = all.and(of(schema));
      } catch (IOException unreadable) {
        throw new UncheckedIOException(unreadable);
      }
    }
    return all;
  }

  /**
   * The types of a folder with a folder for each, of one such folder, or of one schema.
   *
   * @throws IOException if it cannot be read
   * @throws IllegalArgumentException if a file is no schema of a type
   */
  public static DetailTypes of(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      Path folder = path.toAbsolutePath().getParent();
      return ofFile(path, folder == null ? null : folder.getFileName());
    }
    if (Files.exists(path.resolve(SCHEMA))) {
      return ofFile(path.resolve(SCHEMA), path.getFileName());
    }
    DetailTypes all = new DetailTypes(Map.of());
    try (Stream<Path> folders = Files.list(path)) {
      for (Path folder : folders.filter(one -> Files.exists(one.resolve(SCHEMA))).toList()) {
        all = all.and(ofFile(folder.resolve(SCHEMA), folder.getFileName()));
      }
    }
    return all;
  }

  /**
   * One type whose schema names it, by {@code x-fapi.type} or by {@code properties.type.const}.
   *
   * @throws IOException if it cannot be read
   * @throws IllegalArgumentException if it is no schema of a type
   */
  public static DetailTypes of(InputStream schema) throws IOException {
    return parse(schema.readNBytes(LARGEST_FILE), null);
  }

  private static DetailTypes ofFile(Path file, Path folderOrNull) throws IOException {
    try (InputStream schema = Files.newInputStream(file)) {
      return parse(
          schema.readNBytes(LARGEST_FILE), folderOrNull == null ? null : folderOrNull.toString());
    }
  }

  private static DetailTypes parse(byte[] utf8, String nameOrNull) {
    String json = new String(utf8, StandardCharsets.UTF_8).strip();
    if (!json.startsWith("{")) {
      throw new IllegalArgumentException(SCHEMA + " must be a JSON object");
    }
    try {
      DetailType type = DetailType.of(JSONObjectUtils.parse(json), nameOrNull);
      return new DetailTypes(Map.of(type.id(), type));
    } catch (ParseException notJson) {
      throw new IllegalArgumentException(SCHEMA + " must be a JSON object", notJson);
    }
  }

  /** These and further ones, which replace types of the same name. */
  public DetailTypes and(DetailTypes others) {
    Map<String, DetailType> all = new HashMap<>(types);
    all.putAll(others.types);
    return new DetailTypes(all);
  }

  /** The names of the types, for the metadata (RFC 9728 2). */
  public List<String> names() {
    return types.keySet().stream().sorted().toList();
  }

  DetailType find(String type) {
    DetailType known = types.get(type);
    return known == null ? DetailType.unknown(type) : known;
  }
}
