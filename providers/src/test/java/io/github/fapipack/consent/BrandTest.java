package io.github.fapipack.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Colours are measured as WCAG does. */
class BrandTest {

  @Test
  void measuresContrast() {
    assertThat(Brand.contrast("#000000", "#ffffff")).isCloseTo(21, within(0.01));
    assertThat(Brand.contrast("#777777", "#ffffff")).isCloseTo(4.48, within(0.01));
    assertThat(Brand.contrast("#123456", "#123456")).isCloseTo(1, within(0.01));
  }
}
