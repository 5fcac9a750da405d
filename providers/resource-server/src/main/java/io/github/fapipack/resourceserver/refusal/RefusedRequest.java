package io.github.fapipack.resourceserver.refusal;

import io.github.fapipack.httpsig.HttpField;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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
  private final transient Details details;

  /** What goes into the answer beside the sentence. */
  private record Details(
      Map<String, String> parameters,
      Map<String, Object> members,
      List<HttpField> fields,
      Optional<Duration> retryAfter) {
    static final Details NONE = new Details(Map.of(), Map.of(), List.of(), Optional.empty());
  }

  /**
   * A refusal.
   *
   * @param sentence what is wrong and what to send instead, in lower case
   * @param clause the clause that demands it, such as {@code RFC9449 4.3-9}
   */
  public RefusedRequest(Problem problem, String sentence, String clause) {
    this(problem, sentence, clause, Details.NONE);
  }

  private RefusedRequest(Problem problem, String sentence, String clause, Details details) {
    super(sentence, null, false, false);
    this.problem = problem;
    this.clause = clause;
    this.details = details;
  }

  /** The same with a further parameter of the challenge, such as {@code scope}. */
  public RefusedRequest with(String name, String value) {
    return but(
        new Details(
            plus(details.parameters, name, value),
            details.members,
            details.fields,
            details.retryAfter));
  }

  /** The same with a further member of the body, as JSON of maps, lists, strings and numbers. */
  public RefusedRequest withMember(String name, Object value) {
    return but(
        new Details(
            details.parameters,
            plus(details.members, name, value),
            details.fields,
            details.retryAfter));
  }

  /** The same with a further header field in the answer, such as {@code DPoP-Nonce}. */
  public RefusedRequest answering(HttpField field) {
    List<HttpField> more = new ArrayList<>(details.fields);
    more.add(field);
    return but(new Details(details.parameters, details.members, more, details.retryAfter));
  }

  /** The same, to be tried again after that time. */
  public RefusedRequest retryAfter(Duration wait) {
    return but(new Details(details.parameters, details.members, details.fields, Optional.of(wait)));
  }

  private RefusedRequest but(Details other) {
    return new RefusedRequest(problem, getMessage(), clause, other);
  }

  private static <T> Map<String, T> plus(Map<String, T> map, String name, T value) {
    Map<String, T> more = new LinkedHashMap<>(map);
    more.put(name, value);
    return more;
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
    return details.parameters;
  }

  /** Further members of the body. */
  public Map<String, Object> members() {
    return details.members;
  }

  /** Further header fields of the answer. */
  public List<HttpField> fields() {
    return details.fields;
  }

  public Optional<Duration> retryAfter() {
    return details.retryAfter;
  }
}
