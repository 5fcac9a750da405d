package io.github.fapipack.rollout;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.fapipack.rule.Refusal;
import io.github.fapipack.rule.RefusalLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.keycloak.events.Event;
import org.keycloak.util.JsonSerialization;

/**
 * One parsed event of {@link RefusalLog}: similar refused requests, or a correction.
 *
 * @param client the client that sent or named the requests; null if it is not registered
 * @param proven whether they are proven to come from the client
 * @param named the client_id in the requests, if there is no such client
 * @param count for how many requests it stands
 * @param interactions the latest ids of them
 * @param faults the objections, the one that led to the response first; never empty
 */
record RefusedRow(
    String id,
    long time,
    String client,
    boolean proven,
    String named,
    String endpoint,
    String address,
    long count,
    List<String> interactions,
    List<Fault> faults) {

  private static final String CORRECTED = "corrected";
  private static final String ERROR = "error";

  /**
   * One objection.
   *
   * @param rule null if Keycloak refused
   * @param reason if there is no rule
   * @param mode {@code enforce} or {@code report}
   * @param remedy null if unknown
   */
  record Fault(
      String rule,
      String reason,
      String clause,
      String mode,
      String error,
      String seen,
      String remedy) {

    private static Fault of(Map<String, String> details, String error) {
      String sentence = Objects.requireNonNullElse(details.get(RefusalLog.SENTENCE), "");
      String plain = sentence.replaceFirst(" \\(fapi[^()]*\\)$", "");
      String remedy = details.get(RefusalLog.REMEDY);
      if (remedy == null) { // in the form of an earlier release
        remedy = Refusal.remedyIn(plain);
        plain = Refusal.wrongIn(plain);
      } else if (!remedy.isEmpty() && plain.endsWith("; " + remedy)) {
        plain = plain.substring(0, plain.length() - remedy.length() - 2);
      }
      return new Fault(
          details.get(RefusalLog.RULE),
          details.get(RefusalLog.REASON),
          details.get(RefusalLog.CLAUSE),
          details.get(RefusalLog.MODE),
          error,
          plain,
          remedy == null || remedy.isEmpty() ? null : remedy);
    }

    boolean isReport() {
      return "report".equals(mode);
    }

    /** Whether this is the rule or the reason with that name. */
    boolean isOf(String name) {
      return name.equals(rule) || name.equals(reason);
    }
  }

  /** Whether an event is one of the pack. */
  static boolean is(Event event) {
    return event.getDetails() != null
        && (event.getDetails().containsKey(RefusalLog.RULE)
            || event.getDetails().containsKey(RefusalLog.REASON));
  }

  /** Parses an event of the pack, of this release or an older one. */
  static RefusedRow of(Event event) {
    Map<String, String> details = event.getDetails();
    List<Fault> faults = new ArrayList<>();
    faults.add(Fault.of(details, event.getError()));
    faults.addAll(others(details.get(RefusalLog.OTHERS)));
    String ids = details.get(RefusalLog.IDS);
    return new RefusedRow(
        event.getId(),
        event.getTime(),
        event.getClientId(),
        event.getClientId() != null && !"false".equals(details.get(RefusalLog.PROVEN)),
        details.get(RefusalLog.NAMED),
        details.get(RefusalLog.ENDPOINT),
        event.getIpAddress(),
        count(details),
        ids == null ? List.of() : List.of(ids.split(" ")),
        List.copyOf(faults));
  }

  private static List<Fault> others(String json) {
    List<Fault> others = new ArrayList<>();
    if (json != null) {
      try {
        for (JsonNode one : JsonSerialization.mapper.readTree(json)) {
          Map<String, String> details =
              JsonSerialization.mapper.convertValue(
                  one,
                  JsonSerialization.mapper
                      .getTypeFactory()
                      .constructMapType(Map.class, String.class, String.class));
          others.add(Fault.of(details, details.get(ERROR)));
        }
      } catch (JsonProcessingException | IllegalArgumentException e) {
        return List.of(); // nobody else writes it
      }
    }
    return others;
  }

  private static long count(Map<String, String> details) {
    try {
      return Long.parseLong(details.getOrDefault(RefusalLog.COUNT, "1"));
    } catch (NumberFormatException e) {
      return 1;
    }
  }

  /** Whether a rule has corrected a stored client, which refuses nothing. */
  boolean isCorrection() {
    return CORRECTED.equals(leading().error());
  }

  /** The objection that the client was told. */
  Fault leading() {
    return faults.get(0);
  }

  /** Whether requests were refused, rather than only would have been. */
  boolean isRefused() {
    return !isCorrection() && !leading().isReport();
  }

  /** Whether a rule in report mode would have refused them. */
  boolean wouldFail() {
    return !isCorrection() && faults.stream().anyMatch(Fault::isReport);
  }
}
