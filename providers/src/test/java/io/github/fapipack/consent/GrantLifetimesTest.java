package io.github.fapipack.consent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** The realm's lifetimes of grants. */
class GrantLifetimesTest {

  @Test
  void readsDurationsInTheirOrder() {
    assertThat(GrantLifetimes.parse(" P1D  PT1H\nP1M ", 0))
        .containsExactly(
            Map.entry("P1D", 86_400L), Map.entry("PT1H", 3_600L), Map.entry("P1M", 31 * 86_400L));
  }

  @Test
  void leavesOutWhatIsNoLifetime() {
    assertThat(GrantLifetimes.parse("P0D P-1D ninety P11Y P999999999Y PT9999999999999H P90D", 0))
        .containsOnlyKeys("P90D");
  }
}
