package io.github.fapipack.resourceserver;

import io.github.fapipack.httpsig.HttpField;
import io.github.fapipack.resourceserver.refusal.Problem;
import java.util.List;

/**
 * The request must not be served; this is the whole answer.
 *
 * @param sentence what is wrong and what to send instead
 * @param clause which clause demands it, for the log
 * @param responseFields {@code WWW-Authenticate}, {@code Content-Type} and the rest
 * @param body JSON with {@code error} and {@code error_description}, or empty
 */
public record Refused(
    Problem problem, String sentence, String clause, List<HttpField> responseFields, String body)
    implements Decision {

  public Refused {
    responseFields = List.copyOf(responseFields);
  }

  /** The HTTP status. */
  public int status() {
    return problem.status();
  }
}
