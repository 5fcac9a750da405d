package io.github.fapipack.bench;

import java.util.List;
import java.util.Optional;

/** The processor time of all contenders, as a picture. */
final class FlowChart {
  private final FlowFigures figures;

  FlowChart(FlowFigures figures) {
    this.figures = figures;
  }

  /** With one number of clients, the middle one, so that it fits on a page. */
  BarChart chart() {
    List<Integer> numbers = figures.settings().clients();
    int clients = numbers.get(numbers.size() / 2);
    BarChart chart =
        new BarChart(
            "Server CPU per operation, " + clients + " clients: less is better",
            figures.contenders().stream().map(Contender::title).toList(),
            "ms");
    for (String java : figures.javaVersions()) {
      for (Operation operation : figures.settings().operations()) {
        chart.panel(
            (operation == Operation.FLOW ? "whole flow" : operation.title()) + ", Java " + java,
            figures.settings().algorithms().stream()
                .map(algorithm -> group(java, operation, clients, algorithm))
                .toList());
      }
    }
    return chart;
  }

  private BarChart.Group group(String java, Operation operation, int clients, String algorithm) {
    return new BarChart.Group(
        algorithm,
        figures.contenders().stream()
            .map(one -> bar(new FlowFigures.Key(java, operation, clients, algorithm, one)))
            .toList());
  }

  /** With the range of its rounds; empty if it was not measured. */
  private Optional<BarChart.Bar> bar(FlowFigures.Key key) {
    return Optional.ofNullable(figures.total(key))
        .map(
            total ->
                new BarChart.Bar(
                    total.cpuMillis(), Range.of(figures.rounds(key), Sample::cpuMillis).text()));
  }
}
