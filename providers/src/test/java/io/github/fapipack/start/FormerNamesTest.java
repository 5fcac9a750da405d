package io.github.fapipack.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormerNamesTest {
  private static final FormerNames NAMES = FormerNames.ofThePack();
  private static final Set<String> PARTS = parts();

  private static Set<String> parts() {
    Hooks hooks = Hooks.ofThePack();
    return Stream.concat(
            hooks.registrations().stream().map(Hooks.Registration::type), hooks.filters().stream())
        .map(type -> type.replaceFirst("^io\\.github\\.fapipack\\.", "").replaceFirst("\\$.*", ""))
        .collect(Collectors.toSet());
  }

  @Test
  void leadToPartsThatThereAre() {
    assertThat(PARTS).containsAll(NAMES.current().values());
  }

  @Test
  void areNotThoseOfOtherParts() {
    assertThat(NAMES.current().keySet()).doesNotContainAnyElementsOf(PARTS);
  }

  @ParameterizedTest
  @CsvSource({
    "security.LastGate, protocol.LastGate",
    "security.authentication.RejectWeakKeys, authentication.RejectWeakKeys",
    "signing.AccessTokenIntrospection, introspection.AccessTokenIntrospection",
    "crypto.VerifiedOnce, engine.VerifiedOnce",
    "grants.GrantUsers, grantmanagement.GrantUsers",
    "doctor.FapiResources, rest.FapiResources"
  })
  void giveUpAPartAsBeforeAndWarn(String former, String current) {
    Map<String, String> replaced = new TreeMap<>();
    Set<String> without = NAMES.replaceIn(Set.of(former, "http.SeeOther"), replaced::put);
    ActiveParts lost =
        new ActiveParts(Map.of(), Map.of(current, "switched off", "http.SeeOther", "switched off"));
    StartReport report =
        new StartReport(
            new PackRelease("1.2.3", "26.7.3", List.of("26.7.3")),
            "26.7.3",
            lost,
            new StartOptions("", without));

    assertThat(report.refusal()).isEmpty();
    assertThat(replaced).isEqualTo(Map.of(former, current));
  }

  @Test
  void leaveWhatTheyDoNotKnow() {
    assertThat(NAMES.replaceIn(new HashSet<>(Set.of("no.SuchPart")), (former, current) -> {}))
        .containsExactly("no.SuchPart");
  }
}
