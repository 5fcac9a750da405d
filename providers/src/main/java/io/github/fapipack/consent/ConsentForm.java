package io.github.fapipack.consent;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.approval.Approval;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The submitted form of the consent page, checked against the request: it cannot approve more than
 * was requested.
 */
final class ConsentForm {

  static final String APPROVE = "accept";
  static final String REFUSE = "cancel";
  static final String LIFETIME = "lifetime";

  private static final String CHOICE = "fapi.consent.problem.choice";
  private static final String LENGTH = "fapi.consent.problem.lifetime";

  /** Something is missing or wrong; has a message key for each field. */
  static final class Problem extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Map<String, String> places;

    Problem(Map<String, String> places) {
      super(places.values().iterator().next());
      this.places = Map.copyOf(places);
    }

    /** The message key for each field, or for the page under {@link #PAGE}. */
    Map<String, String> places() {
      return places;
    }
  }

  /** Stands in for a field if the message is about the page. */
  static final String PAGE = "page";

  private final MultivaluedMap<String, String> fields;

  ConsentForm(MultivaluedMap<String, String> fields) {
    this.fields = fields;
  }

  /** Whether the user refused everything. */
  boolean refuses() {
    return fields.containsKey(REFUSE);
  }

  /**
   * What the user approved.
   *
   * @param check what the user can approve
   */
  Approval approval(Question question, ApprovalCheck check) throws Problem {
    if (!fields.containsKey(APPROVE)) {
      throw new Problem(Map.of(PAGE, "fapi.consent.problem.unreadable"));
    }
    Map<String, String> problems = new LinkedHashMap<>();
    List<ObjectNode> approved = approved(question.items(), problems);
    String lifetime = question.bank() == null ? lifetime(question, check, problems) : null;
    try {
      accounts(question);
    } catch (Problem e) {
      problems.putAll(e.places());
    }
    if (!problems.isEmpty()) {
      throw new Problem(problems);
    }
    try {
      return check.approve(question.request(), approved, lifetime);
    } catch (ApprovalCheck.Unapprovable e) {
      throw new Problem(
          e.fault() == ApprovalCheck.Fault.LIFETIME
              ? Map.of(LIFETIME, LENGTH)
              : wrong(question.items()));
    }
  }

  /** The ids of the accounts that the user chose for the consent of the bank; may be empty. */
  List<String> accounts(Question question) throws Problem {
    if (question.accounts().isEmpty()) {
      return List.of();
    }
    try {
      return question.accounts().get().chosen(values(AccountChoice.FIELD));
    } catch (IllegalArgumentException e) {
      throw new Problem(Map.of(AccountChoice.FIELD, CHOICE));
    }
  }

  private List<ObjectNode> approved(List<Item> items, Map<String, String> problems) {
    List<ObjectNode> approved = new ArrayList<>();
    for (Item item : items) {
      if (!item.optional() || fields.containsKey(item.approveField())) {
        try {
          approved.add(item.chooses() ? item.with(values(item.chooseField())) : item.detail());
        } catch (IllegalArgumentException e) {
          problems.put(item.chooseField(), CHOICE);
        }
      }
    }
    return approved;
  }

  /** The chosen lifetime; null if there is none, which is then one of the problems. */
  private String lifetime(Question question, ApprovalCheck check, Map<String, String> problems) {
    Set<String> lifetimes = check.lifetimes(question.request()).keySet();
    List<String> picked = lifetimes.size() == 1 ? List.copyOf(lifetimes) : values(LIFETIME);
    if (picked.size() != 1) {
      problems.put(LIFETIME, LENGTH);
      return null;
    }
    return picked.get(0);
  }

  /** The user's valid choices, one per line, to show them again on the page. */
  String entered(Question question, Set<String> lifetimes) {
    List<String> lines = new ArrayList<>();
    for (Item item : question.items()) {
      if (fields.containsKey(item.approveField())) {
        lines.add(item.approveField());
      }
      if (item.chooses()) {
        item.options().stream()
            .filter(values(item.chooseField())::contains)
            .forEach(option -> lines.add(item.chooseField() + "=" + option));
      }
    }
    question.accounts().stream()
        .flatMap(accounts -> accounts.entered(values(AccountChoice.FIELD)).stream())
        .forEach(id -> lines.add(AccountChoice.FIELD + "=" + id));
    lifetimes.stream()
        .filter(values(LIFETIME)::contains)
        .forEach(lifetime -> lines.add(LIFETIME + "=" + lifetime));
    return String.join("\n", new LinkedHashSet<>(lines));
  }

  /**
   * The problems by field: each choice with a value that was not offered; if there is none, the
   * page.
   */
  private Map<String, String> wrong(List<Item> items) {
    Map<String, String> places = new LinkedHashMap<>();
    items.stream()
        .filter(Item::chooses)
        .filter(item -> !item.options().containsAll(values(item.chooseField())))
        .forEach(item -> places.put(item.chooseField(), CHOICE));
    return places.isEmpty() ? Map.of(PAGE, CHOICE) : places;
  }

  private List<String> values(String name) {
    return fields.getOrDefault(name, List.of());
  }
}
