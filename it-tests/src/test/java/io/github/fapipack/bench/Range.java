package io.github.fapipack.bench;

import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The lowest and the highest figure of several rounds. */
record Range(double lowest, double highest) {
  static Range of(List<Sample> rounds, ToDoubleFunction<Sample> measure) {
    DoubleSummaryStatistics all = rounds.stream().mapToDouble(measure).summaryStatistics();
    return new Range(all.getMin(), all.getMax());
  }

  String text() {
    return String.format(Locale.ROOT, "(%.3f-%.3f)", lowest, highest);
  }
}
