package io.github.fapipack.doctor.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.admin.AdminClient;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.samples.LegacyBank;
import io.github.fapipack.it.server.KeycloakServer;
import io.github.fapipack.it.testing.TestServer;
import java.util.List;
import java.util.UUID;

/** A copy of the deliberately weak realm, deleted when closed. */
final class WeakRealm implements AutoCloseable {
  /** Of everybody whom a test adds. */
  static final String PASSWORD = "correct horse battery staple";

  private final KeycloakServer server = TestServer.get();
  private final String name = "it-page-" + UUID.randomUUID().toString().substring(0, 8);

  private WeakRealm() {
    ObjectNode realm = LegacyBank.realm();
    realm.remove("id");
    admin().importRealm(realm.put("realm", name).put("displayName", "Legacy Bank"));
  }

  static WeakRealm create() {
    return new WeakRealm();
  }

  String name() {
    return name;
  }

  KeycloakServer server() {
    return server;
  }

  AdminClient admin() {
    return server.admin();
  }

  /** Adds somebody who holds the given roles of the realm's administration; returns the id. */
  String addAdministrator(String username, String... roles) {
    return addAdministrator(server, name, username, roles);
  }

  static String addAdministrator(
      KeycloakServer server, String realm, String username, String... roles) {
    AdminClient admin = server.admin();
    ObjectNode user =
        Json.object()
            .put("username", username)
            .put("enabled", true)
            .put("emailVerified", true)
            .put("email", username + "@bank.example")
            .put("firstName", "Ada")
            .put("lastName", "Min");
    user.putArray("credentials")
        .addObject()
        .put("type", "password")
        .put("value", PASSWORD)
        .put("temporary", false);
    String id = admin.createUser(realm, user);
    String management = admin.client(realm, "realm-management").path("id").asText();
    List<JsonNode> held =
        List.of(roles).stream()
            .map(role -> admin.get("/" + realm + "/clients/" + management + "/roles/" + role))
            .toList();
    admin.send(
        "POST",
        "/" + realm + "/users/" + id + "/role-mappings/clients/" + management,
        Json.object().putArray("roles").addAll(held));
    return id;
  }

  JsonNode report(String query) {
    return admin().get("/" + name + "/fapi/report?" + query);
  }

  String mode() {
    return admin().get("/" + name + "/fapi/rollout?max=1").path("mode").asText();
  }

  @Override
  public void close() {
    admin().deleteRealm(name);
  }
}
