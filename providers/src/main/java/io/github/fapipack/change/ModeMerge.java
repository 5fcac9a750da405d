package io.github.fapipack.change;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.fapipack.profile.Change;
import io.github.fapipack.rule.Mode;
import io.github.fapipack.rule.Rollout;
import java.io.IOException;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.keycloak.util.JsonSerialization;

/**
 * Undoes a client's change of mode even if the modes of other clients were changed since; those
 * stay.
 */
public final class ModeMerge {

  private ModeMerge() {}

  /**
   * The change that leads from the present mode to one without the given change.
   *
   * @param current the realm's mode as it is stored now; null if all is enforced
   * @return the given change if that is not possible, which is then a conflict
   */
  public static Change onto(Change made, JsonNode current) {
    if (current == null || current.equals(made.after())) {
      return made;
    }
    try {
      Rollout before = read(made.before());
      Rollout after = read(made.after());
      Rollout now = read(current);
      Set<String> added = without(after.enforced(), before.enforced());
      Set<String> removed = without(before.enforced(), after.enforced());
      if (Stream.of(before, after, now).anyMatch(one -> one.mode() != Mode.REPORT)
          || !now.enforced().containsAll(added)
          || !Collections.disjoint(now.enforced(), removed)) {
        return made;
      }
      Set<String> merged = new TreeSet<>(without(now.enforced(), added));
      merged.addAll(removed);
      return new Change(
          made.where(), TextNode.valueOf(new Rollout(now.modeName(), merged).text()), current);
    } catch (IOException e) {
      return made;
    }
  }

  private static Rollout read(JsonNode kept) throws IOException {
    return kept.isNull()
        ? Rollout.complete()
        : JsonSerialization.readValue(kept.asText(), Rollout.class);
  }

  private static Set<String> without(Set<String> all, Set<String> others) {
    Set<String> rest = new HashSet<>(all);
    rest.removeAll(others);
    return rest;
  }
}
