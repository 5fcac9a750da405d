package io.github.fapipack.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fapipack.it.admin.AdminClient;
import io.github.fapipack.it.admin.AdminResponse;
import io.github.fapipack.it.testing.TestRealm;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;

/** The audit and the repair of one test realm, as an administrator calls them. */
record Doctor(TestRealm realm, AdminClient admin) {

  static Doctor of(TestRealm realm) {
    return new Doctor(realm, realm.admin());
  }

  AdminResponse send(String method, String path, JsonNode bodyOrNull) {
    return admin.send(method, "/" + realm.name() + "/fapi/" + path, bodyOrNull);
  }

  private JsonNode expect(String method, String path, JsonNode bodyOrNull) {
    AdminResponse answer = send(method, path, bodyOrNull);
    if (answer.status() != 200) {
      throw new AssertionError(method + " " + path + ": " + answer.status() + " " + answer.body());
    }
    return answer.json();
  }

  JsonNode report(String query) {
    return expect("GET", "report?" + query, null);
  }

  /** The findings of a report on the FAPI 2.0 Security Profile. */
  List<JsonNode> findings() {
    return list(report("").path("findings"));
  }

  /** The findings on one client. */
  List<JsonNode> findings(String clientId) {
    return list(report("client=" + clientId).path("findings"));
  }

  JsonNode plan(String query) {
    return expect("POST", "apply?dryRun=true&" + query, null);
  }

  JsonNode apply(String query) {
    return expect("POST", "apply?dryRun=false&" + query, null);
  }

  JsonNode undo(JsonNode document) {
    return expect("POST", "undo", document);
  }

  /** Everything in an export of the realm, without the order of lists. */
  JsonNode export() {
    return admin
        .send(
            "POST",
            "/" + realm.name() + "/partial-export?exportClients=true&exportGroupsAndRoles=true",
            null)
        .json();
  }

  static List<JsonNode> list(JsonNode array) {
    List<JsonNode> list = new ArrayList<>();
    array.forEach(list::add);
    return list;
  }

  static Predicate<JsonNode> by(String rule) {
    return finding -> finding.path("rule").asText().equals(rule);
  }

  static List<String> texts(JsonNode array, String pointer) {
    return StreamSupport.stream(array.spliterator(), false)
        .map(entry -> entry.at(pointer).asText())
        .toList();
  }
}
