package io.github.fapipack.it.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.admin.AdminClient;
import io.github.fapipack.it.http.Json;
import java.util.List;
import java.util.UUID;

/** A user of the master realm with some roles for a test realm. */
public final class Administrator {

  private Administrator() {}

  public static AdminClient of(TestRealm realm, List<String> roles) {
    AdminClient admin = realm.admin();
    String name = "admin-" + UUID.randomUUID().toString().substring(0, 8);
    String password = UUID.randomUUID().toString();
    ObjectNode user =
        Json.object()
            .put("username", name)
            .put("enabled", true)
            .put("email", name + "@example.org")
            .put("firstName", "Some")
            .put("lastName", "Administrator");
    user.putArray("credentials").addObject().put("type", "password").put("value", password);
    String id = admin.createUser("master", user);
    String client = admin.client("master", realm.name() + "-realm").path("id").asText();
    ArrayNode granted = Json.object().putArray("roles");
    for (JsonNode role : admin.get("/master/clients/" + client + "/roles")) {
      if (roles.contains(role.path("name").asText())) {
        granted.add(role);
      }
    }
    if (granted.size() != roles.size()) {
      throw new AssertionError("not all of these are roles: " + roles);
    }
    admin.send("POST", "/master/users/" + id + "/role-mappings/clients/" + client, granted);
    return admin.as(name, password);
  }
}
