package io.github.fapipack.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.bench.OpenLoad.Taken;
import java.util.List;
import java.util.Locale;

/**
 * How long steps took.
 *
 * @param steps those with an answer and those without
 * @param nanos of all steps, sorted
 */
record StepTimes(int steps, int errors, long[] nanos) {
  static StepTimes of(List<Taken> taken) {
    return new StepTimes(
        taken.size(),
        (int) taken.stream().filter(one -> one.error() != null).count(),
        taken.stream().mapToLong(Taken::took).sorted().toArray());
  }

  /** The milliseconds below which this share of all steps stayed; 0 if there are none. */
  double millis(double share) {
    int index = (int) Math.ceil(share * nanos.length) - 1;
    return nanos.length == 0 ? 0 : nanos[Math.max(0, index)] / 1e6;
  }

  /** Steps, errors and latencies as columns of a table. */
  String columns() {
    return String.format(
        Locale.ROOT,
        "%8d %6d %8.1f %8.1f %8.1f %8.1f",
        steps,
        errors,
        millis(0.5),
        millis(0.95),
        millis(0.99),
        millis(1));
  }

  static String heads() {
    return String.format(
        Locale.ROOT,
        "%8s %6s %8s %8s %8s %8s",
        "steps",
        "errors",
        "P50 ms",
        "P95 ms",
        "P99 ms",
        "most ms");
  }

  void addTo(ObjectNode json) {
    json.put("steps", steps)
        .put("errors", errors)
        .put("p50Millis", millis(0.5))
        .put("p95Millis", millis(0.95))
        .put("p99Millis", millis(0.99))
        .put("mostMillis", millis(1));
  }
}
