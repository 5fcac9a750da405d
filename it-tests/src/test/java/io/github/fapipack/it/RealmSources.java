package io.github.fapipack.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.http.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The realm files of {@code realm-exports/}, generated from {@code realm-exports/src/}: {@code
 * base.json} is the source of one realm, and each {@code NAME.overlay.json} says in what another
 * one differs from it, or from the overlay that it extends. {@code realm-exports/README.md}
 * describes the format.
 */
final class RealmSources {
  private static final String BASE = "base.json";
  private static final String OVERLAY = ".overlay.json";
  private static final String FRAGMENT = ".fragment.json";
  private static final String EXTENDS = "extends";
  private static final String FRAGMENTS = "with";

  /** Lists of the realm that are objects in the sources, so that an overlay can name one entry. */
  private static final Set<String> LISTS_BY_NAME =
      Set.of("/clientScopes", "/components/org.keycloak.keys.KeyProvider");

  /** What is JSON in the sources, and text in the realm. */
  static final String USER_PROFILE =
      "/components/org.keycloak.userprofile.UserProfileProvider/0/config/kc.user.profile.config";

  private final Path folder;

  RealmSources(Path folder) {
    this.folder = folder;
  }

  /** The text of each realm file, by the name of its realm. */
  Map<String, String> realms() {
    Map<String, String> realms = new LinkedHashMap<>();
    add(realms, read(BASE));
    try (Stream<Path> files = Files.list(folder)) {
      files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(OVERLAY))
          .sorted()
          .map(name -> name.substring(0, name.length() - OVERLAY.length()))
          .forEach(name -> add(realms, source(name, Set.of())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return realms;
  }

  private void add(Map<String, String> realms, ObjectNode source) {
    new RealmEcosystem(folder).complete(source);
    ObjectNode realm = realm(source);
    realms.put(realm.path("realm").textValue(), RealmText.of(realm));
  }

  /**
   * The source of a realm: its overlay applied to the base, or to the overlay that it extends, with
   * the fragments that it names.
   *
   * @param extending the overlays that build on it
   */
  private ObjectNode source(String name, Set<String> extending) {
    if (extending.contains(name)) {
      throw new IllegalArgumentException(name + OVERLAY + " extends itself");
    }
    ObjectNode overlay = read(name + OVERLAY);
    JsonNode extended = overlay.remove(EXTENDS);
    JsonNode fragments = overlay.path(FRAGMENTS);
    overlay.remove(FRAGMENTS);
    Set<String> all = new HashSet<>(extending);
    all.add(name);
    ObjectNode source = extended == null ? read(BASE) : source(extended.textValue(), all);
    for (JsonNode fragment : fragments) {
      source = overlaid(source, read(fragment.textValue() + FRAGMENT));
    }
    return overlaid(source, overlay);
  }

  private ObjectNode read(String file) {
    return (ObjectNode) Json.read(folder.resolve(file));
  }

  /**
   * The source of another realm: the overlay applied to the base as a JSON Merge Patch (RFC 7396).
   * The order of rules counts, so a rule that the base lacks stands behind the one that the overlay
   * names before it, and first if it names none.
   */
  static ObjectNode overlaid(ObjectNode base, ObjectNode overlay) {
    ObjectNode patched = base.deepCopy();
    patched.set("rules", withPlaces(base.path("rules"), overlay.path("rules")));
    return (ObjectNode) merged(patched, overlay);
  }

  private static ObjectNode withPlaces(JsonNode rules, JsonNode overlay) {
    Map<String, JsonNode> placed = new LinkedHashMap<>();
    String before = null;
    Map<String, List<String>> behind = new LinkedHashMap<>();
    for (var entry : overlay.properties()) {
      if (!rules.has(entry.getKey())) {
        behind.computeIfAbsent(before, name -> new ArrayList<>()).add(entry.getKey());
      } else {
        before = entry.getKey();
      }
    }
    behind.getOrDefault(null, List.of()).forEach(name -> placed.put(name, Json.object()));
    rules
        .properties()
        .forEach(
            entry -> {
              placed.put(entry.getKey(), entry.getValue());
              behind
                  .getOrDefault(entry.getKey(), List.of())
                  .forEach(name -> placed.put(name, Json.object()));
            });
    ObjectNode result = Json.object();
    result.setAll(placed);
    return result;
  }

  /** JSON Merge Patch: members replace each other, objects are merged, null removes. */
  private static JsonNode merged(JsonNode target, JsonNode patch) {
    if (!patch.isObject()) {
      return patch;
    }
    ObjectNode result = target.isObject() ? ((ObjectNode) target).deepCopy() : Json.object();
    for (var member : patch.properties()) {
      if (member.getValue().isNull()) {
        result.remove(member.getKey());
      } else {
        JsonNode old = result.path(member.getKey());
        result.set(member.getKey(), merged(old, member.getValue()));
      }
    }
    return result;
  }

  private static ObjectNode realm(ObjectNode source) {
    ObjectNode realm = source.withObject("/realm").deepCopy();
    LISTS_BY_NAME.forEach(pointer -> list(realm, pointer));
    ArrayNode userProfile = (ArrayNode) realm.at(USER_PROFILE);
    userProfile.set(0, userProfile.get(0).toString());

    ObjectNode profile = source.withObject("/profile").deepCopy();
    ArrayNode executors = profile.putArray("executors");
    for (var rule : source.path("rules").properties()) {
      ObjectNode executor = executors.addObject().put("executor", rule.getKey());
      executor.set("configuration", merged(source.path("everyRule"), rule.getValue()));
    }
    realm.putObject("clientProfiles").putArray("profiles").add(profile);

    ObjectNode policy = source.withObject("/policy").deepCopy();
    policy.putArray("profiles").add(profile.path("name"));
    realm.putObject("clientPolicies").putArray("policies").add(policy);
    return realm;
  }

  /** Makes an object a list, whose entries have the member names as their {@code name}. */
  private static void list(ObjectNode realm, String pointer) {
    int last = pointer.lastIndexOf('/');
    ObjectNode parent = (ObjectNode) realm.at(pointer.substring(0, last));
    String name = pointer.substring(last + 1);
    JsonNode byName = parent.path(name);
    ArrayNode entries = parent.putArray(name);
    for (var entry : byName.properties()) {
      entries.addObject().put("name", entry.getKey()).setAll((ObjectNode) entry.getValue());
    }
  }
}
