package io.github.fapipack.bench;

import io.github.fapipack.it.server.ClusterNode;
import java.time.Duration;
import java.util.Optional;

/** The processor time of a node that is restarted meanwhile; has to be asked every second or so. */
final class NodeCost {
  private final ClusterNode node;
  private ProcessHandle process;
  private long ended;
  private long running;

  NodeCost(ClusterNode node) {
    this.node = node;
    this.process = node.java();
  }

  /**
   * Nanoseconds of all processes that the node has been so far; the start of a process counts when
   * it is ready.
   */
  long cpu() {
    Optional<Duration> now = process.info().totalCpuDuration();
    if (process.isAlive() && now.isPresent()) {
      running = now.get().toNanos();
    } else {
      ended += running;
      running = 0;
      if (node.isAlive()) {
        process = node.java();
      }
    }
    return ended + running;
  }
}
