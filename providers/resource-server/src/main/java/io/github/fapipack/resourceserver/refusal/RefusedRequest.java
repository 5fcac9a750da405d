package io.github.fapipack.resourceserver.refusal;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Ends a check within this library; callers of the library get a {@code Refused} instead. It has no
 * stack trace, since strangers cause it at will.
 *
 * <p>The sentence says what is wrong and what to send instead, in printable ASCII without quotation
 * marks and backslashes (RFC 6750 3), and never repeats what the request contained.
 */
public final class RefusedRequest extends Exception {
  private static final long serialVersionUID = 1;

  private final Problem problem;
  private final String clause;
  private final transient Map<String, String> parameters;
  private final transient Duration retryAfterOrNull;

  /**
   * A refusal.
   *
   * @param sentence what is wrong and what to send instead, in lower case
   * @param clause the clause that demands it, such as {@code RFC9449 4.3-9}
   */
  public RefusedRequest(Problem problem, String sentence, String clause) {
    this(problem, sentence, clause, Map.of(), null);
  }

  private RefusedRequest(
      Problem problem,
      String sentence,
      String clause,
      Map<String, String> parameters,
      Duration retryAfterOrNull) {
    super(sentence, null, false, false);
    this.problem = problem;
    this.clause = clause;
    this.parameters = parameters;
    this.retryAfterOrNull = retryAfterOrNull;
  }

  /** The same with a further parameter of the challenge, such as {@code scope}. */
  public RefusedRequest with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(parameters);
    more.put(name, value);
    return new RefusedRequest(problem, getMessage(), clause, more, retryAfterOrNull);
  }

  /** The same, to be tried again after that time. */
  public RefusedRequest retryAfter(Duration wait) {
    return new RefusedRequest(problem, getMessage(), clause, parameters, wait);
  }

  public Problem problem() {
    return problem;
  }

  public String sentence() {
    return getMessage();
  }

  public String clause() {
    return clause;
  }

  /** Further parameters of the challenge, in their order. */
  public Map<String, String> parameters() {
    return parameters;
  }

  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfterOrNull);
  }
}
