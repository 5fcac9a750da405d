package io.github.fapipack.start;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.fapipack.start.PackRelease.Support;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StartReportTest {
  private static final PackRelease RELEASE =
      new PackRelease("1.2.3", "26.7.3", List.of("26.7.3", "26.7.5"));
  private static final Map<String, Long> ACTIVE = Map.of("security", 40L);
  private static final ActiveParts WHOLE = new ActiveParts(ACTIVE, Map.of());
  private static final ActiveParts GATE_LOST =
      new ActiveParts(ACTIVE, Map.of("protocol.LastGate", "switched off"));

  @ParameterizedTest
  @CsvSource({
    "26.7.3, TESTED",
    "26.7.5, TESTED",
    "26.7.4, UNTESTED_PATCH",
    "26.7.10, UNTESTED_PATCH",
    "26.7.3.redhat-00001, UNTESTED_PATCH",
    "26.7.2, NONE",
    "26.6.4, NONE",
    "26.8.0, NONE",
    "27.7.3, NONE",
    "999.0.0-SNAPSHOT, NONE",
    "26.7, NONE",
    "UNKNOWN, NONE",
    "26.7.99999999999, NONE"
  })
  void knowsWhichVersionsItSupports(String keycloak, Support support) {
    assertThat(RELEASE.supportOf(keycloak)).isEqualTo(support);
  }

  @Test
  void theJarNamesItsVersions() {
    PackRelease current = PackRelease.current();

    assertThat(current.version()).matches("\\d+\\.\\d+\\.\\d+.*");
    assertThat(current.tested()).contains(current.compiledFor());
  }

  @Test
  void saysWhatIsActive() {
    StartReport report = report("26.7.3", WHOLE, StartOptions.NONE);

    assertThat(report.refusal()).isEmpty();
    assertThat(report.line())
        .isEqualTo("Keycloak FAPI Pack 1.2.3 on Keycloak 26.7.3, active: security 40");
  }

  @Test
  void runsOnAnUntestedPatchReleaseAndSaysSo() {
    StartReport report = report("26.7.6", WHOLE, StartOptions.NONE);

    assertThat(report.refusal()).isEmpty();
    assertThat(report.line()).contains("not tested", "only with 26.7.3, 26.7.5", "security 40");
  }

  @Test
  void refusesAnUnsupportedVersion() {
    assertThat(report("26.8.0", WHOLE, StartOptions.NONE).refusal())
        .get()
        .asString()
        .contains("26.8.0 IS NOT SUPPORTED", "Use Keycloak 26.7.3, 26.7.5", "=26.8.0");
  }

  @Test
  void anUnsupportedVersionIsTriedOnlyIfNamed() {
    StartOptions tries = new StartOptions("26.8.0", Set.of());

    assertThat(report("26.8.0", WHOLE, tries).refusal()).isEmpty();
    assertThat(report("26.8.0", WHOLE, tries).line()).contains("IS NOT SUPPORTED");
    assertThat(report("26.8.1", WHOLE, tries).refusal()).isPresent();
  }

  @Test
  void refusesToStartWithoutAPart() {
    assertThat(report("26.7.3", GATE_LOST, StartOptions.NONE).refusal())
        .get()
        .asString()
        .contains(
            "switched off: protocol.LastGate.",
            "--spi-fapi-pack--start--without=protocol.LastGate");
  }

  @Test
  void aPartIsGivenUpOnlyIfNamed() {
    StartOptions without = new StartOptions("", Set.of("protocol.LastGate"));

    assertThat(report("26.7.3", GATE_LOST, without).refusal()).isEmpty();
    assertThat(report("26.7.3", GATE_LOST, without).isWhole()).isFalse();
    assertThat(report("26.7.3", GATE_LOST, without).line())
        .contains("WITHOUT", "protocol.LastGate");
    assertThat(report("26.7.3", GATE_LOST, new StartOptions("", Set.of("http.SeeOther"))).refusal())
        .isPresent();
  }

  @Test
  void whoBringsSignaturesOfHisOwnMayStart() {
    ActiveParts parts =
        new ActiveParts(
            WHOLE.active(), Map.of("engine.VerifiedOnce", "in its place: com.hsm.Es256"));
    StartReport report = report("26.7.3", parts, StartOptions.NONE);

    assertThat(report.refusal()).isEmpty();
    assertThat(report.line())
        .contains("another provider signs in place of: engine.VerifiedOnce")
        .doesNotContain("WITHOUT");
  }

  private static StartReport report(String keycloak, ActiveParts parts, StartOptions options) {
    return new StartReport(RELEASE, keycloak, parts, options);
  }
}
