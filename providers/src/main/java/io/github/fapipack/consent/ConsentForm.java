package io.github.fapipack.consent;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What the user has sent from the consent page, held against what she was asked: nothing in it can
 * approve more.
 */
final class ConsentForm {

  static final String APPROVE = "accept";
  static final String REFUSE = "cancel";
  static final String LIFETIME = "lifetime";

  /** Something is missing or wrong; the page says what, by a message key. */
  static final class Problem extends Exception {
    private static final long serialVersionUID = 1L;

    Problem(String messageKey) {
      super(messageKey);
    }
  }

  private final MultivaluedMap<String, String> fields;

  ConsentForm(MultivaluedMap<String, String> fields) {
    this.fields = fields;
  }

  /** Whether she has refused all of it. */
  boolean refuses() {
    return fields.containsKey(REFUSE);
  }

  /**
   * What she has approved.
   *
   * @param check what she can approve
   */
  Approval approval(ConsentRequest request, List<Item> items, ApprovalCheck check) throws Problem {
    if (!fields.containsKey(APPROVE)) {
      throw new Problem("fapi.consent.problem.unreadable");
    }
    List<ObjectNode> approved = new ArrayList<>();
    for (Item item : items) {
      if (!item.optional() || fields.containsKey(item.approveField())) {
        approved.add(item.chooses() ? chosen(item) : item.detail());
      }
    }
    Set<String> lifetimes = check.lifetimes().keySet();
    String lifetime = lifetimes.size() == 1 ? lifetimes.iterator().next() : single(LIFETIME);
    try {
      return check.approve(request, approved, lifetime);
    } catch (ApprovalCheck.Unapprovable e) {
      throw new Problem(
          e.fault() == ApprovalCheck.Fault.LIFETIME
              ? "fapi.consent.problem.lifetime"
              : "fapi.consent.problem.choice");
    }
  }

  /** What she has chosen of what was there, a line each, for the page to show once more. */
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

  private ObjectNode chosen(Item item) throws Problem {
    try {
      return item.with(values(item.chooseField()));
    } catch (IllegalArgumentException e) {
      throw new Problem("fapi.consent.problem.choice");
    }
  }

  private List<String> values(String name) {
    return fields.getOrDefault(name, List.of());
  }

  private String single(String name) throws Problem {
    List<String> values = values(name);
    if (values.size() != 1) {
      throw new Problem("fapi.consent.problem.lifetime");
    }
    return values.get(0);
  }
}
