package io.github.fapipack.audit;

import io.github.fapipack.profile.Change;
import io.github.fapipack.profile.ProfileFile.RuleUse;
import io.github.fapipack.profile.Severity;
import io.github.fapipack.rule.Refusal;
import io.github.fapipack.rule.Rule;
import io.github.fapipack.rule.Trial;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Asks each rule of a profile what would happen if the client were saved now. What a rule corrects
 * can be repaired, and so can what it refuses if a {@link Repair} satisfies it. New rules are
 * included automatically.
 */
final class ClientRules {

  private record Asked(Rule<?> rule, RuleUse use) {}

  private ClientRules() {}

  static void check(ClientUnderAudit client) {
    for (RuleUse use : client.profile().rulesInForce(client.session())) {
      use.rule(client.session()).ifPresent(rule -> check(client, new Asked(rule, use)));
    }
  }

  private static void check(ClientUnderAudit client, Asked asked) {
    Optional<Refusal> refusal = refusal(client, asked);
    if (refusal.isEmpty()) {
      List<Change> corrections = client.changes();
      if (!corrections.isEmpty()) {
        report(client, asked, corrections);
      }
    } else if (Repair.found(client.representation(), () -> refusal(client, asked).isEmpty())) {
      report(client, asked, refusal.get(), client.changes());
    } else {
      client.changes(); // the corrections that the rule made before it refused
      report(client, asked, refusal.get(), List.of());
    }
  }

  private static Optional<Refusal> refusal(ClientUnderAudit client, Asked asked) {
    return Trial.of(
        client.session(),
        asked.rule(),
        asked.use().configuration(),
        new SavedClient(client.representation(), client.stored()));
  }

  /** Reports what a rule corrects, also at run time; so it is only a warning. */
  private static void report(ClientUnderAudit client, Asked asked, List<Change> corrections) {
    client.report(
        new Finding(
            Severity.WARNING,
            asked.use().id(),
            asked.use().clause(asked.rule()),
            corrections.get(0).where(),
            "differs from what this rule sets whenever the client is used: "
                + asked.rule().getHelpText(),
            Finding.APPLY + "; with a tool that manages clients, write " + canonical(corrections),
            corrections));
  }

  /** The values in the form in which they are read back after being written. */
  private static String canonical(List<Change> corrections) {
    return corrections.stream()
        .map(
            change ->
                change.where().pointer()
                    + (change.after() == null || change.after().isNull()
                        ? " not at all"
                        : " as " + change.after()))
        .collect(Collectors.joining(", "));
  }

  private static void report(
      ClientUnderAudit client, Asked asked, Refusal refusal, List<Change> repairs) {
    client.report(
        new Finding(
            Severity.ERROR,
            asked.use().id(),
            asked.use().clause(asked.rule()),
            repairs.isEmpty() ? client.where().at(refusal.pointer()) : repairs.get(0).where(),
            refusal.getErrorDetail(),
            repairs.isEmpty()
                ? "change the client as said, and the software that uses it; until then it is"
                    + " refused, and can be disabled"
                : Finding.APPLY,
            repairs));
  }
}
