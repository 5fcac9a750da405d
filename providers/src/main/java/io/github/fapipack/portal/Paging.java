package io.github.fapipack.portal;

import java.util.HashMap;
import java.util.Map;

/**
 * Where a page stands in a long list.
 *
 * @param address of the list, with everything but the position
 * @param total how long the list is; -1 if that is not known
 * @param shown how many entries this part has
 */
record Paging(Words words, String address, int first, int shown, long total) {

  /** Entries on a page. */
  static final int SIZE = 20;

  private static final int LONGEST_NUMBER = 6;

  /** The position in a query; nothing else than a number means the beginning. */
  static int position(String sent) {
    return sent != null && sent.matches("[0-9]{1," + LONGEST_NUMBER + "}")
        ? Integer.parseInt(sent)
        : 0;
  }

  Map<String, Object> model() {
    Map<String, Object> model = new HashMap<>();
    String join = address.contains("?") ? "&" : "?";
    if (first > 0) {
      model.put("before", address + join + "first=" + Math.max(0, first - SIZE));
    }
    if (total < 0 ? shown == SIZE : first + shown < total) {
      model.put("after", address + join + "first=" + (first + SIZE));
    }
    if (total > SIZE) {
      model.put("position", words.of("page.position", first + 1, first + shown, total));
    }
    return model;
  }
}
