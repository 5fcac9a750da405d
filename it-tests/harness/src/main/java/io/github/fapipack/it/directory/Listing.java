package io.github.fapipack.it.directory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.http.Json;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** States in the list of participants that the box would not give, for directories that lie. */
final class Listing {
  private final Map<String, String> states = new ConcurrentHashMap<>();
  private final Served participants;
  private final Supplier<String> ofBox;

  Listing(Served participants, Supplier<String> ofBox) {
    this.participants = participants;
    this.ofBox = ofBox;
  }

  /** Lists an organisation or a software in this state from now on, and the others as they are. */
  void put(String id, String state) {
    states.put(id, state);
    participants.serve(this::altered);
  }

  private String altered() {
    JsonNode list = Json.parse(ofBox.get());
    alter(list);
    return list.toString();
  }

  private void alter(JsonNode node) {
    if (node instanceof ObjectNode object) {
      states.forEach(
          (id, state) -> {
            if (object.properties().stream()
                .anyMatch(each -> each.getValue().asText().equals(id))) {
              object.put(object.has("status") ? "status" : "Status", state);
            }
          });
    }
    node.forEach(this::alter);
  }
}
