package io.github.fapipack.resourceserver.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class KeepTimesTest {

  @Test
  void areChangedOneByOne() {
    KeepTimes times = KeepTimes.defaults().fresh(Duration.ofMinutes(1)).kept(Duration.ofHours(1));

    assertThat(times.fresh()).isEqualTo(Duration.ofMinutes(1));
    assertThat(times.kept()).isEqualTo(Duration.ofHours(1));
    assertThat(times.betweenWishes()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void keepACopyAtLeastAsLongAsItIsFresh() {
    KeepTimes times = KeepTimes.defaults();

    assertThatThrownBy(() -> times.kept(Duration.ofMinutes(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> times.fresh(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void areNotNegative() {
    Duration minute = Duration.ofMinutes(1);
    Duration negative = Duration.ofSeconds(-1);

    assertThatThrownBy(() -> new KeepTimes(minute, minute, negative, minute))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new KeepTimes(minute, minute, minute, negative))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
