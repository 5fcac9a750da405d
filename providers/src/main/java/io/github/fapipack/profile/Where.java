package io.github.fapipack.profile;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * A location in a realm or its server.
 *
 * @param kind the kind of object
 * @param name the name that people use: a client_id, the name of a key or of a policy
 * @param id Keycloak's internal id, if the object has one
 * @param pointer the field within its JSON, as a JSON Pointer; empty for the whole object
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Where(Kind kind, String name, String id, String pointer) {

  /** The kinds of objects, by their names in the API. */
  public enum Kind {
    realm,
    key,
    profile,
    policy,
    scope,
    client,
    server
  }

  public static Where realm(String pointer) {
    return new Where(Kind.realm, null, null, pointer);
  }

  public static Where of(Kind kind, String name) {
    return new Where(kind, name, null, "");
  }

  public Where at(String field) {
    return new Where(kind, name, id, field);
  }

  /** One step of a JSON Pointer, escaped. */
  public static String step(String name) {
    return "/" + name.replace("~", "~0").replace("/", "~1");
  }

  @Override
  public String toString() {
    return kind + (name == null ? "" : " " + name) + (pointer.isEmpty() ? "" : " " + pointer);
  }
}
