package io.github.fapipack.rule;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.keycloak.events.Event;
import org.keycloak.util.JsonSerialization;

/**
 * A request that was refused, or would have been; one entry, however many rules object.
 *
 * @param client who sent it
 * @param leading the objection that the client was told; if it was told none, the first
 * @param others the further objections
 */
record RefusedRequest(Sender client, Objection leading, List<Objection> others) {

  /** Further ones are counted for their rules, but not listed. */
  private static final int MOST_OTHERS = 20;

  private static final int LONGEST_SENTENCE = 500;
  private static final int LONGEST_NAME = 255;

  /**
   * Who sent a request.
   *
   * @param clientId of a registered client, otherwise null
   * @param proven whether the request is proven to come from the client
   * @param named the client_id in the request, as it was sent, if there is no such client
   */
  record Sender(String clientId, boolean proven, String named) {
    static final Sender UNKNOWN = new Sender(null, false, null);
  }

  /** The request with these objections; empty if none of them is a fault. */
  static Optional<RefusedRequest> of(Sender client, List<Objection> found) {
    List<Objection> faults = new ArrayList<>(found.stream().filter(Objection::isFault).toList());
    if (faults.isEmpty()) {
      return Optional.empty();
    }
    Objection leading =
        faults.stream().filter(Objection::isEnforced).findFirst().orElse(faults.get(0));
    faults.remove(leading);
    return Optional.of(new RefusedRequest(client, leading, List.copyOf(faults)));
  }

  /** What similar requests have in common; all values come from bounded sets, whatever was sent. */
  record Kind(
      String realm,
      String client,
      boolean proven,
      String what,
      String mode,
      String error,
      String endpoint,
      List<String> others) {}

  Kind kind() {
    return new Kind(
        leading.realmId(),
        client.clientId(),
        client.proven(),
        leading.ruleOrReason(),
        leading.mode(),
        leading.error(),
        leading.endpoint(),
        // An unproven sender cannot create many kinds by breaking different combinations of rules.
        client.proven()
            ? others.stream().map(one -> one.mode() + one.ruleOrReason()).sorted().toList()
            : List.of());
  }

  /** The event that stores the request. */
  Event event() {
    Map<String, String> details = RefusalLog.details(leading);
    details.put(RefusalLog.REMEDY, shortened(leading.remedy() == null ? "" : leading.remedy()));
    details.put(RefusalLog.PROVEN, String.valueOf(client.proven()));
    details.put(RefusalLog.IDS, leading.interactionId() == null ? null : leading.interactionId());
    details.put(RefusalLog.NAMED, Printable.of(client.named(), LONGEST_NAME));
    if (!others.isEmpty()) {
      details.put(RefusalLog.OTHERS, othersAsJson());
    }
    details.values().removeIf(Objects::isNull);
    return event(leading, client.clientId(), details);
  }

  /** An event about a client whose request was refused. */
  static Event event(Objection objection, String clientId, Map<String, String> details) {
    Event event = new Event();
    event.setId(UUID.randomUUID().toString());
    event.setTime(objection.time());
    event.setType(RefusalLog.TYPE);
    event.setRealmId(objection.realmId());
    event.setRealmName(objection.realm());
    event.setClientId(clientId);
    event.setIpAddress(objection.address());
    event.setError(objection.error());
    event.setDetails(new HashMap<>(details));
    return event;
  }

  private String othersAsJson() {
    ArrayNode list = JsonSerialization.mapper.createArrayNode();
    others.stream().limit(MOST_OTHERS).map(RefusedRequest::json).forEach(list::add);
    return list.toString();
  }

  private static ObjectNode json(Objection one) {
    ObjectNode tree = JsonSerialization.createObjectNode();
    RefusalLog.details(one).forEach((name, value) -> tree.put(name, shortened(value)));
    tree.put("error", one.error());
    return one.remedy() == null ? tree : tree.put(RefusalLog.REMEDY, shortened(one.remedy()));
  }

  static String shortened(String text) {
    return text == null || text.length() <= LONGEST_SENTENCE
        ? text
        : text.substring(0, LONGEST_SENTENCE);
  }
}
