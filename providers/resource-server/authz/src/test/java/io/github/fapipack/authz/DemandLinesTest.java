package io.github.fapipack.authz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.fapipack.resourceserver.Demands;
import io.github.fapipack.resourceserver.routes.DemandRules;
import io.github.fapipack.resourceserver.routes.Route;
import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Demands as text. */
class DemandLinesTest {

  @Test
  void readsEverythingThatCanBeDemanded() {
    DemandRules rules =
        DemandLines.parse(
            "GET /accounts/** scope=accounts;\n"
                + " POST /payments  scope=payments scope=b acr=loa3 acr=loa2 max-age=300;"
                + " GET /me token; GET /health open;");

    assertThat(rules.of("GET", "/accounts/1"))
        .isEqualTo(new Route.Guarded(Demands.scopes("accounts")));
    assertThat(rules.of("POST", "/payments"))
        .isEqualTo(
            new Route.Guarded(
                Demands.scopes("payments", "b").acr("loa3", "loa2").maxAge(Duration.ofMinutes(5))));
    assertThat(rules.of("GET", "/me")).isEqualTo(new Route.Guarded(Demands.none()));
    assertThat(rules.of("GET", "/health")).isEqualTo(new Route.Open());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET",
        "GET /a",
        "GET /a scope=",
        "GET /a open scope=a",
        "GET /a max-age=soon",
        "GET /a max-age=-1",
        "GET a scope=a",
        "GET /a scope=a; GET /a scope=b"
      })
  void refusesWhatItDoesNotUnderstand(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> DemandLines.parse(text));
  }

  @Property(tries = 300)
  void garbageEndsInAnErrorThatSaysSo(@ForAll String text) {
    try {
      assertThat(DemandLines.parse("GET /a " + text)).isNotNull();
    } catch (IllegalArgumentException wrong) {
      assertThat(wrong.getMessage()).isNotBlank();
    }
  }
}
