package io.github.fapipack.profile;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * A place in a realm or its server.
 *
 * @param kind what sort of thing it is
 * @param name its name as people know it: a client_id, the name of a key, of a policy
 * @param id Keycloak's internal id, where a thing has one
 * @param pointer the field within its JSON, as a JSON Pointer; empty for all of it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Where(Kind kind, String name, String id, String pointer) {

  /** What can be looked at, by the names that the API uses. */
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
