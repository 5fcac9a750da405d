package io.github.fapipack.it.apicheck;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The results of a run.
 *
 * @param address without its query, which may hold something personal
 * @param requests how many the API has got
 */
record Report(
    String version,
    Instant begun,
    String method,
    String address,
    String issuer,
    String binding,
    boolean lenient,
    int requests,
    List<Result> results) {
  static final String NAME = "fapi-resource-check";

  Report {
    results = List.copyOf(results);
  }

  static String version(Class<?> type) {
    return Optional.ofNullable(type.getPackage().getImplementationVersion()).orElse("development");
  }

  long count(Verdict verdict) {
    return results.stream().filter(result -> result.verdict() == verdict).count();
  }

  /** Whether a result makes the check fail. */
  boolean fails(Result result) {
    return result.verdict().isHole() || (!lenient && result.verdict().isBlemish());
  }

  boolean passed() {
    return results.stream().noneMatch(this::fails);
  }
}
