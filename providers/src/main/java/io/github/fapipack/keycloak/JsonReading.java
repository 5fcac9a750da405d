package io.github.fapipack.keycloak;

import org.keycloak.util.JsonSerialization;

/**
 * How Keycloak's one JSON mapper, which the whole server shares, reads a class of Keycloak's that
 * offers no hook of its own.
 */
public final class JsonReading {

  private JsonReading() {}

  /**
   * Called once for each class, before the first object of it is read.
   *
   * @param annotations has fields by the names of those of the class, with Jackson's annotations
   */
  public static void change(Class<?> type, Class<?> annotations) {
    JsonSerialization.mapper.addMixIn(type, annotations);
  }
}
