package io.github.fapipack.resourceserver.details;

import io.github.fapipack.resourceserver.refusal.Problem;
import io.github.fapipack.resourceserver.refusal.RefusedRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether what was granted covers what is wanted. */
public sealed interface Coverage {

  /** How the request is refused; empty if it is covered. */
  Optional<RefusedRequest> refusal();

  /** It does. */
  record Covered() implements Coverage {
    @Override
    public Optional<RefusedRequest> refusal() {
      return Optional.empty();
    }
  }

  /**
   * It does not.
   *
   * @param member the JSON Pointer of the member that is not covered, such as {@code
   *     /instructedAmount/amount}; empty if no object of the type was granted, or if the object was
   *     used up
   * @param sentence what is not covered, for who sent the request
   * @param wanted an object to ask the user for; null stands for a value that the client knows
   */
  record NotCovered(String member, String sentence, Map<String, Object> wanted)
      implements Coverage {
    @Override
    public Optional<RefusedRequest> refusal() {
      return Optional.of(
          new RefusedRequest(Problem.INSUFFICIENT_AUTHORIZATION_DETAILS, sentence, "RFC9396 9.1-1")
              .withMember("authorization_details", List.of(wanted)));
    }
  }

  /** Nobody can tell now, since the store of used objects does not answer. */
  record Unknown() implements Coverage {
    private static final Duration RETRY = Duration.ofSeconds(2);

    @Override
    public Optional<RefusedRequest> refusal() {
      return Optional.of(
          new RefusedRequest(
                  Problem.UNAVAILABLE,
                  "whether this was used before cannot be told now; try again later",
                  "RFC9110 15.6.4")
              .retryAfter(RETRY));
    }
  }
}
