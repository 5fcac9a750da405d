package io.github.fapipack.it.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.fapipack.it.server.ServerFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The files that say what is run in which realm. */
class RealmRunsTest {
  private static final Path ROOT = Path.of("..");
  private static final Path FOLDER = Path.of("harness/src/main/resources/conformance");

  private static final Pattern ALL = Pattern.compile("");

  static List<String> realms() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .map(file -> file.getFileName().toString().replace(".json", ""))
          .filter(name -> !name.equals("defaults"))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("realms")
  void eachRealmIsShippedAndHasRuns(String realm) {
    List<PlanRun> runs = RealmRuns.of(realm).runs(ALL);

    assertThat(ROOT.resolve("realm-exports/" + realm + ".json")).exists();
    assertThat(runs).isNotEmpty();
    assertThat(runs)
        .allSatisfy(
            run -> {
              assertThat(run.plan()).endsWith("-test-plan");
              assertThat(run.variant()).isNotEmpty();
              // A part of addresses.
              assertThat(run.alias()).matches("[a-z0-9-]+");
            });
  }

  @ParameterizedTest
  @MethodSource("realms")
  void whatIsExpectedHasAReason(String realm) {
    assertThat(RealmRuns.of(realm).runs(ALL))
        .allSatisfy(
            run ->
                assertThat(run.settings().path("expected"))
                    .allSatisfy(
                        entry -> {
                          assertThat(entry.path("condition").asText()).isNotEmpty();
                          assertThat(entry.path("reason").asText()).isNotEmpty();
                        }));
  }

  @Test
  void runsAreChosenByName() {
    assertThat(RealmRuns.of("fapi2-security-profile").runs(Pattern.compile("^mtls-")))
        .extracting(PlanRun::name)
        .containsExactly("mtls-dpop", "mtls-mtls");
  }

  @Test
  void anUnknownRealmIsAnError() {
    assertThatThrownBy(() -> RealmRuns.of("nowhere"))
        .isInstanceOf(ServerFailure.class)
        .hasMessageContaining("nowhere");
  }
}
