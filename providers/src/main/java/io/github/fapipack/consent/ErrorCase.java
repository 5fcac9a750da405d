package io.github.fapipack.consent;

import io.github.fapipack.rule.Interaction;
import io.github.fapipack.rule.Refusal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.utils.FormMessage;

/**
 * One error that was shown to a user. It is stored as the last parameter of Keycloak's message,
 * which Keycloak signs into a cookie, so that the page can be shown again in another language.
 *
 * @param kind what it means to the user
 * @param code the OAuth error code, or the key of Keycloak's message
 * @param reference the interaction id of the failed request
 * @param rest the parameters of Keycloak's message
 */
record ErrorCase(ErrorKind kind, String code, String reference, List<Object> rest) {

  private static final Pattern WRITTEN =
      Pattern.compile("fapi:([A-Z]{3,20}):([A-Za-z0-9._-]{1,80}):([0-9a-fA-F-]{36})");

  /** The error of the current request. */
  static ErrorCase of(
      KeycloakSession session, FormMessage message, boolean known, ErrorKind.Sent sent) {
    List<Object> rest =
        message.getParameters() == null ? List.of() : Arrays.asList(message.getParameters());
    Optional<ErrorCase> before = read(message);
    if (before.isPresent()) {
      return before.get();
    }
    ErrorKind kind = ErrorKind.of(message.getMessage(), known, rest, sent);
    String code =
        known
            ? kind == ErrorKind.SPENT ? "invalid_request_uri" : message.getMessage()
            : Refusal.of(session).map(Refusal::getError).orElse("invalid_request");
    return new ErrorCase(kind, code, Interaction.of(session), rest);
  }

  /** The error that an earlier request stored in a message. */
  static Optional<ErrorCase> read(FormMessage message) {
    Object[] parameters = message.getParameters();
    if (parameters == null || parameters.length == 0) {
      return Optional.empty();
    }
    Matcher written = WRITTEN.matcher(String.valueOf(parameters[parameters.length - 1]));
    if (!written.matches()) {
      return Optional.empty();
    }
    List<Object> rest = Arrays.asList(parameters).subList(0, parameters.length - 1);
    return Stream.of(ErrorKind.values())
        .filter(kind -> kind.name().equals(written.group(1)))
        .findFirst()
        .map(kind -> new ErrorCase(kind, written.group(2), written.group(3), rest));
  }

  /** The parameters of the message, with this error added. */
  Object[] parameters() {
    return Stream.concat(rest.stream(), Stream.of("fapi:" + kind + ":" + code + ":" + reference))
        .toArray();
  }
}
