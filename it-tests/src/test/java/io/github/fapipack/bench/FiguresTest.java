package io.github.fapipack.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.LongUnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What benchmarks derive from their measurements. */
class FiguresTest {
  private static final long MEGABYTE = 1 << 20;
  private static final String JAVA = "25";

  @Test
  void findsOutThatMemoryGrows() {
    MemoryTrend leak = trend(minute -> 90 * MEGABYTE + minute * MEGABYTE);

    assertThat(leak.grows()).isTrue();
    assertThat(leak.bytesPerOperation()).isBetween(1000.0, 1100.0);
  }

  @Test
  void putsUpWithMemoryThatBreathes() {
    assertThat(trend(minute -> 90 * MEGABYTE + minute % 3 * MEGABYTE).grows()).isFalse();
  }

  @Test
  void comparesNeighboursRatherThanSums() {
    FlowFigures figures = figures();
    // In the last round the machine was three times as slow, for both.
    figures.add(key("ES256", Contender.BUILT_IN), flows(4));
    figures.add(key("ES256", Contender.PACK), flows(3));
    figures.add(key("ES256", Contender.BUILT_IN), flows(4));
    figures.add(key("ES256", Contender.PACK), flows(3));
    figures.add(key("ES256", Contender.BUILT_IN), flows(12));
    figures.add(key("ES256", Contender.PACK), flows(9));

    assertThat(Verdict.of(figures))
        .singleElement()
        .satisfies(
            verdict -> {
              assertThat(verdict.ratio().median()).isEqualTo(0.75);
              assertThat(verdict.passed()).isTrue();
            });
  }

  @Test
  void missesATarget() {
    FlowFigures figures = figures();
    figures.add(key("ES256", Contender.PEER), flows(4));
    figures.add(key("ES256", Contender.PACK_MEMORY), flows(4));

    assertThat(Verdict.of(figures)).extracting(Verdict::passed).containsExactly(false);
  }

  @Test
  void isWarmWhenTheCompilersHaveDoneNothingForTwoRounds() {
    Warmth warmth = Warmth.cold().after(flows(9)).after(flows(4)).after(flows(4));

    assertThat(warmth.done()).isFalse();
    assertThat(warmth.after(flows(4)).done()).isTrue();
    assertThat(warmth.after(compiling(4)).after(flows(4)).done()).isFalse();
  }

  @Test
  void letsEverybodyBeFirst() {
    List<Integer> all = List.of(1, 2, 3);

    assertThat(Contest.inTurn(all, 0)).containsExactly(1, 2, 3);
    assertThat(Contest.inTurn(all, 1)).containsExactly(2, 1, 3);
    assertThat(Contest.inTurn(all, 2)).containsExactly(3, 1, 2);
    assertThat(Contest.inTurn(all, 3)).containsExactly(1, 3, 2);
  }

  @Test
  void tellsLatenciesByTheirShare() {
    Sample sample =
        new Sample(
            1, 1, 0, 0, 1, LongStream.rangeClosed(1, 200).map(ms -> ms * 1_000_000).toArray());

    assertThat(sample.latencyMillis(0.5)).isEqualTo(100);
    assertThat(sample.latencyMillis(0.95)).isEqualTo(190);
    assertThat(sample.latencyMillis(0.99)).isEqualTo(198);
  }

  private static MemoryTrend trend(LongUnaryOperator live) {
    return new MemoryTrend(
        LongStream.rangeClosed(1, 20)
            .mapToObj(
                minute ->
                    new MemoryTrend.Point(1000 * minute, new Memory(0, live.applyAsLong(minute))))
            .toList());
  }

  private static FlowFigures figures() {
    FlowFigures figures =
        new FlowFigures(
            new BenchSettings(
                List.of(Contender.BUILT_IN, Contender.PACK),
                List.of(),
                List.of("PS256", "ES256"),
                List.of(Operation.values()),
                List.of(4),
                3,
                Duration.ofSeconds(1),
                Duration.ZERO,
                Duration.ZERO,
                Baseline.FRESH,
                BenchDatabase.H2,
                "512m"),
            Cores.find());
    figures.warmUp(JAVA, Map.of());
    return figures;
  }

  private static FlowFigures.Key key(String algorithm, Contender contender) {
    return new FlowFigures.Key(JAVA, Operation.FLOW, 4, algorithm, contender);
  }

  /** The same while compilers take a tenth of the time. */
  private static Sample compiling(int millis) {
    Sample flows = flows(millis);
    return new Sample(
        flows.nanos(), flows.serverCpu(), flows.serverCpu() / 10, 0, 0, flows.latencies());
  }

  /** A second of flows with the given milliseconds each, on an otherwise idle core. */
  private static Sample flows(int millis) {
    return new Sample(
        1_000_000_000L * millis,
        1_000_000_000L * millis,
        0,
        0,
        0,
        LongStream.generate(() -> millis * 1_000_000L).limit(1000).toArray());
  }
}
