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
 * One event of {@link RefusalLog}, read: requests that were refused alike, or a correction.
 *
 * @param client the client that the requests are of or name; null for none that is registered
 * @param proven whether they are the client's, and do not only say so
 * @param named whom they name where there is no such client
 * @param count for how many requests it stands
 * @param interactions the latest ids of them
 * @param faults what was objected to, the one that led to the answer first; never empty
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
   * What was objected to.
   *
   * @param rule null where no rule spoke, but Keycloak itself
   * @param reason in place of a rule
   * @param mode {@code enforce} or {@code report}
   * @param remedy null where nobody knows one
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
      if (remedy == null) { // as the last release has stored it
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

    /** Whether it is a rule's, or has the reason, of this name. */
    boolean isOf(String name) {
      return name.equals(rule) || name.equals(reason);
    }
  }

  /** Whether an event is one of ours. */
  static boolean is(Event event) {
    return event.getDetails() != null
        && (event.getDetails().containsKey(RefusalLog.RULE)
            || event.getDetails().containsKey(RefusalLog.REASON));
  }

  /** Reads an event of ours, of this release or an older one. */
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
        return List.of(); // nobody but us writes it
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

  /** Whether a rule has put right what a client has stored, which refused nothing. */
  boolean isCorrection() {
    return CORRECTED.equals(leading().error());
  }

  /** What the client was told of. */
  Fault leading() {
    return faults.get(0);
  }

  /** Whether requests were refused; otherwise they would have been. */
  boolean isRefused() {
    return !isCorrection() && !leading().isReport();
  }

  /** Whether a rule that only reports would have refused them. */
  boolean wouldFail() {
    return !isCorrection() && faults.stream().anyMatch(Fault::isReport);
  }
}
