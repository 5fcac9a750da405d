package io.github.fapipack.httpsig;

import java.util.ArrayList;
import java.util.List;

/** The parts of an HTTP message that a signature can cover; the content only through a digest. */
public sealed interface HttpMessage permits RequestMessage, ResponseMessage {

  /** The header fields in their order, including repeated ones. */
  List<HttpField> fields();

  /** Whether there is a header field with that name, even if it is empty. */
  default boolean has(String name) {
    for (HttpField field : fields()) {
      if (field.name().equalsIgnoreCase(name)) {
        return true;
      }
    }
    return false;
  }

  /** The values of one header field, line by line, unchanged. */
  default List<String> lines(String name) {
    List<String> values = new ArrayList<>(1);
    for (HttpField field : fields()) {
      if (field.name().equalsIgnoreCase(name)) {
        values.add(field.value());
      }
    }
    return values;
  }

  /** The fields of a message, followed by further ones. */
  static List<HttpField> append(List<HttpField> fields, List<HttpField> more) {
    List<HttpField> all = new ArrayList<>(fields);
    all.addAll(more);
    return List.copyOf(all);
  }
}
