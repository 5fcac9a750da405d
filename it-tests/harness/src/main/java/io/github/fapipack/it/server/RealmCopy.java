package io.github.fapipack.it.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.http.Json;

/** Copies of exported realms. */
public final class RealmCopy {
  private RealmCopy() {}

  /**
   * The export with another name in it: as the realm's own name and in paths, where Keycloak
   * repeats it, but not in words of which it is only a part.
   */
  public static ObjectNode of(JsonNode export, String newName) {
    String oldName = export.path("realm").asText();
    String text =
        export
            .toString()
            .replace("/realms/" + oldName + "/", "/realms/" + newName + "/")
            .replace("/admin/" + oldName + "/", "/admin/" + newName + "/")
            .replace("\"default-roles-" + oldName + "\"", "\"default-roles-" + newName + "\"");
    ObjectNode copy = (ObjectNode) Json.parse(text);
    // With the same id, two copies could not exist side by side.
    copy.remove("id");
    return copy.put("realm", newName);
  }
}
