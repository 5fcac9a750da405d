package io.github.fapipack.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.fapipack.monitoring.PromQl.Selector;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A wrong name in an expression is found, wherever it stands. */
class PromQlTest {

  @Test
  void findsMetricsWithTheirMatchersAndTheLabelsOfGroupings() {
    PromQl parsed =
        PromQl.parse(
            "topk(5, sum by (realm, client) (rate(a_total{realm=~\"$realm\",mode=\"report\"}[5m]))"
                + " / on(realm) sum without (uri)"
                + " (rate(b_count[$__rate_interval] offset 1h))) > 1e3");

    assertThat(parsed.selectors())
        .containsExactly(
            new Selector("a_total", Set.of("realm", "mode"), Map.of("mode", "report")),
            new Selector("b_count", Set.of(), Map.of()));
    assertThat(parsed.labels()).containsExactlyInAnyOrder("realm", "client", "uri");
  }

  @Test
  void numbersFunctionsAndWordsAreNoMetrics() {
    assertThat(PromQl.parse("(x - time()) / 86400 < 30 * 86400 or vector(0) unless y").metrics())
        .containsExactlyInAnyOrder("x", "y");
  }

  @Test
  void refusesMatchersThatItDoesNotUnderstand() {
    assertThatThrownBy(() -> PromQl.parse("a{b}")).isInstanceOf(IllegalArgumentException.class);
  }
}
