package io.github.fapipack.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.fapipack.it.ConformanceTable.Claim;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every clause that a class enforces must have an accepting and a refusing test of that class. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConformanceTableTest {
  private final ConformanceTable table = ConformanceTable.read();
  private final ClauseRegister register = ClauseRegister.read();

  Stream<Arguments> held() {
    return table.holders().entrySet().stream()
        .flatMap(
            (Map.Entry<String, List<String>> holder) ->
                holder.getValue().stream().map(clause -> Arguments.of(holder.getKey(), clause)));
  }

  @ParameterizedTest(name = "{1} of {0}")
  @MethodSource("held")
  void hasATestThatAcceptsAndOneThatRejects(String by, String clause) {
    assertThat(table.tests(by, clause, true))
        .as("tests with @Accepts(by = \"%s\", value = \"%s\")", by, clause)
        .isNotEmpty();
    assertThat(table.tests(by, clause, false))
        .as("tests with @Rejects(by = \"%s\", value = \"%s\")", by, clause)
        .isNotEmpty();
  }

  @ParameterizedTest(name = "{1} of {0}")
  @MethodSource("held")
  void isInTheRegister(String by, String clause) {
    assertThat(register.text(clause))
        .as("row of CLAUSES.md for %s, which %s names", clause, by)
        .isPresent();
  }

  @Test
  void testsNameTheClassThatHoldsTheClause() {
    assertThat(table.claims()).isNotEmpty();
    assertThat(table.claims().stream().filter(claim -> !isRight(claim)))
        .as("claims by a class that does not hold the clause, or by none although one does")
        .isEmpty();
  }

  @Test
  void testsNameClausesOfTheRegister() {
    assertThat(table.claims().stream().map(Claim::clause))
        .as("rows of CLAUSES.md")
        .allMatch(clause -> register.text(clause).isPresent());
  }

  private boolean isRight(Claim claim) {
    List<String> holders = holders(claim);
    return claim.by().isEmpty() ? holders.isEmpty() : holders.contains(claim.by());
  }

  private List<String> holders(Claim claim) {
    return table.holders().entrySet().stream()
        .filter(holder -> holder.getValue().contains(claim.clause()))
        .map(Map.Entry::getKey)
        .toList();
  }

  @Test
  void standsInConformance() {
    new GeneratedFile("CONFORMANCE.md").requirePart("conformance", table.markdown(register));
  }

  @Test
  void isSummedUpInTheReadme() {
    new GeneratedFile("README.md").requirePart("conformance", table.summary());
  }
}
