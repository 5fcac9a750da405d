package io.github.fapipack.profile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;

/**
 * One value that applying a profile changes. The same record, read backwards, undoes it.
 *
 * @param where what is changed
 * @param before the value there now; null if there is none
 * @param after the value to be; null if there is to be none
 */
public record Change(Where where, JsonNode before, JsonNode after) {

  public Change {
    before = before == null ? NullNode.getInstance() : before;
    after = after == null ? NullNode.getInstance() : after;
  }

  public Change reversed() {
    return new Change(where, after, before);
  }
}
