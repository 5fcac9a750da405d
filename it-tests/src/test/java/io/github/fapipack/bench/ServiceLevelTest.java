package io.github.fapipack.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.fapipack.bench.OpenLoad.Taken;
import io.github.fapipack.bench.RollingRestart.Course;
import io.github.fapipack.bench.RollingRestart.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What {@link ServiceLevel} says of a run. */
class ServiceLevelTest {
  private static final int RATE = 10;
  private static final Duration DURATION = Duration.ofSeconds(20);
  private static final Course UNEVENTFUL =
      new Course(
          List.of(new Event(seconds(5), "stops"), new Event(seconds(8), "ready")), List.of());

  @Test
  void isHeldIfOneStepInTwentyIsLate() {
    assertThat(level(steps(200, 10), UNEVENTFUL).isHeld()).isTrue();
  }

  @Test
  void isMissedIfMoreAreLate() {
    assertThat(level(steps(200, 11), UNEVENTFUL).isHeld()).isFalse();
  }

  @Test
  void isMissedBySingleErrors() {
    List<Taken> steps = steps(200, 0);
    steps.set(7, new Taken(Step.PAR, 0, 1, "the connection was closed"));

    assertThat(level(steps, UNEVENTFUL).isHeld()).isFalse();
  }

  @Test
  void isMissedIfALoginWasLostWithTheNode() {
    Course lossy = new Course(UNEVENTFUL.events(), List.of("login: 400"));

    assertThat(level(steps(200, 0), lossy).isHeld()).isFalse();
  }

  @Test
  void isMissedIfTheMachineWasTooSlowForTheRate() {
    ServiceLevel slow = level(steps(190, 0), UNEVENTFUL);

    assertThat(slow.reached()).isEqualTo(9.5);
    assertThat(slow.isHeld()).isFalse();
  }

  @Test
  void countsAsAroundTheRestartWhatWasDueFromItsBeginning() {
    // From second 5 to the end, because half a minute after it counts as well.
    assertThat(level(steps(200, 0), UNEVENTFUL).around().steps()).isEqualTo(150);
  }

  private static ServiceLevel level(List<Taken> steps, Course course) {
    try (CpuLedger ledger = new CpuLedger(Map.of())) {
      return new ServiceLevel(RATE, DURATION, "none", steps, course, ledger);
    }
  }

  /** Steps at the rate, the first of which take two seconds. */
  private static List<Taken> steps(int howMany, int late) {
    List<Taken> steps = new ArrayList<>();
    for (int i = 0; i < howMany; i++) {
      steps.add(
          new Taken(
              Step.values()[i % Step.values().length],
              seconds(i) / RATE,
              i < late ? seconds(2) : 1,
              null));
    }
    return steps;
  }

  private static long seconds(long number) {
    return TimeUnit.SECONDS.toNanos(number);
  }
}
