package io.github.fapipack.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * How one cell compares with another: the median of the ratios of samples that were taken next to
 * each other, so that other load in other rounds has no effect.
 *
 * @param lowest and {@code highest} of these ratios show the spread
 */
record Ratio(double median, double lowest, double highest) {

  /** Of the first cell to the second; empty if either was not measured. */
  static Optional<Ratio> of(
      FlowFigures figures,
      List<FlowFigures.Key> first,
      List<FlowFigures.Key> second,
      ToDoubleFunction<Sample> measure) {
    List<Double> ratios = new ArrayList<>();
    for (int cell = 0; cell < first.size(); cell++) {
      List<Sample> ones = figures.rounds(first.get(cell));
      List<Sample> others = figures.rounds(second.get(cell));
      for (int round = 0; round < Math.min(ones.size(), others.size()); round++) {
        ratios.add(
            measure.applyAsDouble(ones.get(round)) / measure.applyAsDouble(others.get(round)));
      }
    }
    return ratios.isEmpty() ? Optional.empty() : Optional.of(of(ratios));
  }

  /** Of ratios that were measured one by one, of which there is at least one. */
  static Ratio of(List<Double> ratios) {
    List<Double> sorted = ratios.stream().sorted().toList();
    return new Ratio(middle(sorted), sorted.get(0), sorted.get(sorted.size() - 1));
  }

  private static double middle(List<Double> sorted) {
    int half = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(half)
        : (sorted.get(half - 1) + sorted.get(half)) / 2;
  }
}
