package io.github.fapipack.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.fapipack.ecosystem.ParticipantState;
import io.github.fapipack.jose.StrictJson;
import io.github.fapipack.participants.NewSoftware;
import jakarta.ws.rs.core.Response.Status;
import java.util.Arrays;
import org.keycloak.services.ErrorResponse;

/** What an administrator sends about participants. A fault is HTTP 400 with a sentence. */
final class SentParticipant {

  private static final int LONGEST_REASON = 500;

  private final JsonNode sent;

  private SentParticipant(JsonNode sent) {
    this.sent = sent;
  }

  /** The body of a request, which must be a JSON object. */
  static SentParticipant of(String body) {
    try {
      JsonNode sent = StrictJson.value(body == null ? "" : body);
      if (sent.isObject()) {
        return new SentParticipant(sent);
      }
    } catch (JsonProcessingException e) {
      // refused below
    }
    throw ErrorResponse.error("the body must be a JSON object", Status.BAD_REQUEST);
  }

  /** A member that is text; null if there is none. */
  String text(String name) {
    return sent.path(name).textValue();
  }

  /** A member that is an id. */
  String id(String name) {
    if (!NewSoftware.isId(text(name))) {
      throw ErrorResponse.error(
          name + " must be a text of at most 255 characters", Status.BAD_REQUEST);
    }
    return text(name);
  }

  /** The state that the administrator has decided. */
  ParticipantState decision() {
    return state(
        String.valueOf(text("state")),
        ParticipantState.ACTIVE,
        ParticipantState.SUSPENDED,
        ParticipantState.WITHDRAWN);
  }

  /** The state of that name. */
  static ParticipantState state(String name, ParticipantState... allowed) {
    return Arrays.stream(allowed)
        .filter(state -> state.jsonName().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                ErrorResponse.error(
                    "state must be one of "
                        + String.join(
                            ", ", Arrays.stream(allowed).map(ParticipantState::jsonName).toList()),
                    Status.BAD_REQUEST));
  }

  /** Whoever ends somebody says why; whoever lifts that may. */
  static String reason(String text, ParticipantState state) {
    String reason = text == null || text.isBlank() ? null : text.strip();
    if (reason == null && state != ParticipantState.ACTIVE) {
      throw ErrorResponse.error("reason is missing; say why", Status.BAD_REQUEST);
    }
    if (reason != null && reason.length() > LONGEST_REASON) {
      throw ErrorResponse.error(
          "reason must have at most " + LONGEST_REASON + " characters", Status.BAD_REQUEST);
    }
    return reason;
  }

  /** A text to search for; databases reject U+0000 in queries. */
  static String search(String text) {
    if (text != null && text.indexOf('\0') >= 0) {
      throw ErrorResponse.error("search must be text", Status.BAD_REQUEST);
    }
    return text;
  }

  /** Whether a text can be the id of a row. */
  static boolean isRow(String id) {
    return id.matches("[0-9a-f-]{36}");
  }
}
