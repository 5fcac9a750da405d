package io.github.fapipack.it;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** A user with everything that Keycloak would otherwise ask for at the first login. */
public final class SampleUser {
  private SampleUser() {}

  /** The user as the admin REST API takes it. */
  public static ObjectNode json(String username, String password) {
    ObjectNode user = Json.object();
    user.put("username", username)
        .put("enabled", true)
        .put("firstName", "Alice")
        .put("lastName", "Adams")
        .put("email", username + "@example.org")
        .put("emailVerified", true);
    user.putArray("credentials")
        .addObject()
        .put("type", "password")
        .put("value", password)
        .put("temporary", false);
    return user;
  }
}
