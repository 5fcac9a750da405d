package io.github.fapipack.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.http.Json;
import java.util.List;
import java.util.Locale;

/** The repeated measurements of the heap, and whether it grew. */
record MemoryTrend(List<Point> points) {
  static final double MEGABYTE = 1 << 20;

  /** Caches in use vary by less than this. */
  private static final double MOST = 1.05;

  /**
   * One measurement.
   *
   * @param operations that the server has done so far
   */
  record Point(long operations, Memory memory) {}

  MemoryTrend {
    points = List.copyOf(points);
  }

  /** Whether the last quarter of the measurements is clearly higher than the first. */
  boolean grows() {
    return lastQuarter() > MOST * firstQuarter();
  }

  /** Mean bytes of live objects. */
  double firstQuarter() {
    return mean(points.subList(0, quarter()));
  }

  /** Mean bytes of live objects. */
  double lastQuarter() {
    return mean(points.subList(points.size() - quarter(), points.size()));
  }

  /** The estimated bytes that each operation left between the middles of both quarters. */
  double bytesPerOperation() {
    long operations =
        points.get(points.size() - 1 - quarter() / 2).operations()
            - points.get(quarter() / 2).operations();
    return (lastQuarter() - firstQuarter()) / operations;
  }

  ObjectNode json() {
    ObjectNode json =
        Json.object()
            .put("firstQuarterBytes", firstQuarter())
            .put("lastQuarterBytes", lastQuarter())
            .put("bytesPerOperation", bytesPerOperation())
            .put("grows", grows());
    for (Point point : points) {
      json.withArray("/points")
          .addObject()
          .put("operations", point.operations())
          .put("liveBytes", point.memory().live())
          .put("residentBytes", point.memory().resident());
    }
    return json;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%-6s  live objects: %.2f MB in the first quarter, %.2f MB in the last (%.3f, at most"
            + " %.2f), %.1f bytes per operation",
        grows() ? "MISSED" : "PASS",
        firstQuarter() / MEGABYTE,
        lastQuarter() / MEGABYTE,
        lastQuarter() / firstQuarter(),
        MOST,
        bytesPerOperation());
  }

  private int quarter() {
    return Math.max(1, points.size() / 4);
  }

  private static double mean(List<Point> some) {
    return some.stream().mapToLong(point -> point.memory().live()).average().orElseThrow();
  }
}
