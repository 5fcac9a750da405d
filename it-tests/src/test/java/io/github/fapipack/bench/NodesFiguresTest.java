package io.github.fapipack.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.fapipack.bench.NodesFigures.Measured;
import io.github.fapipack.bench.NodesFigures.Way;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** How two nodes are compared with one. */
class NodesFiguresTest {
  private static final double SHARE = 0.5;

  @Test
  void countsFlowsWhereNodesHaveNoMoreThanTheirShare() {
    NodesFigures figures = figures(true);

    assertThat(figures.comparisons())
        .extracting(one -> one.flows().median())
        .containsExactly(1.8, 1.6);
    assertThat(NodesFigures.verdict(figures.comparisons().get(0))).startsWith("PASS");
    assertThat(NodesFigures.verdict(figures.comparisons().get(1))).startsWith("MISSED");
  }

  @Test
  void computesFlowsFromProcessorTimeWhereNodesCompete() {
    // A flow of one node costs 5 ms, one of two 10/1.8 and 10/1.6 ms.
    assertThat(figures(false).comparisons().get(0).flows().median()).isCloseTo(1.8, within(1e-9));
  }

  @Test
  void knowsHowMuchOfTheirShareNodesUsed() {
    assertThat(figures(true).used(Way.ONE)).isEqualTo(1);
    assertThat(figures(true).used(Way.SPREAD)).isEqualTo(1);
  }

  /** A second each, in which all nodes use up their share. */
  private static NodesFigures figures(boolean limited) {
    NodesFigures figures = new NodesFigures(SHARE, limited);
    figures.add(Way.ONE, second(100, 1));
    figures.add(Way.STICKY, second(180, 2));
    figures.add(Way.SPREAD, second(160, 2));
    return figures;
  }

  private static Measured second(int flows, int nodes) {
    long cpu = (long) (nodes * SHARE * 1e9);
    return new Measured(
        new Sample(1_000_000_000, cpu, 0, 0, 0, LongStream.range(0, flows).toArray()), 0.3);
  }
}
