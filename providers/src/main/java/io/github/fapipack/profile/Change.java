package io.github.fapipack.profile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;

/**
 * One value that applying a profile changes. The same record, applied in reverse, undoes it.
 *
 * @param where what is changed
 * @param before the present value; null if there is none
 * @param after the new value; null if there will be none
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
