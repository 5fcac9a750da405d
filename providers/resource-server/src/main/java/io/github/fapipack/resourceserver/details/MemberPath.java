package io.github.fapipack.resourceserver.details;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A JSON Pointer to a member of an object, as in the files of our types (RFC 6901). */
final class MemberPath {
  /** What is at a path that leads nowhere; not the same as a JSON null. */
  static final Object MISSING = new Object();

  private final List<String> names;

  private MemberPath(List<String> names) {
    this.names = List.copyOf(names);
  }

  /**
   * The path.
   *
   * @throws IllegalArgumentException if the text is no JSON Pointer, or is that of the whole object
   */
  static MemberPath of(String pointer) {
    if (!pointer.startsWith("/")) {
      throw new IllegalArgumentException(
          "a member is named by its JSON Pointer, such as /instructedAmount/amount");
    }
    List<String> names = new ArrayList<>();
    int start = 1;
    for (int slash = pointer.indexOf('/', 1); slash >= 0; slash = pointer.indexOf('/', start)) {
      names.add(unescaped(pointer.substring(start, slash)));
      start = slash + 1;
    }
    names.add(unescaped(pointer.substring(start)));
    return new MemberPath(names);
  }

  /** The path of a member of the whole object. */
  static MemberPath root(String name) {
    return new MemberPath(List.of(name));
  }

  /** The path of a member of the object at this path. */
  MemberPath member(String name) {
    List<String> longer = new ArrayList<>(names);
    longer.add(name);
    return new MemberPath(longer);
  }

  /** What is there, or {@link #MISSING}; a path does not lead into arrays. */
  Object in(Object json) {
    Object value = json;
    for (String name : names) {
      if (!(value instanceof Map<?, ?> object) || !object.containsKey(name)) {
        return MISSING;
      }
      value = object.get(name);
    }
    return value;
  }

  /** The names on the way, the outermost first. */
  List<String> names() {
    return names;
  }

  private static String unescaped(String token) {
    return token.replace("~1", "/").replace("~0", "~");
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MemberPath path && names.equals(path.names);
  }

  @Override
  public int hashCode() {
    return names.hashCode();
  }

  /** The JSON Pointer. */
  @Override
  public String toString() {
    StringBuilder pointer = new StringBuilder();
    for (String name : names) {
      pointer.append('/').append(name.replace("~", "~0").replace("/", "~1"));
    }
    return pointer.toString();
  }
}
