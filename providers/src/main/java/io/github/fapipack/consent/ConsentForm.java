package io.github.fapipack.consent;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.approval.Approval;
import io.github.fapipack.approval.ConsentRequest;
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
  Approval approval(ConsentRequest request, List<Item> items, ApprovalCheck check) throws Problem {
    if (!fields.containsKey(APPROVE)) {
      throw new Problem(Map.of(PAGE, "fapi.consent.problem.unreadable"));
    }
    Map<String, String> problems = new LinkedHashMap<>();
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
    Set<String> lifetimes = check.lifetimes(request).keySet();
    List<String> picked = lifetimes.size() == 1 ? List.copyOf(lifetimes) : values(LIFETIME);
    if (picked.size() != 1) {
      problems.put(LIFETIME, LENGTH);
    }
    if (!problems.isEmpty()) {
      throw new Problem(problems);
    }
    String lifetime = picked.get(0);
    try {
      return check.approve(request, approved, lifetime);
    } catch (ApprovalCheck.Unapprovable e) {
      throw new Problem(
          e.fault() == ApprovalCheck.Fault.LIFETIME ? Map.of(LIFETIME, LENGTH) : wrong(items));
    }
  }

  /** The user's valid choices, one per line, to show them again on the page. */
  String entered(List<Item> items, Set<String> lifetimes) {
    List<String> lines = new ArrayList<>();
    for (Item item : items) {
      if (fields.containsKey(item.approveField())) {
        lines.add(item.approveField());
      }
      if (item.chooses()) {
        item.options().stream()
            .filter(values(item.chooseField())::contains)
            .forEach(option -> lines.add(item.chooseField() + "=" + option));
      }
    }
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
