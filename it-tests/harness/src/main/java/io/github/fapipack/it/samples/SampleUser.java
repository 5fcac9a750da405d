package io.github.fapipack.it.samples;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.http.Json;
import java.util.List;

/** A user with everything that Keycloak would otherwise require at the first login. */
public final class SampleUser {
  /** The user's accounts, for requests that let the user choose. */
  public static final List<String> ACCOUNTS =
      List.of("DE75512108001245126199", "GB33BUKB20201555555555", "FR7630006000011234567890189");

  private SampleUser() {}

  /** The user in the format of the admin REST API. */
  public static ObjectNode json(String username, String password) {
    ObjectNode user = Json.object();
    user.put("username", username)
        .put("enabled", true)
        .put("firstName", "Alice")
        .put("lastName", "Adams")
        .put("email", username + "@example.org")
        .put("emailVerified", true);
    ACCOUNTS.forEach(user.putObject("attributes").putArray("accounts")::add);
    user.putArray("credentials")
        .addObject()
        .put("type", "password")
        .put("value", password)
        .put("temporary", false);
    return user;
  }
}
