package io.github.fapipack.bench;

import io.github.fapipack.grantmanagement.MeasuredGrants;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.ObjIntConsumer;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Query and revocation of a grant by its id, in a table of a thousand and in one of a million. The
 * two take turns, so that other load affects both.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class GrantLookups {
  static final int FEW = 1_000;
  static final int MANY = 1_000_000;

  private final Random random = new Random(7);
  private MeasuredGrants few;
  private MeasuredGrants many;
  private boolean fewFirst;

  @Setup
  public void fill() {
    few = new MeasuredGrants(FEW);
    many = new MeasuredGrants(MANY);
  }

  @TearDown
  public void close() throws SQLException {
    few.close();
    many.close();
  }

  @Benchmark
  public void query(Times times) {
    measure(
        times,
        random.nextInt(few.rows()),
        random.nextInt(many.rows()),
        (grants, number) -> require(grants.find(number)));
  }

  @Benchmark
  public void revoke(Times times) {
    int one = random.nextInt(few.rows());
    int other = random.nextInt(many.rows());
    measure(times, one, other, (grants, number) -> require(grants.revoke(number)));
    few.restore(one);
    many.restore(other);
  }

  /** The first one finds a colder machine, so they change places. */
  private void measure(Times times, int one, int other, ObjIntConsumer<MeasuredGrants> operation) {
    fewFirst = !fewFirst;
    if (fewFirst) {
      long small = nanos(few, one, operation);
      times.add(small, nanos(many, other, operation));
    } else {
      long large = nanos(many, other, operation);
      times.add(nanos(few, one, operation), large);
    }
  }

  private static long nanos(
      MeasuredGrants grants, int number, ObjIntConsumer<MeasuredGrants> operation) {
    long start = System.nanoTime();
    operation.accept(grants, number);
    return System.nanoTime() - start;
  }

  /** A missing grant would be found faster. */
  private static void require(boolean found) {
    if (!found) {
      throw new IllegalStateException("the grant is not there");
    }
  }

  /** Median nanoseconds of an iteration. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class Times {
    private static final int MOST = 100_000;

    public long amongFew;
    public long amongMany;

    private final long[] small = new long[MOST];
    private final long[] large = new long[MOST];
    private int size;

    @Setup(Level.Iteration)
    public void forget() {
      size = 0;
    }

    void add(long one, long other) {
      if (size < MOST) {
        small[size] = one;
        large[size++] = other;
      }
    }

    @TearDown(Level.Iteration)
    public void summarize() {
      amongFew = median(small);
      amongMany = median(large);
    }

    private long median(long[] times) {
      long[] sorted = Arrays.copyOf(times, size);
      Arrays.sort(sorted);
      return sorted[size / 2];
    }
  }
}
