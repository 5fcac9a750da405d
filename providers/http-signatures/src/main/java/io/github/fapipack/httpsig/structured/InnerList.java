package io.github.fapipack.httpsig.structured;

import java.util.List;

/** An inner list with its parameters (RFC 8941 3.1.1). */
public record InnerList(List<Item> items, Parameters parameters) implements Member {
  private static final int USUAL_LENGTH = 256;

  public InnerList {
    items = List.copyOf(items);
  }

  @Override
  public String serialize() {
    StringBuilder text = new StringBuilder(USUAL_LENGTH).append('(');
    for (Item item : items) {
      text.append(text.length() == 1 ? "" : " ").append(item.serialize());
    }
    return text.append(')').append(parameters.serialize()).toString();
  }
}
