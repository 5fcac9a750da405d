package io.github.fapipack.ecosystem;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The place of a value in a document of a directory: a JSON Pointer (RFC 6901), in which {@code *}
 * stands for each element of an array, or for the value itself if it is not an array.
 */
public final class MemberPath {

  private static final String EACH = "/*";

  private final String text;
  private final List<JsonPointer> steps;

  /**
   * @param text empty for the whole document
   * @throws IllegalArgumentException if it is not such a path
   */
  @JsonCreator
  public MemberPath(String text) {
    this.text = text;
    List<JsonPointer> pointers = new ArrayList<>();
    for (String part : text.split("/\\*(?=/|$)", -1)) {
      pointers.add(JsonPointer.compile(part));
    }
    steps = List.copyOf(pointers);
  }

  /** All values at the place; none of them is null. */
  public List<JsonNode> all(JsonNode document) {
    Stream<JsonNode> found = Stream.of(document.at(steps.get(0)));
    for (JsonPointer step : steps.subList(1, steps.size())) {
      found = found.flatMap(MemberPath::elements).map(element -> element.at(step));
    }
    return found.filter(value -> !value.isMissingNode() && !value.isNull()).toList();
  }

  private static Stream<JsonNode> elements(JsonNode value) {
    List<JsonNode> elements = new ArrayList<>();
    if (value.isArray()) {
      value.forEach(elements::add);
    } else {
      elements.add(value);
    }
    return elements.stream();
  }

  /** The only value at the place; empty if there is none, or more than one. */
  public Optional<JsonNode> one(JsonNode document) {
    List<JsonNode> found = all(document);
    return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
  }

  /** The text at the place; empty if there is none, more than one, or no text. */
  public Optional<String> text(JsonNode document) {
    return one(document)
        .filter(JsonNode::isTextual)
        .map(JsonNode::textValue)
        .filter(value -> !value.isBlank());
  }

  /** The name of the last member, for messages. */
  public String name() {
    String end = text.endsWith(EACH) ? text.substring(0, text.length() - EACH.length()) : text;
    return end.substring(end.lastIndexOf('/') + 1);
  }

  @JsonValue
  @Override
  public String toString() {
    return text;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MemberPath path && path.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }
}
