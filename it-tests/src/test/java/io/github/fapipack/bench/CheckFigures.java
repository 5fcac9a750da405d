package io.github.fapipack.bench;

import java.util.Arrays;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The medians within an iteration of {@link ResourceServerChecks}: nanoseconds, and allocated bytes
 * of a check.
 */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.EVENTS)
public class CheckFigures {
  private static final int MOST = 20_000;

  public long oneSignature;
  public long twoSignatures;
  public long kit;
  public long spring;
  public long kitSeen;
  public long kitAsked;
  public long kitCertificate;
  public long oneSignatureBytes;
  public long twoSignaturesBytes;
  public long kitBytes;
  public long springBytes;
  public long kitSeenBytes;
  public long kitAskedBytes;
  public long kitCertificateBytes;

  private final long[][] nanos = new long[CheckWay.values().length][MOST];
  private final long[][] bytes = new long[CheckWay.values().length][MOST];
  private final int[] size = new int[CheckWay.values().length];

  @Setup(Level.Iteration)
  public void forget() {
    Arrays.fill(size, 0);
  }

  void add(CheckWay way, long took, long allocated) {
    int index = way.ordinal();
    if (size[index] < MOST) {
      nanos[index][size[index]] = took;
      bytes[index][size[index]++] = allocated;
    }
  }

  @TearDown(Level.Iteration)
  public void summarize() {
    oneSignature = median(nanos, CheckWay.ONE_SIGNATURE);
    twoSignatures = median(nanos, CheckWay.TWO_SIGNATURES);
    kit = median(nanos, CheckWay.KIT);
    spring = median(nanos, CheckWay.SPRING);
    kitSeen = median(nanos, CheckWay.KIT_SEEN);
    kitAsked = median(nanos, CheckWay.KIT_ASKED);
    kitCertificate = median(nanos, CheckWay.KIT_CERTIFICATE);
    oneSignatureBytes = median(bytes, CheckWay.ONE_SIGNATURE);
    twoSignaturesBytes = median(bytes, CheckWay.TWO_SIGNATURES);
    kitBytes = median(bytes, CheckWay.KIT);
    springBytes = median(bytes, CheckWay.SPRING);
    kitSeenBytes = median(bytes, CheckWay.KIT_SEEN);
    kitAskedBytes = median(bytes, CheckWay.KIT_ASKED);
    kitCertificateBytes = median(bytes, CheckWay.KIT_CERTIFICATE);
  }

  private long median(long[][] samples, CheckWay way) {
    long[] sorted = Arrays.copyOf(samples[way.ordinal()], size[way.ordinal()]);
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
