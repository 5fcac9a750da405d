package io.github.fapipack.rest;

import io.github.fapipack.profile.ProfileFile;
import io.github.fapipack.profile.ProfileFiles;
import io.github.fapipack.rule.Mode;
import jakarta.ws.rs.core.Response.Status;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.ErrorResponse;

/** The query parameters of the admin API. A fault in one is HTTP 400 with a sentence. */
final class Parameters {

  private Parameters() {}

  /**
   * A misspelt or empty parameter must not be ignored: without the name of a client, for example, a
   * request would affect all clients.
   */
  static void allow(KeycloakSession session, String... names) {
    session
        .getContext()
        .getUri()
        .getQueryParameters()
        .forEach(
            (name, values) -> {
              if (!List.of(names).contains(name)) {
                throw ErrorResponse.error(
                    "there is no such parameter; choose from " + String.join(", ", names),
                    Status.BAD_REQUEST);
              }
              if (values.size() > 1 || values.get(0).isEmpty()) {
                throw ErrorResponse.error(
                    name + " must have one value, or be left out", Status.BAD_REQUEST);
              }
            });
  }

  /** An invalid value must not count as false, which could mean "do it". */
  static boolean flag(String name, String value) {
    return switch (value) {
      case "true" -> true;
      case "false" -> false;
      default -> throw ErrorResponse.error(name + " must be true or false", Status.BAD_REQUEST);
    };
  }

  /** The mode of that name, in letters of either case. */
  static Mode mode(String name) {
    try {
      return Mode.valueOf(String.valueOf(name).toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw ErrorResponse.error("mode must be report or enforce", Status.BAD_REQUEST);
    }
  }

  /** The profile of that name; null for the one that is recommended to a realm. */
  static ProfileFile profile(RealmModel realm, String name) {
    if (name == null) {
      return ProfileFiles.recommended(realm);
    }
    return Optional.ofNullable(ProfileFiles.of(realm).get(name))
        .orElseThrow(
            () ->
                ErrorResponse.error(
                    "there is no such profile; choose one of "
                        + String.join(", ", ProfileFiles.of(realm).keySet()),
                    Status.BAD_REQUEST));
  }
}
