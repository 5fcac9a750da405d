package io.github.fapipack.participants;

import io.github.fapipack.ecosystem.ParticipantState;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What somebody has decided about an organisation or a software.
 *
 * @param why a name of a state in the directory, or the words of an administrator; null if unknown
 * @param since milliseconds since 1970
 * @param by the name of the administrator, otherwise null
 * @param onOrganisation whether it is about the whole organisation
 */
public record Decision(
    ParticipantState state,
    Source source,
    String why,
    long since,
    String by,
    boolean onOrganisation) {

  /** Who has decided; of several equal decisions the first one is shown. */
  public enum Source {
    ADMINISTRATOR,
    /** The list of participants that the directory publishes. */
    LIST,
    /** The latest software statement. */
    STATEMENT
  }

  /** The worst of some decisions, some of which may be null; empty if none is worse than active. */
  static Optional<Decision> worst(Stream<Decision> decisions) {
    return decisions
        .filter(Objects::nonNull)
        .filter(decision -> decision.state() != ParticipantState.ACTIVE)
        .min(
            Comparator.<Decision, ParticipantState>comparing(
                    Decision::state, Comparator.reverseOrder())
                .thenComparing(Decision::source));
  }

  /** What somebody who is refused for it can do; null stands for an unknown decision. */
  static String remedy(Decision decision) {
    return switch (decision == null ? Source.LIST : decision.source()) {
      case ADMINISTRATOR -> "ask the operator of this server";
      case LIST -> "ask the directory";
      case STATEMENT -> "send a new software statement";
    };
  }
}
