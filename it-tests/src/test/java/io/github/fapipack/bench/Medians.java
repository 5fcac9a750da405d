package io.github.fapipack.bench;

import java.util.Arrays;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The median nanoseconds of each of the four ways within an iteration. Unlike a mean, a median is
 * not affected by occasional other load.
 */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.EVENTS)
public class Medians {
  private static final int WAYS = 4;
  private static final int MOST = 100_000;

  public long plain;
  public long message;
  public long plainAndDigest;
  public long messageAndDigest;

  private final long[][] samples = new long[WAYS][MOST];
  private int size;

  @Setup(Level.Iteration)
  public void forget() {
    size = 0;
  }

  void add(long... nanos) {
    if (size < MOST) {
      for (int way = 0; way < WAYS; way++) {
        samples[way][size] = nanos[way];
      }
      size++;
    }
  }

  @TearDown(Level.Iteration)
  public void summarize() {
    plain = median(samples[0]);
    message = median(samples[1]);
    plainAndDigest = median(samples[2]);
    messageAndDigest = median(samples[3]);
  }

  private long median(long[] ofWay) {
    long[] sorted = Arrays.copyOf(ofWay, size);
    Arrays.sort(sorted);
    return sorted[size / 2];
  }
}
