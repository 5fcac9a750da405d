package io.github.fapipack.it.apicheck;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Shows that the honest request passes, and then plays one attack after the other. */
final class CheckRun {
  /** How many attacks there are between two honest requests. */
  private static final int STRETCH = 5;

  private static final Duration BREATH = Duration.ofSeconds(2);
  private static final int LONGEST_BREATH = 30;

  private final CheckSettings settings;
  private final Scene scene;
  private final Consumer<Result> watcher;
  private final List<Result> results = new ArrayList<>();

  /** How many results are certain, because the honest request has passed after them. */
  private int certain;

  private int tried;

  CheckRun(CheckSettings settings, Consumer<Result> watcher) {
    this.settings = settings;
    this.scene = new Scene(settings);
    this.watcher = watcher;
  }

  /** The answer to the honest request; fails unless it is a success. */
  Answer begin() {
    requireBound(scene.holding());
    Answer answer = scene.honestly();
    if (!answer.isSuccess()) {
      throw new CheckFailure(
          "The honest request does not pass, so there is nothing to attack: "
              + answer.seen()
              + "\n   "
              + Words.plain(answer.body(), 300)
              + "\n   Check --url, --method, --body, --scope, --audience, --details and --sign, and"
              + " that the API trusts this issuer.");
    }
    return answer;
  }

  private void requireBound(Holding holding) {
    boolean dpop = holding.tokens().tokenType().equalsIgnoreCase("DPoP");
    String member = scene.usesDpop() ? "jkt" : "x5t#S256";
    if (scene.usesDpop() != dpop
        || (holding.isJwt() && holding.tokens().confirmation(member) == null)) {
      throw new CheckFailure(
          "The issuer's token is not bound as --bind says: its type is "
              + Words.plain(holding.tokens().tokenType(), 20)
              + ". Bind the tokens of this client, or correct --bind.");
    }
  }

  /** Plays every attack. */
  List<Result> play(List<Attack> attacks) {
    boolean alive = true;
    for (Attack attack : attacks) {
      Optional<String> reason =
          alive ? leftOut(attack) : Optional.of("the API has stopped answering");
      Result result = reason.map(why -> skipped(attack, why)).orElseGet(() -> play(attack));
      results.add(result);
      tried += result.verdict() == Verdict.SKIPPED ? 0 : 1;
      if (alive && (tried == STRETCH || result.verdict().isHole())) {
        alive = isAlive();
      }
      watcher.accept(results.get(results.size() - 1));
    }
    if (alive && tried > 0) {
      isAlive();
    }
    return List.copyOf(results);
  }

  private Optional<String> leftOut(Attack attack) {
    boolean chosen = settings.only().isEmpty() || settings.only().contains(attack.id());
    if (!chosen) {
      return Optional.of("not among --only");
    }
    return settings.ignored().contains(attack.id())
        ? Optional.of("ignored on request")
        : Optional.empty();
  }

  private static Result skipped(Attack attack, String why) {
    return new Result(attack, Verdict.SKIPPED, why);
  }

  private Result play(Attack attack) {
    try {
      Answer answer = attack.play().in(scene);
      if (isRateLimit(answer)) {
        breathe(answer);
        answer = attack.play().in(scene);
      }
      return judged(attack, answer);
    } catch (NotApplicable e) {
      return skipped(attack, e.getMessage());
    } catch (AssertionError | UncheckedIOException e) {
      return skipped(attack, "the issuer does not answer as expected");
    }
  }

  private Result judged(Attack attack, Answer answer) {
    String scheme = scene.client().constraint().tokenType();
    Verdict verdict = attack.expected().judge(answer, scheme);
    String seen = answer.seen();
    if (verdict == Verdict.WRONG_ANSWER && !answer.isSilence()) {
      seen += attack.expected().complaint(answer, scheme).map(why -> ": " + why).orElse("");
    }
    if (verdict == Verdict.PASSED_THROUGH
        && OtherTokenAttacks.SEEN_BY_INTROSPECTION_ONLY.contains(attack.id())) {
      return new Result(attack, Verdict.NOTABLE, seen + ": passes until it expires");
    }
    return new Result(attack, verdict, seen);
  }

  private static boolean isRateLimit(Answer answer) {
    return answer.status() == 429;
  }

  private static void breathe(Answer answer) {
    Duration wait =
        answer
            .headers()
            .get("Retry-After")
            .filter(value -> value.matches("\\d{1,3}"))
            .map(value -> Duration.ofSeconds(Math.min(Integer.parseInt(value), LONGEST_BREATH)))
            .orElse(BREATH);
    Pace.pause(wait);
  }

  /** Whether the honest request still passes; if not, refusals since it last did prove nothing. */
  private boolean isAlive() {
    Answer answer = scene.honestly();
    if (!answer.isSuccess()) {
      breathe(answer);
      answer = scene.honestly();
    }
    if (answer.isSuccess()) {
      certain = results.size();
      tried = 0;
      return true;
    }
    int last = results.size() - 1;
    while (last > certain && results.get(last).verdict() == Verdict.SKIPPED) {
      last--;
    }
    for (int i = certain; i <= last; i++) {
      results.set(i, uncertain(results.get(i), answer, i == last));
    }
    return false;
  }

  private static Result uncertain(Result result, Answer honest, boolean last) {
    String afterwards = ", and afterwards the honest request is answered with " + honest.seen();
    if (last) {
      return new Result(result.attack(), Verdict.SERVER_ERROR, result.seen() + afterwards);
    }
    boolean proves = result.verdict().isHole() || result.verdict() == Verdict.SKIPPED;
    return proves ? result : skipped(result.attack(), result.seen() + afterwards);
  }

  /** How many requests the API has got. */
  int sent() {
    return scene.sent();
  }
}
