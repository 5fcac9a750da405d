package io.github.fapipack.scheme;

import java.util.Map;
import java.util.function.Supplier;
import org.keycloak.events.admin.OperationType;
import org.keycloak.services.resources.admin.AdminEventBuilder;

/** Writes an admin event for each change: who, when, what, and the values that were set. */
final class ChangeEvents {

  /** What all paths of these events begin with. */
  static final String ROOT = "fapi-scheme";

  private static final String TYPE = "FAPI_SCHEME_";

  private final Supplier<AdminEventBuilder> events;

  /**
   * @param events makes a new event of the person or program that acts
   */
  ChangeEvents(Supplier<AdminEventBuilder> events) {
    this.events = events;
  }

  /**
   * Writes an event.
   *
   * @param what the kind of thing, such as {@code SOFTWARE}
   * @param values what was set; null values are left out
   */
  void write(OperationType operation, String what, Map<String, ?> values, String... path) {
    String[] whole = new String[path.length + 1];
    whole[0] = ROOT;
    System.arraycopy(path, 0, whole, 1, path.length);
    events
        .get()
        .resource(TYPE + what)
        .operation(operation)
        .resourcePath(whole)
        .representation(values)
        .success();
  }

  /** The kind of thing of an event, as people know it; the opposite of {@link #write}. */
  static String what(String resourceType) {
    return resourceType.startsWith(TYPE)
        ? resourceType.substring(TYPE.length()).toLowerCase(java.util.Locale.ROOT)
        : resourceType;
  }
}
