package io.github.fapipack.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.http.Json;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What the source of a realm says in short about its ecosystem: the member {@code ecosystem} is the
 * id of a profile of the pack, {@code userAttributes} are attributes that users have beyond those
 * of the base, and {@code types} names a folder for each type of authorization details.
 */
final class RealmEcosystem {
  private static final String PROFILES = "providers/src/main/resources/fapi-ecosystems/";
  private static final String USER_ATTRIBUTES = RealmSources.USER_PROFILE + "/0/attributes";
  private static final String MESSAGES = "messages_";
  private static final String PROPERTIES = ".properties";

  private final Path folder;

  /**
   * @param folder that of the sources
   */
  RealmEcosystem(Path folder) {
    this.folder = folder;
  }

  /** Writes out what the short members stand for, and removes them. */
  void complete(ObjectNode source) {
    ObjectNode realm = source.withObject("/realm");
    JsonNode id = source.remove("ecosystem");
    if (id != null) {
      realm.withObject("/attributes").put("fapi.ecosystem", id.textValue());
      addScopes(
          realm.withObject("/clientScopes"),
          Json.read(folder.resolve("../..").resolve(PROFILES + id.textValue() + ".json")));
    }
    JsonNode attributes = source.remove("userAttributes");
    if (attributes != null) {
      addUserAttributes((ArrayNode) realm.at(USER_ATTRIBUTES), attributes);
    }
    JsonNode types = source.remove("types");
    if (types != null) {
      for (var type : types.properties()) {
        realm
            .withObject("/attributes")
            .put(
                "fapi.authorization-details." + type.getKey(),
                type(folder.resolve(type.getValue().textValue())).toString());
      }
    }
  }

  /** Administrators set them: a claim with one of them says who the user is. */
  private static void addUserAttributes(ArrayNode all, JsonNode added) {
    for (var attribute : added.properties()) {
      ObjectNode entry = all.addObject().put("name", attribute.getKey());
      entry.setAll((ObjectNode) attribute.getValue());
      ObjectNode permissions = entry.putObject("permissions");
      permissions.putArray("view").add("admin").add("user");
      permissions.putArray("edit").add("admin");
    }
  }

  /** The scopes that the roles name; the consent page shows what the bank says instead of them. */
  private static void addScopes(ObjectNode scopes, JsonNode profile) {
    for (JsonNode role : profile.path("roles")) {
      for (JsonNode scope : role.path("scopes")) {
        if (!scope.textValue().equals("openid") && !scopes.has(scope.textValue())) {
          scopes
              .putObject(scope.textValue())
              .put("description", profile.path("name").textValue())
              .put("protocol", "openid-connect")
              .putObject("attributes")
              .put("display.on.consent.screen", "false")
              .put("include.in.token.scope", "true");
        }
      }
    }
  }

  /** A type as a realm attribute has it, from files as a folder of the server has them. */
  private static JsonNode type(Path folder) {
    ObjectNode type = Json.object();
    type.set("schema", Json.read(folder.resolve("schema.json")));
    ObjectNode messages = type.putObject("messages");
    for (Path file : files(folder)) {
      String name = file.getFileName().toString();
      if (name.startsWith(MESSAGES)) {
        String language =
            name.substring(MESSAGES.length(), name.length() - PROPERTIES.length())
                .replace('_', '-');
        texts(file).forEach(messages.putObject(language)::put);
      }
    }
    type.put("template", text(folder.resolve("consent.ftl")));
    return type;
  }

  private static Map<String, String> texts(Path file) {
    Properties properties = new Properties();
    try (Reader in = Files.newBufferedReader(file)) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, String> texts = new TreeMap<>();
    properties.stringPropertyNames().forEach(key -> texts.put(key, properties.getProperty(key)));
    return texts;
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
