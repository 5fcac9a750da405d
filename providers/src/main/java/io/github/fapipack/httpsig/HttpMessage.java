package io.github.fapipack.httpsig;

import java.util.ArrayList;
import java.util.List;

/** What a signature can cover of an HTTP message; its content only through a digest. */
public sealed interface HttpMessage permits RequestMessage, ResponseMessage {

  /** The header fields in their order, a repeated one as often as it came. */
  List<HttpField> fields();

  /** Whether a header field of that name is there, be it empty. */
  default boolean has(String name) {
    for (HttpField field : fields()) {
      if (field.name().equalsIgnoreCase(name)) {
        return true;
      }
    }
    return false;
  }

  /** The values of one header field, line by line, as they came. */
  default List<String> lines(String name) {
    List<String> values = new ArrayList<>(1);
    for (HttpField field : fields()) {
      if (field.name().equalsIgnoreCase(name)) {
        values.add(field.value());
      }
    }
    return values;
  }

  /** The fields of a message and some more behind them. */
  static List<HttpField> append(List<HttpField> fields, List<HttpField> more) {
    List<HttpField> all = new ArrayList<>(fields);
    all.addAll(more);
    return List.copyOf(all);
  }
}
