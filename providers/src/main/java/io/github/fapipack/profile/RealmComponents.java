package io.github.fapipack.profile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.keycloak.common.util.MultivaluedHashMap;
import org.keycloak.component.ComponentModel;
import org.keycloak.models.RealmModel;
import org.keycloak.util.JsonSerialization;

/** Components of a realm without secrets and sub-components, in the form of a realm file. */
public final class RealmComponents {

  public static final String REGISTRATION_POLICIES =
      "/components/org.keycloak.services.clientregistration.policy.ClientRegistrationPolicy";
  public static final String USER_PROFILE =
      "/components/org.keycloak.userprofile.UserProfileProvider";

  private static final String PATH = "/components/";

  private RealmComponents() {}

  /** All of one kind, in an order that does not depend on the database. */
  public static List<ObjectNode> read(RealmModel realm, String pointer) {
    return realm
        .getComponentsStream(realm.getId(), pointer.substring(PATH.length()))
        .map(RealmComponents::json)
        .sorted(Comparator.comparing(ObjectNode::toString))
        .toList();
  }

  /** The same, from a profile's file. */
  public static List<ObjectNode> of(ProfileFile profile, String pointer) {
    List<ObjectNode> components = new ArrayList<>();
    for (JsonNode component : profile.json().at(pointer)) {
      components.add(json(model(component)));
    }
    return components;
  }

  /** As the value of a setting: a list of texts, each the JSON of a component. */
  public static JsonNode texts(List<ObjectNode> components) {
    return JsonSerialization.mapper.valueToTree(
        components.stream().map(ObjectNode::toString).sorted().toList());
  }

  /** Removes the components that are not given, adds the missing ones, and changes the others. */
  static void write(RealmModel realm, String pointer, JsonNode wanted) {
    List<JsonNode> missing = new ArrayList<>();
    wanted.forEach(text -> missing.add(parsed(text.asText())));
    String type = pointer.substring(PATH.length());
    List<ComponentModel> others = new ArrayList<>();
    for (ComponentModel present : realm.getComponentsStream(realm.getId(), type).toList()) {
      if (!missing.remove(json(present))) {
        others.add(present);
      }
    }
    for (ComponentModel other : others) {
      Optional<JsonNode> changed = missing.stream().filter(one -> isSame(one, other)).findFirst();
      if (changed.isPresent()) {
        missing.remove(changed.get());
        other.setConfig(config(changed.get()));
        realm.updateComponent(other);
      } else {
        realm.removeComponent(other);
      }
    }
    missing.forEach(component -> add(realm, type, component));
  }

  private static boolean isSame(JsonNode json, ComponentModel component) {
    ObjectNode present = json(component);
    present.set("config", json.path("config"));
    return present.equals(json);
  }

  private static void add(RealmModel realm, String type, JsonNode component) {
    ComponentModel model = model(component);
    model.setProviderType(type);
    model.setParentId(realm.getId());
    realm.addComponentModel(model);
  }

  private static JsonNode parsed(String text) {
    try {
      return JsonSerialization.mapper.readTree(text);
    } catch (IOException e) {
      throw new IllegalArgumentException("is no component", e);
    }
  }

  private static ComponentModel model(JsonNode component) {
    ComponentModel model = new ComponentModel();
    model.setName(component.path("name").textValue());
    model.setProviderId(component.path("providerId").asText());
    model.setSubType(component.path("subType").textValue());
    model.setConfig(config(component));
    return model;
  }

  private static MultivaluedHashMap<String, String> config(JsonNode component) {
    MultivaluedHashMap<String, String> config = new MultivaluedHashMap<>();
    component
        .path("config")
        .properties()
        .forEach(entry -> config.put(entry.getKey(), RealmFields.texts(entry.getValue())));
    return config;
  }

  private static ObjectNode json(ComponentModel component) {
    ObjectNode json = JsonSerialization.createObjectNode();
    if (component.getName() != null) {
      json.put("name", component.getName());
    }
    json.put("providerId", component.getProviderId());
    if (component.getSubType() != null) {
      json.put("subType", component.getSubType());
    }
    ObjectNode config = json.putObject("config");
    new TreeMap<>(component.getConfig())
        .forEach(
            (name, values) -> {
              ArrayNode texts = config.putArray(name);
              // The database does not keep the order.
              values.stream().filter(Objects::nonNull).sorted().forEach(texts::add);
            });
    return json;
  }
}
