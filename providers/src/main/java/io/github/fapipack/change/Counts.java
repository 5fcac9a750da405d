package io.github.fapipack.change;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.profile.Change;
import io.github.fapipack.profile.Where;
import io.github.fapipack.rule.JsonName;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.keycloak.util.JsonSerialization;

/** Counts a list of changes by the kinds of objects. */
public final class Counts {

  private Counts() {}

  /**
   * Counts changes.
   *
   * @return {@code changes}, all of them; for each kind of object how many changes, but {@code
   *     client} has how many clients are changed and {@code disabled} how many are disabled
   */
  static ObjectNode of(List<Change> changes) {
    ObjectNode counts = JsonSerialization.createObjectNode().put("changes", changes.size());
    Set<String> clients = new HashSet<>();
    int disabled = 0;
    for (Change change : changes) {
      Where where = change.where();
      if (where.kind() != Where.Kind.client) {
        String kind = JsonName.of(where.kind());
        counts.put(kind, counts.path(kind).asInt() + 1);
      } else if (where.pointer().equals("/enabled") && !change.after().asBoolean()) {
        disabled++;
      } else {
        clients.add(where.id());
      }
    }
    return counts.put("client", clients.size()).put("disabled", disabled);
  }
}
