package io.github.fapipack.participants;

import io.github.fapipack.ecosystem.ParticipantState;
import java.util.Locale;

/**
 * A search for software.
 *
 * @param organisation the id of the organisation's row; null for any
 * @param text a part of an id, a name or a client_id; null for any
 * @param state null for any
 * @param registered whether it has a client; null for any
 */
public record Search(String organisation, String text, ParticipantState state, Boolean registered) {

  String escapedText() {
    return text.toLowerCase(Locale.ROOT).replace("!", "!!").replace("%", "!%").replace("_", "!_");
  }
}
