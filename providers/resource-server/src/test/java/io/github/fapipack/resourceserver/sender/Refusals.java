package io.github.fapipack.resourceserver.sender;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.github.fapipack.resourceserver.refusal.Problem;
import io.github.fapipack.resourceserver.refusal.RefusedRequest;
import java.util.regex.Pattern;

/** What is wrong with a request, as the API says it. */
final class Refusals {
  private Refusals() {}

  /** A request on its way. */
  @FunctionalInterface
  interface Sending {
    Object send() throws RefusedRequest;
  }

  /**
   * The refusal, which must be of that kind and say that, in characters that a challenge allows.
   */
  static RefusedRequest refused(Problem problem, String reason, Sending sending) {
    try {
      sending.send();
    } catch (RefusedRequest refusal) {
      assertThat(refusal.sentence()).containsPattern(Pattern.compile(reason));
      assertThat(refusal.sentence()).matches("[ !#-\\[\\]-~]+");
      assertThat(refusal.problem()).isEqualTo(problem);
      return refusal;
    }
    return fail("the request was taken");
  }
}
