package io.github.fapipack.resourceserver.details;

import io.github.fapipack.resourceserver.details.Coverage.Covered;
import io.github.fapipack.resourceserver.details.Coverage.NotCovered;
import io.github.fapipack.resourceserver.replay.StoreUnavailable;
import io.github.fapipack.resourceserver.token.AccessToken;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a user has approved: the authorization details of a token (RFC 9396 9.1).
 *
 * <pre>{@code
 * Use payment = Use.none().actions("initiate").amount("/instructedAmount", "123.50", "EUR");
 * Coverage coverage = call.details().useOnce("payment_initiation", payment);
 * }</pre>
 */
public final class GrantedDetails {
  private static final String TYPE = "type";

  private final AccessToken token;
  private final DetailRules rules;
  private final Uses uses;

  GrantedDetails(AccessToken token, DetailRules rules) {
    this.token = token;
    this.rules = rules;
    this.uses = new Uses(token, rules.store(), rules.kept(), rules.clock());
  }

  /** The objects as granted. */
  public List<Map<String, Object>> all() {
    return token.authorizationDetails();
  }

  /** Whether one granted object of a type covers the whole use, as often as it is asked. */
  public Coverage covers(String type, Use use) {
    List<Match> matches = matches(type, use);
    return matches.stream().anyMatch(Match::isComplete)
        ? new Covered()
        : notCovered(type, use, matches);
  }

  /**
   * The same for what is carried out once, such as a payment: a granted object that covers the use
   * is used up by it, on all nodes that share the store. Ask last, after all that can fail.
   *
   * <p>Two objects of one approval that differ only in what may be narrowed, such as the amount,
   * count as one. Of a type without a file ({@link DetailTypes}), all objects of one approval do,
   * since nobody knows what in them may be narrowed. An approval is a consent or a grant that the
   * token names; without them it is the user's session or login, so that a user who pays the same
   * twice in one session needs something that differs, such as a reference. A token that names none
   * of them is refused, because a client can get another one whenever it likes.
   */
  public Coverage useOnce(String type, Use use) {
    if (!uses.hasApproval() && covers(type, use) instanceof Covered) {
      return new NotCovered(
          "",
          "the token does not tell which approval it is of, so it is not taken for what happens"
              + " once",
          Template.of(type, use));
    }
    DetailType known = rules.types().find(type);
    return once(type, use, granted -> uses.first(known, granted));
  }

  /**
   * The same where a user can approve the same object again in one grant or session.
   *
   * @param approval which approval it is, from a register of the API; never what a caller may
   *     choose
   */
  public Coverage useOnce(String type, Use use, String approval) {
    DetailType known = rules.types().find(type);
    return once(type, use, granted -> uses.first(known, granted, approval));
  }

  private Coverage once(String type, Use use, FirstUse firstUse) {
    List<Match> matches = matches(type, use);
    boolean covered = false;
    try {
      for (Match match : matches) {
        if (match.isComplete()) {
          covered = true;
          if (firstUse.of(match.granted())) {
            return new Covered();
          }
        }
      }
    } catch (StoreUnavailable down) {
      return new Coverage.Unknown();
    }
    return covered
        ? new NotCovered(
            "",
            "what was approved for this was used already; ask the user to approve it again",
            Template.of(type, use))
        : notCovered(type, use, matches);
  }

  @FunctionalInterface
  private interface FirstUse {
    boolean of(Map<String, Object> granted) throws StoreUnavailable;
  }

  private List<Match> matches(String type, Use use) {
    DetailType known = rules.types().find(type);
    Instant now = rules.clock().instant();
    List<Match> matches = new ArrayList<>();
    for (Map<String, Object> granted : token.authorizationDetails()) {
      if (type.equals(granted.get(TYPE))) {
        matches.add(
            known.isOver(granted, now)
                ? new Match(granted, known.expires().stream().toList())
                : Match.of(granted, known, use));
      }
    }
    return matches;
  }

  /** The object that covers most tells what is missing. */
  private static NotCovered notCovered(String type, Use use, List<Match> matches) {
    Optional<Match> nearest =
        matches.stream().min(Comparator.comparingInt(match -> match.uncovered().size()));
    String member = nearest.map(match -> match.uncovered().get(0).toString()).orElse("");
    String sentence =
        nearest.isEmpty()
            ? "the token has no authorization details of the type that this needs"
            : "the authorization details of the token do not cover this in the member "
                + printable(member);
    return new NotCovered(member, sentence + "; ask the user for it", Template.of(type, use));
  }

  private static String printable(String pointer) {
    StringBuilder text = new StringBuilder(pointer.length());
    for (int i = 0; i < Math.min(pointer.length(), 100); i++) {
      char c = pointer.charAt(i);
      text.append(c > ' ' && c < 0x7f && c != '"' && c != '\\' ? c : '?');
    }
    return text.toString();
  }
}
